// Entry of layout: a sane viewport, then both passes.
#include "core/layout/layout.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/layout/block/block_layout.h"

namespace octavo {

namespace {

constexpr float kMinWidthCss = 160;
// No window is wider; it bounds coordinates so that floats still tell half pixels apart.
constexpr float kMaxWidthCss = 16384;

float clamp_or(float value, float low, float high, float fallback) {
  return std::isfinite(value) ? std::clamp(value, low, high) : fallback;
}

Viewport clamp_viewport(Viewport viewport) {
  const Viewport fallback;
  viewport.width_css = clamp_or(viewport.width_css, kMinWidthCss, kMaxWidthCss, fallback.width_css);
  viewport.device_pixel_ratio = clamp_or(viewport.device_pixel_ratio, 0.25F, 8, 1);
  viewport.text_scale = clamp_or(viewport.text_scale, 0.5F, 3, 1);
  viewport.min_font_css = clamp_or(viewport.min_font_css, 0, 100, 0);
  return viewport;
}

}  // namespace

Layout layout_page(const Document& document, const Viewport& viewport, TextMeasurer& measurer, const LayoutOptions& options) {
  IncrementalLayout layout(document, viewport, measurer, options);
  while (layout.step(SIZE_MAX) != IncrementalLayout::Step::None) {
  }
  return layout.take();
}

IncrementalLayout::IncrementalLayout(const Document& document, const Viewport& viewport, TextMeasurer& measurer,
                                     const LayoutOptions& options)
    : document_(document) {
  layout_.line_breaking = options.line_breaking;
  layout_.viewport = clamp_viewport(viewport);
  layout_.width = std::round(layout_.viewport.width_css * layout_.viewport.device_pixel_ratio);
  blocks_ = std::make_unique<BlockLayout>(layout_, measurer, options);
}

IncrementalLayout::~IncrementalLayout() = default;

IncrementalLayout::Step IncrementalLayout::step(std::size_t words) {
  switch (next_) {
    case Step::Prepare:
      blocks_->prepare(document_);
      next_ = Step::Measure;
      break;
    case Step::Measure:
      if (!blocks_->measure_some(words)) next_ = Step::Place;
      break;
    case Step::Place:
      blocks_->place(document_);
      next_ = Step::None;
      break;
    case Step::None:
      break;
  }
  return next_;
}

}  // namespace octavo
