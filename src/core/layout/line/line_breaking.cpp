// Greedy line breaking, linear in the number of items.
#include "core/layout/line/line_breaking.h"

#include <algorithm>

namespace octavo {

std::vector<std::uint32_t> break_lines_greedily(std::span<const LineItem> items, float width) {
  std::vector<std::uint32_t> ends;
  const float limit = width + kLineTolerance;
  const auto count = static_cast<std::uint32_t>(items.size());
  std::uint32_t line_begin = 0;
  std::uint32_t last_end = 0;  // best end so far; line_begin = none yet
  float pen = 0;
  for (std::uint32_t i = 0; i < count;) {
    const LineItem& item = items[i];
    const float end = pen + item.width;
    if (end > limit && last_end > line_begin) {
      ends.push_back(last_end);
      // Items after the last opportunity are looked at once more, never twice: now they begin a line.
      line_begin = i = last_end;
      pen = 0;
      continue;
    }
    ++i;
    if (item.after == ItemBreak::Forced) {
      ends.push_back(i);
      line_begin = last_end = i;
      pen = 0;
      continue;
    }
    const bool fits = item.after != ItemBreak::Hyphen || end + item.hyphen <= limit || last_end == line_begin;
    if (item.after != ItemBreak::None && fits) last_end = i;
    pen = end + item.space;
  }
  if (line_begin < count) ends.push_back(count);
  return ends;
}

IntrinsicWidths intrinsic_widths(std::span<const LineItem> items) {
  IntrinsicWidths result;
  float unit = 0;
  float line = 0;
  for (const LineItem& item : items) {
    result.min = std::max(result.min, unit + item.width);
    result.max = std::max(result.max, line + item.width);
    unit = item.after == ItemBreak::None ? unit + item.width + item.space : 0;
    line = item.after == ItemBreak::Forced ? 0 : line + item.width + item.space;
  }
  return result;
}

}  // namespace octavo
