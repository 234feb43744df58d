// Blocks stacked into boxes: spaces, indents, lists, quotations, code, tables and the page's columns.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/layout/line/inline_layout.h"

namespace octavo {

class BlockLayout {
 public:
  BlockLayout(Layout& layout, TextMeasurer& measurer, const LayoutOptions& options);

  // In this order: styles, items and the words to be measured; measuring them, some at a time (true when there are more);
  // placing.
  void prepare(const Document& document);
  bool measure_some(std::size_t limit) { return words_.measure_some(limit); }
  void place(const Document& document);

 private:
  static constexpr std::uint32_t kNoText = 0xFFFFFFFF;

  // The results of preparing a block, before anything is placed; lengths in device pixels. One per block, by id.
  struct BlockInfo {
    BlockStyle style;
    Direction direction = Direction::LeftToRight;
    std::uint32_t text = kNoText;         // into texts_
    std::uint32_t marker_word = kNoWord;  // of a list item
    float hang = 0;                       // of its first line
  };
  struct Inherited {
    const Block* parent = nullptr;
    Role region = Role::None;
    std::uint16_t language = 0;
    Direction direction = Direction::LeftToRight;
    std::uint32_t number = 0;  // of a list item
  };
  // The horizontal extent that a block may fill.
  struct Frame {
    float x = 0;
    float width = 0;
    float right() const { return x + width; }
  };
  struct PageColumns {
    Frame all;
    Frame main;
    Frame sidebar;
    bool has_sidebar = false;
  };
  struct TableSize {
    std::vector<float> columns;
    float width = 0;
  };

  // First pass (block_prepare.cpp): styles, items, words to measure.
  void prepare(const Block& block, const Inherited& inherited);
  void scale_style(BlockStyle& style) const;
  TextStyle text_style(const Block& block, const Inherited& inherited, const BlockInfo& info) const;
  void prepare_text(const Block& block, const Inherited& inherited, const BrowserLineStarts& browser_line_starts);
  void prepare_marker(const Block& block, const Inherited& inherited);

  // Second pass. All return the bottom of what they placed.
  float place_block(const Block& block, Frame frame, float y);
  float place_content(const Block& block, Frame frame, float y);
  float place_children(const Block& block, Frame frame, float y);
  float place_text(const Block& block, Frame frame, float y);
  float place_code(const Block& block, Frame frame, float y);
  float place_field(const Block& block, Frame frame, float y);
  float place_rule(const Block& block, Frame frame, float y);
  float place_quote(const Block& block, Frame frame, float y);
  float place_list_item(const Block& block, Frame frame, float y);
  float place_page(const Block& root);
  PageColumns page_columns(const Block& root) const;

  // table_layout.cpp
  float place_table(const Block& table, Frame frame, float y);
  float place_row(const Block& row, const TableSize& size, Frame frame, float y);
  TableSize measure_table(const Block& table, float width);
  TableSize browser_table_size(const std::vector<float>& columns_css) const;
  void open_box(const Block& block, Frame frame, float y);
  void close_box(const Block& block, float bottom);

  const BlockInfo& info(const Block& block) const { return infos_[block.id]; }
  Frame indented(const Block& block, Frame frame) const;
  std::size_t add_fill(const Block& block, const Rect& rect, ColorRole color, float radius = 0);

  Layout& layout_;
  Scale scale_;
  SizeClass size_class_;
  ShapedRunCache words_;
  ItemBuilder builder_;
  InlineLayout inline_;
  BrowserLineFinder browser_lines_;
  std::vector<BlockInfo> infos_;
  std::vector<PreparedText> texts_;
};

}  // namespace octavo
