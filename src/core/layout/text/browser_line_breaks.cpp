// One walk over a block's characters for its hash, one for the places where its lines begin.
#include "core/layout/text/browser_line_breaks.h"

#include <algorithm>

#include "core/base/utf8.h"

namespace octavo {

namespace {

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// The elements that shell/page/browser_line_reader.js looks at.
bool carries_text(BlockKind kind) {
  switch (kind) {
    case BlockKind::Paragraph:
    case BlockKind::Heading:
    case BlockKind::CodeBlock:
    case BlockKind::TableCell:
    case BlockKind::RawHtml:
    case BlockKind::Caption:
    case BlockKind::Summary:
    case BlockKind::DescriptionTerm:
    case BlockKind::Field:
      return true;
    default:
      return false;
  }
}

std::uint32_t utf16_units(char32_t code_point) {
  return code_point > 0xFFFF ? 2 : 1;
}

}  // namespace

std::uint32_t hash_characters(std::string_view text) {
  std::uint32_t hash = 0;
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCodePoint c = decode_utf8(text, i);
    i += c.length;
    if (c.value > 0xFFFF) {
      hash = hash * 31 + (0xD7C0 + (c.value >> 10));
      hash = hash * 31 + (0xDC00 | (c.value & 0x3FF));
    } else if (c.value > 0x7F || !is_space(static_cast<char>(c.value))) {
      hash = hash * 31 + c.value;
    }
  }
  return hash;
}

BrowserLineStarts BrowserLineFinder::find_starts(const Block& block) {
  if (lines_ == nullptr || !carries_text(block.kind)) return std::nullopt;
  const std::uint32_t index = next_index_++;
  while (next_block_ < lines_->blocks.size() && lines_->blocks[next_block_].index < index) ++next_block_;
  if (next_block_ == lines_->blocks.size()) return std::nullopt;
  const BrowserBlockLines& lines = lines_->blocks[next_block_];
  const std::string_view text = block.inlines.text;
  if (lines.index != index || lines.hash != hash_characters(text)) return std::nullopt;
  std::vector<std::uint32_t> offsets;
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < text.size() && offsets.size() < lines.starts.size();) {
    const DecodedCodePoint c = decode_utf8(text, i);
    if (c.length > 1 || !is_space(text[i])) {
      while (count > 0 && offsets.size() < lines.starts.size() && count == lines.starts[offsets.size()]) {
        offsets.push_back(static_cast<std::uint32_t>(i));
      }
      count += utf16_units(c.value);
    }
    i += c.length;
  }
  if (offsets.size() != lines.starts.size()) return std::nullopt;
  return offsets;
}

const std::vector<float>* BrowserLineFinder::find_columns(const Block& table) {
  if (lines_ == nullptr) return nullptr;
  const std::uint32_t index = next_table_++;
  for (const BrowserTableColumns& known : lines_->tables) {
    if (known.index != index) continue;
    std::size_t columns = 0;
    for (const Block& row : table.children) columns = std::max(columns, row.children.size());
    const bool fits = columns == known.columns_css.size();
    return fits ? &known.columns_css : nullptr;
  }
  return nullptr;
}

std::vector<BrowserImageHeight> BrowserLineFinder::find_heights(const Block& block) {
  std::vector<BrowserImageHeight> heights;
  if (lines_ == nullptr) return heights;
  for (std::uint32_t i = 0; i < block.inlines.spans.size(); ++i) {
    if (block.inlines.spans[i].kind != InlineKind::Image) continue;
    const std::size_t image = next_image_++;
    if (image < lines_->images_css.size()) heights.push_back({i, lines_->images_css[image]});
  }
  return heights;
}

}  // namespace octavo
