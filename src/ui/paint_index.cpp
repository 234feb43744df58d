// The paint index: the page in horizontal bands, and for each band the items that touch it.
#include "ui/paint_index.h"

#include <algorithm>
#include <cmath>

namespace octavo {
namespace {

constexpr float kBandHeight = 512;
// Items across more bands than this (backgrounds, frames of the whole article) are few and kept apart.
constexpr std::uint32_t kMaxBands = 4;
// Beyond this a page is higher than any canvas can show; items below it share the last band.
constexpr float kMaxBandIndex = 65535;

std::uint32_t band_of(float y) {
  return static_cast<std::uint32_t>(std::clamp(std::floor(y / kBandHeight), 0.0F, kMaxBandIndex));
}

bool is_tall(const DisplayItem& item) {
  return band_of(item.rect.bottom()) - band_of(item.rect.y) >= kMaxBands;
}

}  // namespace

PaintIndex::PaintIndex(std::span<const DisplayItem> items) {
  std::uint32_t last_band = 0;
  for (const DisplayItem& item : items) last_band = std::max(last_band, band_of(item.rect.bottom()));
  // Count, add up, fill: each band's items end up together and in paint order.
  std::vector<std::uint32_t> next(last_band + 2, 0);
  for (const DisplayItem& item : items) {
    if (is_tall(item)) continue;
    for (std::uint32_t band = band_of(item.rect.y); band <= band_of(item.rect.bottom()); ++band) ++next[band + 1];
  }
  for (std::size_t band = 1; band < next.size(); ++band) next[band] += next[band - 1];
  band_begin_ = next;
  band_items_.resize(next.back());
  for (std::uint32_t i = 0; i < items.size(); ++i) {
    if (is_tall(items[i])) {
      tall_items_.push_back(i);
      continue;
    }
    for (std::uint32_t band = band_of(items[i].rect.y); band <= band_of(items[i].rect.bottom()); ++band) {
      band_items_[next[band]++] = i;
    }
  }
}

std::span<const std::uint32_t> PaintIndex::find(float top, float bottom) {
  found_ = tall_items_;
  if (!band_begin_.empty() && bottom > top) {
    const std::size_t first = std::min<std::size_t>(band_of(top), band_begin_.size() - 1);
    const std::size_t last = std::min<std::size_t>(band_of(bottom) + std::size_t{1}, band_begin_.size() - 1);
    found_.insert(found_.end(), band_items_.begin() + band_begin_[first], band_items_.begin() + band_begin_[last]);
  }
  std::sort(found_.begin(), found_.end());
  found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
  return found_;
}

}  // namespace octavo
