// Redirects from the addresses that posts had before: a small page at each, which works on every host, and `_redirects` for the
// hosts that read it.
#pragma once

#include <string>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "press/output/output_folder.h"
#include "press/source/post_source.h"

namespace octavo {

// One alias of a published post.
struct Redirect {
  std::string alias;  // as the front matter spells it
  std::string slug;
  std::string title;
  std::string language;
  std::string file;  // as messages name it
};

std::vector<Redirect> redirects(const PostSource& post);

// An address that has a page is not redirected; that and aliases that cannot be files are warned about. Called when all
// pages are written.
Status write_redirects(const std::vector<Redirect>& addresses, OutputFolder& output, Diagnostics& diagnostics);

}  // namespace octavo
