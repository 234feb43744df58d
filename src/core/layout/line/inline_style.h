// Nested spans folded into runs of one look.
#pragma once

#include <cstdint>
#include <vector>

#include "core/layout/line/shaped_run_cache.h"
#include "core/layout/tree/layout_tree.h"

namespace octavo {

// Smaller text than this is not legible; it also bounds how many faces nested <sub> can make.
inline constexpr float kMinFontSizeCss = 6;

// CSS pixels to device pixels.
struct Scale {
  float device = 1;  // device pixels per CSS pixel
  float text = 1;    // the same times the reader's text size

  float vertical(float css) const;  // a whole number, so that every line and baseline is
  float horizontal(float css) const { return css * text; }
  // A font's size: half CSS pixels. Firefox's canvas knows no others (below 64), and its words would not be as wide as the
  // page's.
  float font(float css) const { return half_pixels(css * text); }
  float half_pixels(float size) const;
  float hairline() const;
};

enum class WhiteSpace : std::uint8_t { Collapse, Preserve };

// What a block says about its text, device pixels.
struct TextStyle {
  Face face;
  ColorRole color = ColorRole::Ink;
  ColorRole link_color = ColorRole::Link;
  bool underline_links = true;
  bool unbreakable_links = false;
  WhiteSpace white_space = WhiteSpace::Collapse;
  Direction direction = Direction::LeftToRight;
  std::uint16_t language = 0;
  float line_height = 0;
};

// A stretch of text in which nothing about the look changes. Span numbers are 1-based; 0 = none.
struct RunStyle {
  std::uint32_t begin = 0;  // byte offset; the run ends where the next one begins
  std::uint16_t face = 0;
  ColorRole color = ColorRole::Ink;
  ColorRole background = ColorRole::Page;
  std::int8_t shift = 0;
  std::uint32_t target = 0;  // 1-based into Layout::hit_targets
  std::uint32_t underline_span = 0;
  std::uint32_t strike_span = 0;
  std::uint32_t background_span = 0;
  std::uint32_t unbreakable_span = 0;
  std::uint32_t image_span = 0;
  std::uint32_t button_begin = 0;  // of a button: where its label begins and ends
  std::uint32_t button_end = 0;
};

// Runs that cover the whole text, at least one. Links and buttons become hit targets of `layout`.
std::vector<RunStyle> build_run_styles(const Block& block, const TextStyle& base, const Scale& scale, ShapedRunCache& words,
                                       Layout& layout);

}  // namespace octavo
