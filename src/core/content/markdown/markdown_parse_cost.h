// Recognizes Markdown on which md4c would take quadratic time or memory, and changes no more of it than is needed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace octavo {

struct LimitedMarkdown {
  std::string text;         // empty when nothing had to be changed
  std::size_t changes = 0;  // places where a backslash or a blank was put in
};

// One linear pass to estimate the cost; only texts beyond any honest use are rewritten.
LimitedMarkdown limit_markdown_parse_cost(std::string_view markdown);

}  // namespace octavo
