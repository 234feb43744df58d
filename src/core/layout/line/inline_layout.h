// Lines of one block: broken, aligned, put in visual order and written into the Layout as fragments, hit targets and images.
#pragma once

#include <vector>

#include "core/layout/line/hyphenated_lines.h"
#include "core/layout/line/inline_items.h"

namespace octavo {

// A list item's bullet, number or box; it goes onto the item's first line.
struct Marker {
  std::uint32_t word = kNoWord;
  std::uint16_t face = 0;
  ColorRole color = ColorRole::Ink;
  Direction direction = Direction::LeftToRight;
  float edge = 0;  // where its end side is: the right edge in a left-to-right list
};

class InlineLayout {
 public:
  InlineLayout(const Scale& scale, ShapedRunCache& words, Layout& layout, const LayoutOptions& options)
      : scale_(scale), words_(words), layout_(layout), hyphenated_(words, layout, options) {}

  // Markers wait for the next line, whichever block it belongs to.
  void add_marker(const Marker& marker) { markers_.push_back(marker); }
  bool has_markers() const { return !markers_.empty(); }
  // A line with the waiting markers and nothing else; returns its bottom.
  float place_marker_line(std::uint32_t block_id, const TextStyle& style, float x, float y);

  struct Column {
    float x = 0;
    float width = 0;
    Align align = Align::Default;
    float hang = 0;  // how far the first line begins before the column
  };
  // Breaks and writes the lines from y on; returns the bottom of the last one. `text` is consumed.
  float place(PreparedText& text, const Column& column, float y);

 private:
  struct Piece {  // of a line, in logical and then in visual order
    enum class Kind : std::uint8_t { Item, Space, Hyphen };
    std::uint32_t item = 0;
    Kind kind = Kind::Item;
    std::uint8_t level = 0;
    float width = 0;
  };
  struct LineRange {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  std::vector<std::uint32_t> find_line_ends(PreparedText& text, float width);
  float place_line(const PreparedText& text, LineRange range, const Column& column, float y);
  void collect_pieces(const PreparedText& text, LineRange range);
  void reorder_pieces();
  LineBox make_line(const PreparedText& text, LineRange range, float y);
  float whole_height(const PreparedText& text, float exact);
  void place_pieces(const PreparedText& text, LineBox& line);
  void place_fragment(const PreparedText& text, const Piece& piece, float x, const LineBox& line);
  void place_image(const PreparedText& text, const Piece& piece, float x, const LineBox& line);
  void extend_target(std::uint32_t target, const Rect& rect);
  Rect target_rect(const RunStyle& style, float x, float width, const LineBox& line);
  void place_markers(Direction side);
  void record_breaks(const PreparedText& text, const std::vector<std::uint32_t>& ends);

  const Scale& scale_;
  ShapedRunCache& words_;
  Layout& layout_;
  HyphenatedLines hyphenated_;
  std::vector<Marker> markers_;
  std::vector<Piece> pieces_;
  float tallest_ = 0;      // of the images in the current line, device pixels
  float lost_height_ = 0;  // by rounding those of lines before
  // While a line is written: the look of the fragment before and of the space since.
  const RunStyle* previous_ = nullptr;
  const RunStyle* gap_ = nullptr;
};

}  // namespace octavo
