// The seam to the platform that draws words: it measures their ink, draws them and keeps the pages of pixels.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/layout/style/style.h"
#include "core/layout/text/text_measurer.h"

namespace octavo {

// A shaped run and its look. The color belongs to it: a run is drawn in its true color, so that color glyphs and the
// platform's contrast enhancement come out as in any other text.
struct RunSource {
  std::string_view text;
  std::string_view language;
  Face face;
  Direction direction = Direction::LeftToRight;
  Color color = 0;
};

// The pixels that a run may touch, relative to its pen: the left end of its baseline. It may be wider than the advance
// (italics, Arabic, accents). Width 0 = nothing to draw.
struct InkBox {
  std::int32_t left = 0;
  std::int32_t top = 0;
  std::int32_t width = 0;
  std::int32_t height = 0;
};

// Where a run, or a vertical slice of a long one, goes within the pixels of one batch.
struct RunPlacement {
  std::uint32_t source = 0;  // index into the batch's sources
  std::int32_t pen_x = 0;
  std::int32_t pen_y = 0;
  InkBox clip;              // nothing outside it may be drawn
  bool needs_clip = false;  // false: the run's ink is within `clip` anyway
};

// A rectangle of a page.
struct PageArea {
  std::int32_t x = 0;
  std::int32_t y = 0;
  std::int32_t width = 0;
  std::int32_t height = 0;
};

// A texture as Dear ImGui names it; 0 = none.
using PageTexture = std::uint64_t;

class RunRasterizer {
 public:
  virtual ~RunRasterizer() = default;

  // Largest side of a page. Asked once, before the first page.
  virtual std::int32_t max_page_size() = 0;

  // A page is a square of `size` pixels with premultiplied alpha, read without filtering.
  virtual PageTexture create_page(std::int32_t size) = 0;
  virtual void destroy_page(PageTexture page) = 0;

  // `boxes` has the length of `sources`.
  virtual void measure_ink(std::span<const RunSource> sources, std::span<InkBox> boxes) = 0;

  // Draws one batch and puts it into `area` of the page in one transfer. Placements are relative to the area's corner and lie
  // within it; what the area held before is replaced.
  virtual void rasterize(PageTexture page, const PageArea& area, std::span<const RunSource> sources,
                         std::span<const RunPlacement> placements) = 0;
};

}  // namespace octavo
