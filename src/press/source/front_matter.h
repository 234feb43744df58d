// Front matter: the YAML, TOML or JSON above a post, as written for Hugo, Zola, Jekyll or Octavo itself.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/diagnostics.h"
#include "press/source/front_matter_value.h"

namespace octavo {

struct FrontMatter {
  std::string title;  // empty where absent, as all texts
  std::optional<DateTime> date;
  std::optional<DateTime> updated;
  std::optional<DateTime> publish_date;  // before it the post is withheld, whatever `date` says
  std::optional<DateTime> expires;       // from then on the post is withheld
  std::string slug;
  std::string path;  // Zola's: slug and date in one
  std::vector<std::string> aliases;
  std::vector<std::string> tags;
  std::vector<std::string> authors;
  std::string summary;
  std::string image;
  std::string language;
  std::string id;        // the post's id in feeds, where it is not its address
  std::string series;    // the series that the post belongs to
  std::string thread;    // [comments] id: the comment engine's key for the post
  bool is_page = false;  // in no list and no feed
  // Where addresses in the text really lead, as addresses from the top of the content folder.
  std::map<std::string, std::string> addresses;
  bool draft = false;
  SourceLocation slug_location;  // of `slug` or `path`
  SourceLocation image_location;
  SourceLocation thread_location;
};

struct ParsedFrontMatter {
  FrontMatter front_matter;
  std::string_view body;              // the text below; a part of the input
  std::uint32_t body_first_line = 1;  // of the file
  // False when it is not certain whether and when the post may be shown: front matter that does not parse or end, dates that
  // do not exist, a draft mark that is neither true nor false. Such a post is left out.
  bool is_usable = true;
};

// `text` is a whole file: valid UTF-8 without byte order mark. A file without front matter is all body. Unknown keys are
// warned about; those of other site builders are not.
ParsedFrontMatter parse_front_matter(std::string_view text, const std::string& file, Diagnostics& diagnostics);

}  // namespace octavo
