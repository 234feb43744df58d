// Where a paragraph's lines end: a pure function of widths, so that a better algorithm can take its place.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace octavo {

enum class ItemBreak : std::uint8_t {
  None,     // the line must go on
  Space,    // may end here; the space hangs
  Between,  // may end here, without a space
  Hyphen,   // may end here with a hyphen of width LineItem::hyphen
  Forced,   // ends here
};

// An unbreakable piece of a line and what follows it.
struct LineItem {
  float width = 0;
  float space = 0;   // after it, unless the line ends there
  float hyphen = 0;  // of a Hyphen break
  ItemBreak after = ItemBreak::None;
};

// Sums of rounded widths may exceed the line by this much, in device pixels.
inline constexpr float kLineTolerance = 1.0F / 64;

// Fills each line as far as it goes. Returns for each line the index one past its last item; the last one is items.size().
std::vector<std::uint32_t> break_lines_greedily(std::span<const LineItem> items, float width);

// The widest piece that cannot be broken, and the widest line when nothing but Forced breaks is used.
struct IntrinsicWidths {
  float min = 0;
  float max = 0;
};
IntrinsicWidths intrinsic_widths(std::span<const LineItem> items);

}  // namespace octavo
