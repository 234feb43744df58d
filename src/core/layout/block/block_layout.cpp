// The second pass: every block gets its place, from the top down.
#include "core/layout/block/block_layout.h"

#include <algorithm>
#include <cmath>

#include "core/base/assert.h"
#include "core/layout/style/block_style.h"
#include "core/layout/style/style_rules.h"

namespace octavo {

namespace {

constexpr std::uint32_t kMaxFieldRows = 60;

}  // namespace

BlockLayout::BlockLayout(Layout& layout, TextMeasurer& measurer, const LayoutOptions& options)
    : layout_(layout),
      scale_{.device = layout.viewport.device_pixel_ratio,
             .text = layout.viewport.device_pixel_ratio * layout.viewport.text_scale},
      size_class_(size_class(layout.viewport.width_css)),
      words_(layout, measurer),
      builder_(scale_, words_, layout, measurer),
      inline_(scale_, words_, layout, options),
      browser_lines_(options.browser_line_breaks) {}

void BlockLayout::prepare(const Document& document) {
  Inherited top;
  top.language = words_.language_index(document.root.language);
  prepare(document.root, top);
}

void BlockLayout::place(const Document& document) {
  layout_.boxes.resize(infos_.size());
  layout_.height = place_page(document.root);
  const std::uint16_t language = words_.language_index(document.root.language);
  for (std::size_t i = 0; i < layout_.faces.size(); ++i) {
    layout_.face_metrics.push_back(words_.metrics(static_cast<std::uint16_t>(i), language));
  }
}

// ---- The page ------------------------------------------------------------------------------------------------------

BlockLayout::PageColumns BlockLayout::page_columns(const Block& root) const {
  const PageMetrics metrics = page_metrics(size_class_);
  const float window = layout_.viewport.width_css * scale_.device;
  const float room = std::max(1.0F, window - 2 * metrics.gutter * scale_.device);
  const float measure = scale_.horizontal(metrics.measure);
  const float sidebar = scale_.horizontal(metrics.sidebar_width);
  const float content = measure + scale_.horizontal(metrics.sidebar_gap) + sidebar;
  const bool has_aside = std::any_of(root.children.begin(), root.children.end(),
                                     [](const Block& child) { return child.role == Role::Complementary; });
  PageColumns columns;
  // Large text may leave no room beside the article; then the sidebar follows below it.
  columns.has_sidebar = has_aside && metrics.sidebar_width > 0 && content <= room;
  const float width = std::min(columns.has_sidebar ? content : measure, room);
  // Centered on a whole CSS pixel, as in the style sheet; then on a whole device pixel.
  const float margin_css = std::floor((window - width) / (2 * scale_.device) - metrics.gutter + kLineTolerance);
  columns.all = {std::floor((std::max(0.0F, margin_css) + metrics.gutter) * scale_.device), width};
  columns.main = columns.sidebar = columns.all;
  if (!columns.has_sidebar) return columns;
  columns.main.width = measure;
  columns.sidebar.width = sidebar;
  const bool is_mirrored = info(root).direction == Direction::RightToLeft;
  Frame& right = is_mirrored ? columns.main : columns.sidebar;
  right.x = columns.all.right() - right.width;
  return columns;
}

float BlockLayout::place_page(const Block& root) {
  const PageColumns columns = page_columns(root);
  open_box(root, columns.all, 0);
  float y = info(root).style.padding_y;
  for (std::size_t i = 0; i < root.children.size(); ++i) {
    const Block& child = root.children[i];
    if (i > 0) y += info(child).style.space_before;
    const bool is_row = columns.has_sidebar && child.role == Role::Main && i + 1 < root.children.size() &&
                        root.children[i + 1].role == Role::Complementary;
    if (is_row) {
      const float main_bottom = place_block(child, columns.main, y);
      y = std::max(main_bottom, place_block(root.children[++i], columns.sidebar, y));
    } else {
      y = place_block(child, child.role == Role::Main ? columns.main : columns.all, y);
    }
  }
  y += info(root).style.padding_y;
  close_box(root, y);
  return y;
}

// ---- Blocks --------------------------------------------------------------------------------------------------------

void BlockLayout::open_box(const Block& block, Frame frame, float y) {
  Box& box = layout_.boxes[block.id];
  box.block_id = block.id;
  box.kind = block.kind;
  box.rect = {frame.x, y, frame.width, 0};
  box.first_line = static_cast<std::uint32_t>(layout_.lines.size());
}

void BlockLayout::close_box(const Block& block, float bottom) {
  Box& box = layout_.boxes[block.id];
  box.rect.height = bottom - box.rect.y;
  box.line_count = static_cast<std::uint32_t>(layout_.lines.size()) - box.first_line;
}

std::size_t BlockLayout::add_fill(const Block& block, const Rect& rect, ColorRole color, float radius) {
  layout_.decorations.push_back({.block_id = block.id, .rect = rect, .color = color, .radius = radius});
  return layout_.decorations.size() - 1;
}

float BlockLayout::place_block(const Block& block, Frame frame, float y) {
  open_box(block, frame, y);
  const float bottom = place_content(block, frame, y);
  close_box(block, bottom);
  return bottom;
}

float BlockLayout::place_content(const Block& block, Frame frame, float y) {
  switch (block.kind) {
    case BlockKind::CodeBlock:
      return place_code(block, frame, y);
    case BlockKind::Field:
      return place_field(block, frame, y);
    case BlockKind::Rule:
      return place_rule(block, frame, y);
    case BlockKind::Table:
      return place_table(block, frame, y);
    case BlockKind::Quote:
      return place_quote(block, frame, y);
    case BlockKind::ListItem:
      return place_list_item(block, frame, y);
    default:
      return place_children(block, frame, y);
  }
}

BlockLayout::Frame BlockLayout::indented(const Block& block, Frame frame) const {
  const BlockStyle& style = info(block).style;
  const float least = std::min(frame.width, scale_.horizontal(kLeastColumnCss));
  // Column widths include the padding of cells.
  const bool is_cell = block.kind == BlockKind::TableCell;
  const float padding = is_cell ? style.padding_x : std::min(style.padding_x, (frame.width - least) / 2);
  frame = {frame.x + padding, frame.width - 2 * padding};
  const float indent = std::min(style.indent, std::max(0.0F, frame.width - least));
  const bool is_rtl = info(block).direction == Direction::RightToLeft;
  return {is_rtl ? frame.x : frame.x + indent, frame.width - indent};
}

// The text of the block itself, if any, then its children.
float BlockLayout::place_children(const Block& block, Frame frame, float y) {
  const float padding = info(block).style.padding_y;
  const Frame inner = indented(block, frame);
  y = place_text(block, inner, y + padding);
  bool is_first = info(block).text == kNoText;
  for (const Block& child : block.children) {
    if (!is_first) y += info(child).style.space_before;
    is_first = false;
    y = place_block(child, inner, y);
  }
  return y + padding;
}

float BlockLayout::place_text(const Block& block, Frame frame, float y) {
  if (info(block).text == kNoText) return y;
  const Align align = block.align != Align::Default ? block.align : info(block).style.align;
  return inline_.place(texts_[info(block).text], {.x = frame.x, .width = frame.width, .align = align, .hang = info(block).hang},
                       y);
}

float BlockLayout::place_code(const Block& block, Frame frame, float y) {
  const std::size_t fill =
      add_fill(block, {frame.x, y, frame.width, 0}, ColorRole::Surface, scale_.device * style_table().parts.code_block_radius);
  const float bottom = place_children(block, frame, y);
  layout_.decorations[fill].rect.height = bottom - y;
  return bottom;
}

// The label, the field's frame, and below longer fields the note that the page updates with every key.
float BlockLayout::place_field(const Block& block, Frame frame, float y) {
  if (block.variant == Variant::Check) return place_children(block, frame, y);
  const PartLengths& parts = style_table().parts;
  const float gap = scale_.vertical(parts.field_gap);
  const float top = place_text(block, frame, y) + gap;
  const auto rows = static_cast<float>(std::clamp<std::uint32_t>(block.start, 1, kMaxFieldRows));
  const Rect rect{frame.x, top, frame.width,
                  scale_.vertical(parts.field_line * rows) + 2 * scale_.vertical(parts.field_padding_y)};
  layout_.fields.push_back({block.id, rect});
  layout_.decorations.push_back({.kind = Decoration::Kind::Stroke,
                                 .block_id = block.id,
                                 .rect = rect,
                                 .color = block.is_invalid ? ColorRole::Danger : ColorRole::Muted,
                                 .radius = scale_.device * parts.button_radius,
                                 .thickness = scale_.hairline()});
  return block.start > 1 ? rect.bottom() + gap + scale_.vertical(parts.field_note) : rect.bottom();
}

float BlockLayout::place_rule(const Block& block, Frame frame, float y) {
  const float thickness = scale_.hairline();
  add_fill(block, {frame.x, y, frame.width, thickness}, ColorRole::Hairline);
  return y + thickness;
}

float BlockLayout::place_quote(const Block& block, Frame frame, float y) {
  const float width = std::max(1.0F, std::round(style_table().parts.quote_bar_width * scale_.device));
  const bool is_rtl = info(block).direction == Direction::RightToLeft;
  const std::size_t bar = add_fill(block, {is_rtl ? frame.right() - width : frame.x, y, width, 0}, ColorRole::Accent);
  const float bottom = place_children(block, frame, y);
  layout_.decorations[bar].rect.height = bottom - y;
  return bottom;
}

float BlockLayout::place_list_item(const Block& block, Frame frame, float y) {
  const BlockInfo& own = info(block);
  if (own.marker_word == kNoWord) return place_children(block, frame, y);
  const bool is_rtl = own.direction == Direction::RightToLeft;
  const float gap = own.style.face.size * style_table().parts.marker_gap;
  Marker marker;
  marker.word = own.marker_word;
  marker.face = words_.face_index(own.style.face);
  marker.color = own.style.color;
  marker.direction = own.direction;
  marker.edge = is_rtl ? frame.right() + gap : frame.x - gap;
  inline_.add_marker(marker);
  float bottom = place_children(block, frame, y);
  if (!inline_.has_markers()) return bottom;
  // An item without any text still has its marker.
  TextStyle style;
  style.face = own.style.face;
  style.line_height = std::max(1.0F, own.style.line_height);
  return std::max(bottom, inline_.place_marker_line(block.id, style, frame.x, y));
}

}  // namespace octavo
