// Address patterns of Hugo and Jekyll: ":year/:month/:title/".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"

namespace octavo {

struct PermalinkParts {
  std::optional<DateTime> date;
  std::string title;                  // the value of ":title"
  std::string slug;                   // of the front matter, otherwise like `title`
  std::string name;                   // of the file, without date and extension
  std::vector<std::string> sections;  // folders (Hugo) or categories (Jekyll)
  std::string output_extension;       // ".html"
};

// Tokens of both builders; doubled slashes are joined. Nothing when a token is unknown or there is no date for it.
std::optional<std::string> expand_permalink(std::string_view pattern, const PermalinkParts& parts);

// Jekyll's names for patterns ("pretty", "date" ...); other texts are patterns themselves.
std::string jekyll_permalink_pattern(const std::string& style);

}  // namespace octavo
