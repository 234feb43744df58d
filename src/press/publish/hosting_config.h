// Files that configure static hosts: `_headers` of Netlify and Cloudflare Pages, `.nojekyll` of GitHub Pages.
#pragma once

#include <string>

#include "core/base/result.h"
#include "press/output/output_folder.h"
#include "press/source/security_policy.h"

namespace octavo {

// The text of `_headers`: the security headers for every address, and unlimited caching of files named by their hash.
std::string hosting_headers(const PolicySources& policy);

Status write_hosting_config(const PolicySources& policy, OutputFolder& output);

}  // namespace octavo
