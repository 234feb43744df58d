// What a caller may ask of a layout.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/layout/text/browser_line_breaks.h"
#include "core/layout/text/hyphenation.h"

namespace octavo {

// How a paragraph's lines are found.
enum class LineBreaking : std::uint8_t {
  Greedy,   // each line as full as can be, as browsers do: a static page keeps its lines when the reader adopts it
  Optimum,  // over the whole paragraph; headings balanced
};

struct LayoutOptions {
  LineBreaking line_breaking = LineBreaking::Greedy;
  // Lines and columns that stay as they are wherever the document has the same text; the rest is broken as said above. May be
  // null.
  const BrowserLineBreaks* browser_line_breaks = nullptr;
  std::string_view language = {};  // of blocks that do not say theirs
  // Patterns of the languages in which optimum lines may be hyphenated.
  std::span<const HyphenationPatterns> hyphenation = {};
};

}  // namespace octavo
