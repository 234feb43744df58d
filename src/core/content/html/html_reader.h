// Reads a parsed HTML tree into blocks through the allow-list of html_elements.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/content/document/document.h"
#include "core/content/html/html_parser.h"
#include "core/content/html/html_roundtrip.h"
#include "core/content/html/inline_collector.h"

namespace octavo {

class HtmlReader {
 public:
  // `own` may be null: then all of the tree is untrusted.
  explicit HtmlReader(const RoundtripHtml* own) : own_(own) {}

  // The children of the root, which is a Section.
  std::vector<Block> read(const HtmlNode& body);

 private:
  // What the tree says about an element itself, without its surroundings.
  struct Attributes {
    std::string language;
    std::string direction;
    std::string code_language;
  };

  void visit_children(const HtmlNode& node);
  void visit(const HtmlNode& node);
  void visit_element(const HtmlNode& node);
  void visit_own_block(const HtmlNode& node, const Block& own);
  void visit_own_span(const HtmlNode& node, const Span& own);
  void visit_block(const HtmlNode& node);
  void visit_inline(const HtmlNode& node);

  const Block* own_block(const HtmlNode& node) const;
  const Span* own_span(const HtmlNode& node) const;

  void read_group(const HtmlNode& node);
  void read_paragraph(const HtmlNode& node, Block block, WhiteSpace white_space);
  void read_container(const HtmlNode& node, Block block, bool is_own);
  void read_leaf(const HtmlNode& node, Block block, WhiteSpace white_space, bool is_own);
  void read_list(const HtmlNode& node);
  void read_preformatted(const HtmlNode& node, Block block);
  void read_table(const HtmlNode& node, Block block);
  void add_padding(Block& row, bool is_header);
  void fill_rows(Block& table);
  void read_rows(const HtmlNode& node, Block& table, bool is_head);
  void read_row(const HtmlNode& node, Block& table, bool is_head);
  Block read_cell(const HtmlNode& node);
  void read_link(const HtmlNode& node);
  void read_image(const HtmlNode& node);
  void read_time(const HtmlNode& node);
  void read_checkbox(const HtmlNode& node);

  void flush();
  bool is_in_leaf() const { return leaf_depth_ > 0; }
  std::size_t open_levels(BlockKind next) const;
  void push(Block block);
  void push_into_list(Block block);
  void push_into_description(Block block);
  void close_container(bool is_own);
  void apply_attributes(Block& block) const;

  const RoundtripHtml* own_;
  std::vector<Block> stack_;  // open blocks, the root first
  InlineCollector inlines_;   // of the paragraph being gathered
  Block paragraph_;           // what flush() makes of them
  WhiteSpace white_space_ = WhiteSpace::Collapse;
  std::uint32_t leaf_depth_ = 0;  // inside a heading, cell ...: blocks only break lines there
  std::uint32_t depth_ = 0;
  std::uint32_t padding_cells_ = 0;
  Attributes attributes_;  // for the blocks that come next
};

}  // namespace octavo
