// Layout to display list: panels first, then buttons, then each line's backgrounds, underlines and words.
#include "core/layout/display_list.h"

#include <algorithm>
#include <cmath>

#include "core/layout/line/inline_style.h"
#include "core/layout/style/style_rules.h"

namespace octavo {

namespace {

// As in the stylesheet: text-underline-offset and text-decoration-thickness.
constexpr float kUnderlineOffset = 0.18F;
constexpr float kDecorationThickness = 0.06F;
constexpr float kStrikeHeight = 0.28F;

class ListBuilder {
 public:
  explicit ListBuilder(const Layout& layout) : layout_(layout) {}

  DisplayList build() {
    list_.width = layout_.width;
    list_.height = layout_.height;
    list_.text = layout_.text;
    list_.faces = layout_.faces;
    list_.languages = layout_.languages;
    list_.hit_targets = layout_.hit_targets;
    list_.runs.reserve(layout_.fragments.size());
    for (HitTarget& target : list_.hit_targets) {
      if (!is_painted(target.block_id)) target.rects.clear();
    }
    list_.items.reserve(layout_.fragments.size() + layout_.decorations.size());
    add_decorations();
    add_buttons();
    for (const LineBox& line : layout_.lines) {
      if (is_painted(line.block_id)) add_line(line);
    }
    return std::move(list_);
  }

 private:
  using Kind = DisplayItem::Kind;

  bool is_painted(std::uint32_t block_id) const {
    return std::none_of(layout_.scrolled_tables.begin(), layout_.scrolled_tables.end(),
                        [block_id](const BlockRange& table) { return block_id >= table.begin && block_id < table.end; });
  }

  void add_decorations() {
    for (const Decoration& decoration : layout_.decorations) {
      if (!is_painted(decoration.block_id)) continue;
      DisplayItem item;
      item.block_id = decoration.block_id;
      item.kind = decoration.kind == Decoration::Kind::Fill ? Kind::Fill : Kind::Stroke;
      item.color = decoration.color;
      item.rect = decoration.rect;
      item.radius = decoration.radius;
      item.thickness = decoration.kind == Decoration::Kind::Fill ? 0 : decoration.thickness;
      list_.items.push_back(item);
    }
  }

  void add_buttons() {
    for (std::uint32_t i = 0; i < layout_.hit_targets.size(); ++i) {
      const HitTarget& target = list_.hit_targets[i];
      if (target.kind != HitTarget::Kind::Button) continue;
      for (const Rect& rect : target.rects) {
        list_.items.push_back({.kind = Kind::Button,
                               .color = ColorRole::Page,
                               .rect = rect,
                               .radius = layout_.viewport.device_pixel_ratio * style_table().parts.button_radius,
                               .index = i,
                               .target = i + 1,
                               .block_id = target.block_id});
      }
    }
  }

  const FaceMetrics& metrics(const TextFragment& fragment) const { return layout_.face_metrics[fragment.face]; }
  float size(const TextFragment& fragment) const { return layout_.faces[fragment.face].size; }

  // Calls paint(first, last) for stretches of fragments that one background or underline covers.
  template <typename Has, typename Paint>
  void for_each_segment(const LineBox& line, std::uint8_t join, Has has, Paint paint) {
    const std::uint32_t end = line.first_fragment + line.fragment_count;
    for (std::uint32_t i = line.first_fragment; i < end;) {
      if (!has(layout_.fragments[i])) {
        ++i;
        continue;
      }
      const std::uint32_t first = i++;
      while (i < end && (layout_.fragments[i].joins & join) != 0) ++i;
      paint(layout_.fragments[first], layout_.fragments[i - 1]);
    }
  }

  void add_backgrounds(const LineBox& line) {
    for_each_segment(
        line, TextFragment::kJoinsBackground, [](const TextFragment& f) { return f.background != ColorRole::Page; },
        [&](const TextFragment& first, const TextFragment& last) {
          const float overhang = size(first) * style_table().parts.background_overhang;
          const float left = first.x - overhang;
          const float top = line.baseline + first.baseline_shift - metrics(first).ascent;
          DisplayItem item;
          item.block_id = line.block_id;
          item.color = first.background;
          item.rect = {left, top, last.x + last.width + overhang - left, metrics(first).ascent + metrics(first).descent};
          item.radius = layout_.viewport.device_pixel_ratio * style_table().parts.inline_radius;
          list_.items.push_back(item);
        });
  }

  void add_rule(const LineBox& line, const TextFragment& first, const TextFragment& last, float em_down) {
    DisplayItem item;
    item.block_id = line.block_id;
    item.color = first.color;
    const float thickness = std::max(1.0F, std::round(size(first) * kDecorationThickness));
    const float top = line.baseline + first.baseline_shift + std::round(size(first) * em_down);
    item.rect = {first.x, top, last.x + last.width - first.x, thickness};
    item.target = first.target;
    list_.items.push_back(item);
  }

  void add_line(const LineBox& line) {
    add_backgrounds(line);
    for_each_segment(
        line, TextFragment::kJoinsUnderline, [](const TextFragment& f) { return f.underline; },
        [&](const TextFragment& first, const TextFragment& last) { add_rule(line, first, last, kUnderlineOffset); });
    for (std::uint32_t i = 0; i < line.fragment_count; ++i) add_text(line, layout_.fragments[line.first_fragment + i]);
    for_each_segment(
        line, TextFragment::kJoinsStrike, [](const TextFragment& f) { return f.strike; },
        [&](const TextFragment& first, const TextFragment& last) { add_rule(line, first, last, -kStrikeHeight); });
  }

  void add_text(const LineBox& line, const TextFragment& fragment) {
    TextRun run;
    run.text_begin = fragment.text_begin;
    run.text_end = fragment.text_end;
    run.x = fragment.x;
    run.baseline = line.baseline + fragment.baseline_shift;
    run.width = fragment.width;
    run.face = fragment.face;
    run.language = layout_.block_language[line.block_id];
    run.direction = fragment.direction;
    DisplayItem item;
    item.kind = Kind::Text;
    item.block_id = line.block_id;
    item.color = fragment.color;
    item.rect = {fragment.x, run.baseline - metrics(fragment).ascent, fragment.width,
                 metrics(fragment).ascent + metrics(fragment).descent};
    item.index = static_cast<std::uint32_t>(list_.runs.size());
    item.target = fragment.target;
    list_.runs.push_back(run);
    list_.items.push_back(item);
  }

  const Layout& layout_;
  DisplayList list_;
};

}  // namespace

DisplayList build_display_list(const Layout& layout) {
  return ListBuilder(layout).build();
}

}  // namespace octavo
