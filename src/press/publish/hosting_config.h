// Files by which static hosts are told about headers: `_headers` of Netlify and Cloudflare Pages, `.nojekyll` of GitHub Pages.
#pragma once

#include <string>

#include "core/base/result.h"
#include "press/output/output_folder.h"
#include "press/source/security_policy.h"

namespace octavo {

// The text of `_headers`: the security headers for every address, caching for ever of what is named by its hash.
std::string host_headers(const PolicySources& policy);

Status write_hosting_config(const PolicySources& policy, OutputFolder& output);

}  // namespace octavo
