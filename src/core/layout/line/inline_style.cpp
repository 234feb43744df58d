// Folds the nested spans of a block into flat runs.
#include "core/layout/line/inline_style.h"

#include <algorithm>
#include <cmath>

#include "core/base/url.h"
#include "core/layout/style/style_rules.h"

namespace octavo {

namespace {

struct OpenSpan {
  std::uint32_t end = 0;
  Face face;
  RunStyle style;
};

class RunBuilder {
 public:
  RunBuilder(const Block& block, const TextStyle& base, const Scale& scale, ShapedRunCache& words, Layout& layout)
      : block_(block), base_(base), scale_(scale), words_(words), layout_(layout) {}

  std::vector<RunStyle> build() {
    const auto size = static_cast<std::uint32_t>(block_.inlines.text.size());
    RunStyle plain{.face = words_.face_index(base_.face), .color = base_.color};
    open_.push_back({.end = size, .face = base_.face, .style = plain});
    emit(0);
    const std::vector<Span>& spans = block_.inlines.spans;
    for (std::size_t i = 0; i < spans.size(); ++i) {
      close_until(spans[i].begin);
      if (spans[i].begin >= spans[i].end || spans[i].begin >= size) continue;
      open_.push_back(open(spans[i], static_cast<std::uint32_t>(i)));
      emit(spans[i].begin);
    }
    close_until(size);
    return std::move(runs_);
  }

 private:
  void close_until(std::uint32_t offset) {
    while (open_.size() > 1 && open_.back().end <= offset) {
      const std::uint32_t end = open_.back().end;
      open_.pop_back();
      emit(end);
    }
  }

  void emit(std::uint32_t begin) {
    if (!runs_.empty() && runs_.back().begin == begin) runs_.pop_back();
    if (begin > 0 && begin >= block_.inlines.text.size()) return;
    runs_.push_back(open_.back().style);
    runs_.back().begin = begin;
  }

  OpenSpan open(const Span& span, std::uint32_t index) {
    OpenSpan result = open_.back();
    result.end = std::min(result.end, span.end);
    apply(span, index, result);
    result.style.face = words_.face_index(result.face);
    return result;
  }

  void shrink(OpenSpan& open, float factor) {
    open.face.size =
        std::max(scale_.half_pixels(open.face.size * factor), std::min(open.face.size, scale_.horizontal(kMinFontSizeCss)));
  }

  void raise(OpenSpan& open, float em) {
    const float shift = static_cast<float>(open.style.shift) - std::round(open.face.size * em);
    open.style.shift = static_cast<std::int8_t>(std::clamp(shift, -127.0F, 127.0F));
  }

  void set_background(OpenSpan& open, ColorRole role, std::uint32_t index) {
    open.style.background = role;
    open.style.background_span = index + 1;
  }

  void apply(const Span& span, std::uint32_t index, OpenSpan& open) {
    apply_rule(style_table().rule(inline_look(span.kind)), index, open);
    RunStyle& style = open.style;
    switch (span.kind) {
      case InlineKind::Link:
        return apply_link(span, index, style);
      case InlineKind::Button:
        return apply_button(span, index, style);
      case InlineKind::Token:
        style.color = token_color(span.token);
        return;
      case InlineKind::Image:
        style.image_span = index + 1;
        return;
      default:
        return;
    }
  }

  void apply_rule(const InlineRule& rule, std::uint32_t index, OpenSpan& open) {
    if (rule.family) {
      // A code block is all code.
      if (base_.white_space == WhiteSpace::Preserve) return;
      open.face.family = *rule.family;
    }
    if (rule.size != 1) shrink(open, rule.size);
    if (rule.up != 0) raise(open, rule.up);
    if (rule.weight) open.face.weight = *rule.weight;
    if (rule.is_italic) open.face.italic = true;
    if (rule.is_underlined) open.style.underline_span = index + 1;
    if (rule.is_struck) open.style.strike_span = index + 1;
    if (rule.color) open.style.color = *rule.color;
    if (rule.background) set_background(open, *rule.background, index);
  }

  void apply_link(const Span& span, std::uint32_t index, RunStyle& style) {
    // What the page layer writes without an address is not a link here either.
    if (!is_allowed_url(span.url, UrlUse::Link)) return;
    style.color = span.is_current ? ColorRole::Heading : base_.link_color;
    if (base_.underline_links && span.note == NoteLink::None) style.underline_span = index + 1;
    if (base_.unbreakable_links) style.unbreakable_span = index + 1;
    style.target = add_target(HitTarget::Kind::Link, span, index);
  }

  void apply_button(const Span& span, std::uint32_t index, RunStyle& style) {
    style.color = span.is_disabled ? ColorRole::Muted : span.pressed ? ColorRole::AccentInk : ColorRole::Ink;
    style.underline_span = style.strike_span = 0;
    style.unbreakable_span = index + 1;
    style.target = add_target(HitTarget::Kind::Button, span, index);
    const std::string_view text = block_.inlines.text;
    style.button_begin = span.begin;
    style.button_end = std::min(span.end, static_cast<std::uint32_t>(text.size()));
    while (style.button_begin < style.button_end && text[style.button_begin] == ' ') ++style.button_begin;
    while (style.button_begin < style.button_end && text[style.button_end - 1] == ' ') --style.button_end;
  }

  std::uint32_t add_target(HitTarget::Kind kind, const Span& span, std::uint32_t index) {
    const std::string_view label = std::string_view(block_.inlines.text).substr(span.begin, span.end - span.begin);
    HitTarget target;
    target.kind = kind;
    target.block_id = block_.id;
    target.span_index = index;
    target.url = span.url;
    target.name = span.alt.empty() ? std::string(label) : span.alt;
    target.pressed = span.pressed;
    target.is_disabled = span.is_disabled;
    layout_.hit_targets.push_back(std::move(target));
    return static_cast<std::uint32_t>(layout_.hit_targets.size());
  }

  const Block& block_;
  const TextStyle& base_;
  const Scale& scale_;
  ShapedRunCache& words_;
  Layout& layout_;
  std::vector<OpenSpan> open_;
  std::vector<RunStyle> runs_;
};

}  // namespace

float Scale::vertical(float css) const {
  return std::round(css * text);
}

// As onFontGrid() in shell/canvas/device_grid.js and round() in the style sheet.
float Scale::half_pixels(float size) const {
  return std::floor(size / device * 2 + 0.51F) / 2 * device;
}

float Scale::hairline() const {
  return std::max(1.0F, std::floor(device));
}

std::vector<RunStyle> build_run_styles(const Block& block, const TextStyle& base, const Scale& scale, ShapedRunCache& words,
                                       Layout& layout) {
  return RunBuilder(block, base, scale, words, layout).build();
}

}  // namespace octavo
