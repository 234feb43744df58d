// The display list: everything to paint, in paint order, with bounds for culling. The painter knows nothing else of a page. What
// the page layer shows itself (Layout::scrolled_tables) is not in it; hit targets there keep their numbers but have no place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/layout/tree/layout_tree.h"

namespace octavo {

struct DisplayItem {
  enum class Kind : std::uint8_t {
    Fill,    // rect, color, radius
    Stroke,  // rect, color, radius, thickness
    Text,    // run
    Button,  // index into DisplayList::hit_targets: background and frame of a button; its label follows as Text
  };
  Kind kind = Kind::Fill;
  ColorRole color = ColorRole::Ink;
  Rect rect;  // bounds, device pixels
  float radius = 0;
  float thickness = 0;
  std::uint32_t index = 0;   // Text: into runs; Button: see above
  std::uint32_t target = 0;  // 1-based into hit_targets; 0 = none. Hover and focus restyle the items of a target.
  std::uint32_t block_id = 0;
};

struct TextRun {
  std::uint32_t text_begin = 0;  // into DisplayList::text
  std::uint32_t text_end = 0;
  float x = 0;         // left edge, device pixels, may be fractional
  float baseline = 0;  // y, whole
  float width = 0;
  std::uint16_t face = 0;      // into DisplayList::faces
  std::uint16_t language = 0;  // into DisplayList::languages
  Direction direction = Direction::LeftToRight;
};

struct DisplayList {
  float width = 0;
  float height = 0;
  std::string text;
  std::vector<Face> faces;
  std::vector<std::string> languages;
  std::vector<TextRun> runs;
  std::vector<HitTarget> hit_targets;
  std::vector<DisplayItem> items;

  std::string_view run_text(const TextRun& run) const {
    return std::string_view(text).substr(run.text_begin, run.text_end - run.text_begin);
  }
};

// Images are not in it: they are elements of the page layer.
DisplayList build_display_list(const Layout& layout);

// Stable text for golden tests, one line per item.
std::string dump_display_list(const DisplayList& list);

}  // namespace octavo
