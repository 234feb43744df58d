// One Markdown file as a post: its front matter, and what follows from the file's name and text where that is silent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/diagnostics.h"
#include "core/content/bundle/bundle.h"
#include "press/source/front_matter.h"

namespace octavo {

struct PostSource {
  std::string file;      // as messages name it
  std::string relative;  // below the content folder, '/' between names
  FrontMatter front_matter;
  std::string slug;
  std::string title;
  std::optional<DateTime> date;
  bool draft = false;
  std::string markdown;          // the body; a heading that became the title is blanked out
  std::uint32_t first_line = 1;  // of the body in the file
  std::vector<PrebuiltComment> comments;
  bool is_usable = true;  // false: left out because of a problem
  Diagnostics diagnostics;
};

// Never fails: what is wrong is in the diagnostics.
PostSource parse_post_source(std::string_view bytes, std::string file, std::string relative);

}  // namespace octavo
