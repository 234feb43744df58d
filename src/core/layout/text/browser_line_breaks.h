// The lines that a browser has already set a page in, found again in the page's Document, so that a first view can keep them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/content/document/document.h"

namespace octavo {

// Characters are counted as UTF-16 counts them and without white space, of which HTML has more or less than the Document; an
// image is the U+FFFC that it is in the text.
struct BrowserBlockLines {
  std::uint32_t index = 0;  // among the page's blocks that carry text, in document order
  std::uint32_t hash = 0;   // of the characters, see hash_characters()
  // For each line but the first: the characters before it. Where code's indentation is alone on a line, the line after it has
  // the same number.
  std::vector<std::uint32_t> starts;
};

struct BrowserTableColumns {
  std::uint32_t index = 0;  // among the page's tables
  std::vector<float> columns_css;
};

struct BrowserLineBreaks {
  std::vector<BrowserBlockLines> blocks;  // ascending by index
  std::vector<BrowserTableColumns> tables;
  std::vector<float> images_css;  // heights, in document order
};

// The height of the image of a span, by its place among the block's spans.
struct BrowserImageHeight {
  std::uint32_t span = 0;
  float css = 0;
};

// h = 31 h + unit, modulo 2^32.
std::uint32_t hash_characters(std::string_view text);

// Byte offsets at which the lines of a block's text begin, without the first one; nothing where they are not known.
using BrowserLineStarts = std::optional<std::vector<std::uint32_t>>;

// Asked for every block once, in document order.
class BrowserLineFinder {
 public:
  explicit BrowserLineFinder(const BrowserLineBreaks* lines) : lines_(lines) {}

  // Nothing also for a block whose text differs from the one that the browser set.
  BrowserLineStarts find_starts(const Block& block);
  // Column widths in CSS pixels; null when they are not known.
  const std::vector<float>* find_columns(const Block& table);
  // Heights of the block's own images, ascending by span; empty when unknown.
  std::vector<BrowserImageHeight> find_heights(const Block& block);

 private:
  const BrowserLineBreaks* lines_;
  std::uint32_t next_index_ = 0;
  std::uint32_t next_table_ = 0;
  std::size_t next_image_ = 0;
  std::size_t next_block_ = 0;
};

}  // namespace octavo
