// Finds the items of a display list in a slice of the page without looking at all of them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/layout/display_list.h"

namespace octavo {

class PaintIndex {
 public:
  PaintIndex() = default;
  explicit PaintIndex(std::span<const DisplayItem> items);

  // Indexes of the items that may touch the rows from `top` to `bottom`, ascending, which is paint order. Valid until the
  // next call.
  std::span<const std::uint32_t> find(float top, float bottom);

 private:
  std::vector<std::uint32_t> band_begin_;  // per band: where its items start in `band_items_`; one more at the end
  std::vector<std::uint32_t> band_items_;
  std::vector<std::uint32_t> tall_items_;  // across many bands; always included
  std::vector<std::uint32_t> found_;
};

}  // namespace octavo
