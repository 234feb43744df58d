// One Markdown file as a post: its front matter, completed from the file's name and text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/content/bundle/bundle.h"
#include "core/content/document/content_limits.h"
#include "press/source/front_matter.h"

namespace octavo {

// A file with a post: what it may say before its text is bounded as well.
inline constexpr std::uintmax_t kMaxPostSourceBytes = kMaxPostBytes + 1024 * 1024;

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
  bool is_usable = true;  // false: left out because of an error
  Diagnostics diagnostics;
};

// Nothing if a post may have a text of this size; otherwise what is wrong and what to do.
std::optional<std::string> size_problem(std::string_view text);
// Why a post's file could not be read, and what to do if it is too large.
std::string post_file_problem(const Error& error);

// Never fails: errors are in the diagnostics.
PostSource parse_post_source(std::string_view bytes, std::string file, std::string relative);

}  // namespace octavo
