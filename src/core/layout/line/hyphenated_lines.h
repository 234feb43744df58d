// Lines of running text, hyphenated where that makes them more even.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/layout/line/inline_items.h"
#include "core/layout/text/hyphenation.h"

namespace octavo {

// One per layout: it remembers where each word may be hyphenated.
class HyphenatedLines {
 public:
  HyphenatedLines(ShapedRunCache& words, const Layout& layout, const LayoutOptions& options)
      : words_(words), layout_(layout), language_(options.language), patterns_(options.hyphenation) {}

  // The line ends of break_lines_optimally(); items in which a line ends are cut there. Precondition: resolve_widths().
  std::vector<std::uint32_t> break_lines(PreparedText& text, float width);

 private:
  // A place in an item at which a line may end.
  struct HyphenationPoint {
    std::uint32_t offset = 0;      // bytes from the item's begin
    std::uint32_t word = kNoWord;  // the part before it
  };
  // A stretch of an item between two points.
  struct Piece {
    std::uint32_t item = 0;
    std::uint32_t end = 0;  // bytes from the item's start; 0 = the item's end
  };

  const HyphenationPatterns* patterns_for(const PreparedText& text) const;
  bool may_be_hyphenated(const PreparedText& text, std::uint32_t item) const;
  std::span<const HyphenationPoint> hyphenation_points_of(const PreparedText& text, std::uint32_t item);
  void split_items(const PreparedText& text);
  struct Part {
    LineItem item;
    ItemSource source;
  };
  Part part_of(const PreparedText& text, const Piece& piece, std::uint32_t begin);
  std::vector<std::uint32_t> keep_used_points(PreparedText& text, const std::vector<std::uint32_t>& piece_ends);

  ShapedRunCache& words_;
  const Layout& layout_;
  std::string_view language_;
  std::span<const HyphenationPatterns> patterns_;
  // Hyphenation points of each word that has been asked for: word id -> begin and end in points_.
  struct Known {
    std::uint32_t begin = 0;
    std::uint32_t end = kNoWord;  // kNoWord = not asked yet
  };
  std::vector<Known> known_;
  std::vector<HyphenationPoint> points_;
  // The current text, with every item cut wherever it may be.
  std::vector<LineItem> pieces_;
  std::vector<Piece> piece_places_;
};

}  // namespace octavo
