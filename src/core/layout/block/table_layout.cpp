// Tables: CSS's automatic column widths in simple form, then rows of cells.
#include <algorithm>
#include <cmath>

#include "core/base/assert.h"
#include "core/layout/block/block_layout.h"

namespace octavo {

namespace {

float sum(const std::vector<IntrinsicWidths>& columns, float IntrinsicWidths::*member) {
  float total = 0;
  for (const IntrinsicWidths& column : columns) total += column.*member;
  return total;
}

// Whole pixels, so that the page layer's <col> widths give the same lines. Room beyond the minimum is shared out by how much
// more each column wants.
std::vector<float> distribute(const std::vector<IntrinsicWidths>& columns, float room) {
  const float min = sum(columns, &IntrinsicWidths::min);
  const float max = sum(columns, &IntrinsicWidths::max);
  const float share = max <= room ? 1.0F : max > min ? std::max(0.0F, room - min) / (max - min) : 0.0F;
  std::vector<float> widths;
  widths.reserve(columns.size());
  for (const IntrinsicWidths& column : columns) widths.push_back(std::floor(column.min + (column.max - column.min) * share));
  return widths;
}

// One past the ids of the block and its descendants.
std::uint32_t end_of_block(const Block& block) {
  return block.children.empty() ? block.id + 1 : end_of_block(block.children.back());
}

}  // namespace

BlockLayout::TableSize BlockLayout::browser_table_size(const std::vector<float>& columns_css) const {
  TableSize size;
  for (const float column : columns_css) {
    size.columns.push_back(column * scale_.device);
    size.width += size.columns.back();
  }
  return size;
}

BlockLayout::TableSize BlockLayout::measure_table(const Block& table, float width) {
  const std::vector<float>* browser_columns = browser_lines_.find_columns(table);
  if (browser_columns != nullptr) return browser_table_size(*browser_columns);
  std::vector<IntrinsicWidths> columns;
  for (const Block& row : table.children) {
    columns.resize(std::max(columns.size(), row.children.size()));
    for (std::size_t i = 0; i < row.children.size(); ++i) {
      const BlockInfo& cell = info(row.children[i]);
      const float padding = 2 * cell.style.padding_x;
      IntrinsicWidths intrinsic;
      if (cell.text != kNoText) {
        resolve_widths(texts_[cell.text], words_, scale_, std::max(1.0F, width - padding));
        intrinsic = intrinsic_widths(texts_[cell.text].items);
      }
      columns[i].min = std::max(columns[i].min, std::ceil(intrinsic.min + padding));
      columns[i].max = std::max(columns[i].max, std::ceil(intrinsic.max + padding));
    }
  }
  TableSize size;
  size.columns = distribute(columns, width);
  for (const float column : size.columns) size.width += column;
  return size;
}

float BlockLayout::place_table(const Block& table, Frame frame, float y) {
  const TableSize size = measure_table(table, frame.width);
  layout_.table_columns.emplace_back(table.id, size.columns);
  const bool is_rtl = info(table).direction == Direction::RightToLeft;
  const Frame own{is_rtl ? frame.right() - size.width : frame.x, size.width};
  for (const Block& row : table.children) {
    y = place_row(row, size, own, y);
  }
  Box& box = layout_.boxes[table.id];
  if (size.width > frame.width) {
    // It overflows at the end side and is scrolled there.
    box.rect.width = frame.width;
    layout_.scrolled_tables.push_back({table.id, end_of_block(table)});
    return y + std::round(layout_.viewport.scroll_bar_css * scale_.device);
  }
  box.rect.x = own.x;
  box.rect.width = own.width;
  return y;
}

float BlockLayout::place_row(const Block& row, const TableSize& size, Frame frame, float y) {
  open_box(row, frame, y);
  const std::size_t surface = row.is_header ? add_fill(row, {frame.x, y, frame.width, 0}, ColorRole::Surface) : 0;
  const bool is_rtl = info(row).direction == Direction::RightToLeft;
  float bottom = y;
  float start = 0;
  for (std::size_t i = 0; i < row.children.size(); ++i) {
    const float width = size.columns[i];
    const float x = is_rtl ? frame.right() - start - width : frame.x + start;
    bottom = std::max(bottom, place_block(row.children[i], {x, width}, y));
    start += width;
  }
  // Cells are as tall as their row.
  for (const Block& cell : row.children) layout_.boxes[cell.id].rect.height = bottom - y;
  if (row.is_header) layout_.decorations[surface].rect.height = bottom - y;
  add_fill(row, {frame.x, bottom, frame.width, scale_.hairline()}, ColorRole::Hairline);
  bottom += scale_.hairline();
  close_box(row, bottom);
  return bottom;
}

}  // namespace octavo
