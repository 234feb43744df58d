// A block's text cut into items for line breaking: words, pieces of words and images, with the spaces between them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/layout/line/inline_style.h"
#include "core/layout/line/line_breaking.h"

namespace octavo {

inline constexpr std::string_view kHyphen = "\u2010";  // as in reader.css

// Where a LineItem comes from and how it is drawn.
struct ItemSource {
  enum Flag : std::uint8_t { kImage = 1, kButtonBegin = 2, kButtonEnd = 4 };

  std::uint32_t begin = 0;  // bytes of the block's text
  std::uint32_t end = 0;
  std::uint32_t word = kNoWord;         // Image: the span's index instead
  std::uint32_t space_word = kNoWord;   // the space after the item
  std::uint32_t hyphen_word = kNoWord;  // of a Hyphen break
  std::uint32_t space_begin = 0;        // its first white-space byte
  std::uint32_t style = 0;              // into PreparedText::styles
  std::uint32_t space_style = 0;
  std::uint16_t space_count = 0;  // how many blanks wide; more than one only where white space is preserved
  std::uint8_t level = 0;         // bidi embedding level
  std::uint8_t space_level = 0;
  std::uint8_t flags = 0;

  bool is_image() const { return (flags & kImage) != 0; }
};

struct PreparedText {
  const Block* block = nullptr;
  TextStyle style;
  std::vector<RunStyle> styles;
  std::vector<LineItem> items;
  std::vector<ItemSource> sources;  // parallel to items
  bool has_levels = false;          // some level differs from 0
  // The items at which lines begin, without the first one, where the lines are given.
  BrowserLineStarts browser_line_breaks;
  std::vector<BrowserImageHeight> browser_heights;  // ascending by span
  float button_padding = 0;                         // at each side of a button, in the column of resolve_widths()
};

// Cuts the text of `block`; widths are filled by resolve_widths() once the words are measured.
class ItemBuilder {
 public:
  ItemBuilder(const Scale& scale, ShapedRunCache& words, Layout& layout, TextMeasurer& measurer);
  // A line will begin at each of `browser_line_starts`, if there are any.
  PreparedText build(const Block& block, const TextStyle& style, const BrowserLineStarts& browser_line_starts);

 private:
  void normalize(const Block& block);
  void find_breaks(const BrowserLineStarts& browser_line_starts);
  void find_levels();
  void advance_run(std::uint32_t offset);
  void end_line();
  std::uint32_t add_space(std::uint32_t begin);
  std::uint32_t add_unit(std::uint32_t begin);
  std::uint32_t add_image(std::uint32_t begin);
  std::uint32_t unit_end(std::uint32_t begin) const;
  void set_break_after_last(std::uint32_t end);
  ItemSource& push_item(std::uint32_t begin, std::uint32_t end, std::uint32_t word);
  std::uint16_t expand_blanks(std::uint32_t begin, std::uint32_t end);
  std::uint8_t level_at(std::uint32_t offset) const;
  bool is_forced(std::uint32_t line_start) const;
  void begin_browser_line_breaks(const BrowserLineStarts& browser_line_starts);

  const Scale& scale_;
  ShapedRunCache& words_;
  Layout& layout_;
  TextMeasurer& measurer_;
  // State of the current block; the buffers are kept for the next one.
  PreparedText out_;
  std::string text_;  // soft breaks as spaces, hard ones as '\n'; the same offsets as the block's text
  std::vector<char> breaks_;
  std::vector<std::uint8_t> levels_;
  std::vector<std::uint32_t> dictionary_;
  std::size_t run_ = 0;
  std::size_t line_begin_ = 0;  // first item of the line
  std::uint32_t column_ = 0;    // for tabs
};

// Widths of words, spaces and hyphens from the table; images get at most `width`.
void resolve_widths(PreparedText& text, const ShapedRunCache& words, const Scale& scale, float width);

// Size of an image in a column, device pixels. The width is whole; the height follows from it, as in browsers.
struct ImageSize {
  float width = 0;
  float height = 0;
};
ImageSize placed_image_size(const Span& image, const Scale& scale, float column);
// The same for the image of an item, which keeps the height that it was given: browsers use the file's proportions, which an
// author's whole numbers only approximate.
ImageSize placed_image_size(const PreparedText& text, const ItemSource& item, const Scale& scale, float column);

// Cuts what is wider than a line at grapheme boundaries, linear in the text's length. Precondition: resolve_widths().
void apply_overflow_wrap(PreparedText& text, ShapedRunCache& words, float width);

}  // namespace octavo
