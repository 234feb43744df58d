// Optimum line breaking over the whole paragraph, after Knuth and Plass, "Breaking Paragraphs into Lines" (1981), for text set
// ragged.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/layout/line/line_breaking.h"

namespace octavo {

enum class Raggedness : std::uint8_t {
  Paragraph,  // all lines but the last as even as can be, the last one not a single short word if that can be avoided
  Balanced,   // all lines alike, in no more lines than greedy breaking needs: headings and captions
};

// Returns for each line the index one past its last item, like break_lines_greedily(). No line is wider than `width` unless it
// holds a single unbreakable piece that is. Never more lines than greedy breaking makes, plus one where that saves a lone
// last word. Time is linear in the number of items for a given number of items in a line.
std::vector<std::uint32_t> break_lines_optimally(std::span<const LineItem> items, float width, Raggedness raggedness);

}  // namespace octavo
