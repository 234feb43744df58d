// The part of HtmlReader that reads tables.
#include <algorithm>

#include "core/content/document/content_limits.h"
#include "core/content/html/html_attributes.h"
#include "core/content/html/html_elements.h"
#include "core/content/html/html_reader.h"

namespace octavo {
namespace {

// Cells that colspan may add in one document: 15 bytes of HTML would otherwise become a hundred blocks.
constexpr std::uint32_t kMaxPaddingCells = 20'000;
constexpr std::uint32_t kMaxColumnSpan = 64;

Block block_of(BlockKind kind) {
  Block block;
  block.kind = kind;
  return block;
}

template <typename Test>
bool any_element_inside(const HtmlNode& node, Test test) {
  return std::any_of(node.children.begin(), node.children.end(), [&](const HtmlNode& child) {
    return !child.tag.empty() && (test(child) || any_element_inside(child, test));
  });
}

// Tables were long used to lay out pages. One whose cells hold more than text is not a data table.
bool is_layout_table(const HtmlNode& table) {
  return any_element_inside(table, [](const HtmlNode& node) {
    const HtmlElement& element = html_element(node.tag);
    switch (element.meaning) {
      case HtmlMeaning::Table:
      case HtmlMeaning::Heading:
      case HtmlMeaning::Preformatted:
        return true;
      case HtmlMeaning::Container:
        return element.block_kind != BlockKind::ListItem;
      default:
        return false;
    }
  });
}

}  // namespace

void HtmlReader::read_table(const HtmlNode& node, Block block) {
  const bool is_own = own_block(node) != nullptr;
  if (is_in_leaf() || open_levels(BlockKind::Table) > kMaxBlockDepth - 2 || (!is_own && is_layout_table(node)))
    return read_group(node);
  flush();
  read_rows(node, block, false);
  fill_rows(block);
  if (!block.children.empty()) push(std::move(block));
}

void HtmlReader::add_padding(Block& row, bool is_header) {
  if (padding_cells_ == kMaxPaddingCells) return;
  ++padding_cells_;
  Block padding = block_of(BlockKind::TableCell);
  padding.is_header = is_header;
  row.children.push_back(std::move(padding));
}

// Every row gets as many cells as the longest one, as in Markdown: missing cells have no borders,
// and browsers make rows without them half a pixel lower.
void HtmlReader::fill_rows(Block& table) {
  std::size_t columns = 0;
  for (const Block& row : table.children) columns = std::max(columns, row.children.size());
  for (Block& row : table.children) {
    for (std::size_t i = row.children.size(); i < columns; ++i) add_padding(row, row.is_header);
  }
}

void HtmlReader::read_rows(const HtmlNode& node, Block& table, bool is_head) {
  for (const HtmlNode& child : node.children) {
    if (child.tag == "tr") {
      read_row(child, table, is_head);
    } else if (child.tag == "thead" || child.tag == "tbody" || child.tag == "tfoot") {
      read_rows(child, table, child.tag == "thead");
    } else {
      visit(child);  // a caption comes before the table
      flush();
    }
  }
}

void HtmlReader::read_row(const HtmlNode& node, Block& table, bool is_head) {
  const Block* own = own_block(node);
  Block row = own != nullptr ? *own : block_of(BlockKind::TableRow);
  for (const HtmlNode& child : node.children) {
    if (child.tag != "td" && child.tag != "th") {
      visit(child);
      flush();
      continue;
    }
    row.children.push_back(read_cell(child));
    const std::uint32_t span = std::min(number_attribute(child, "colspan", 1), kMaxColumnSpan);
    for (std::uint32_t i = 1; i < span; ++i) add_padding(row, row.children.back().is_header);
  }
  if (row.children.empty()) return;
  const bool all_headers =
      std::all_of(row.children.begin(), row.children.end(), [](const Block& cell) { return cell.is_header; });
  if (own == nullptr) row.is_header = is_head || (table.children.empty() && all_headers);
  table.children.push_back(std::move(row));
}

Block HtmlReader::read_cell(const HtmlNode& node) {
  const Block* own = own_block(node);
  Block cell = own != nullptr ? *own : block_of(BlockKind::TableCell);
  if (own == nullptr) {
    cell.is_header = node.tag == "th";
    cell.align = align_attribute(node);
    cell.language = language_attribute(node);
    cell.direction = direction_attribute(node);
  }
  const WhiteSpace outer_white_space = white_space_;
  white_space_ = own != nullptr ? WhiteSpace::Keep : WhiteSpace::Collapse;
  ++leaf_depth_;
  visit_children(node);
  --leaf_depth_;
  white_space_ = outer_white_space;
  cell.inlines = inlines_.take();
  return cell;
}

}  // namespace octavo
