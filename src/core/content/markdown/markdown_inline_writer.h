// Inline content as Markdown; used by the Markdown writer only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/content/document/document.h"

namespace octavo {

enum class InlineStyle : std::uint8_t {
  Marks,  // as people write: **bold**, escapes only where needed
  Tags,   // <strong>bold</strong>, every ASCII punctuation character escaped: means itself everywhere
};

enum class LineEnds : std::uint8_t {
  Keep,
  Blanks,  // for places of one line: soft line ends become blanks, hard ones <br>
};

std::string write_inline_markdown(const InlineText& inlines, InlineStyle style, LineEnds line_ends);

// "a b" -> "<a b>", "a(b" -> "a\(b": the text between the parentheses of a link.
std::string write_link_target(std::string_view url, std::string_view title);

}  // namespace octavo
