// From items to fragments: UAX #9 rule L2 for the order, CSS's half-leading for the baseline.
#include "core/layout/line/inline_layout.h"

#include <algorithm>
#include <cmath>

#include "core/base/assert.h"
#include "core/layout/line/optimum_breaking.h"
#include "core/layout/style/style_rules.h"

namespace octavo {

namespace {

float baseline_in_line(float line_height, const FaceMetrics& metrics) {
  // Chromium floors the half-leading; so a DOM line of the same height has the same baseline.
  return std::floor((line_height - metrics.ascent - metrics.descent) / 2) + metrics.ascent;
}

Align resolved_align(Align align, Direction direction) {
  if (align != Align::Default) return align;
  return direction == Direction::RightToLeft ? Align::Right : Align::Left;
}

std::uint8_t joins_of(const RunStyle& before, const RunStyle* gap, const RunStyle& style) {
  const auto joined = [&](std::uint32_t RunStyle::*span) {
    return style.*span != 0 && before.*span == style.*span && (gap == nullptr || gap->*span == style.*span);
  };
  std::uint8_t joins = 0;
  if (joined(&RunStyle::underline_span)) joins |= TextFragment::kJoinsUnderline;
  if (joined(&RunStyle::strike_span)) joins |= TextFragment::kJoinsStrike;
  if (joined(&RunStyle::background_span)) joins |= TextFragment::kJoinsBackground;
  return joins;
}

// Rows of links and cells of tables are filled; code breaks where it must.
bool is_running_text(const PreparedText& text) {
  const Block& block = *text.block;
  if (text.style.white_space == WhiteSpace::Preserve || block.kind == BlockKind::TableCell) return false;
  return block.variant == Variant::Body || block.variant == Variant::EntrySummary || block.variant == Variant::EntryTitle;
}

std::vector<std::uint32_t> browser_line_ends(const PreparedText& text) {
  std::vector<std::uint32_t> ends = *text.browser_line_breaks;
  const auto count = static_cast<std::uint32_t>(text.items.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    if (text.items[i].after == ItemBreak::Forced) ends.push_back(i + 1);
  }
  std::sort(ends.begin(), ends.end());
  if (count > 0 && (ends.empty() || ends.back() < count)) ends.push_back(count);
  return ends;
}

}  // namespace

std::vector<std::uint32_t> InlineLayout::find_line_ends(PreparedText& text, float width) {
  if (text.browser_line_breaks) return browser_line_ends(text);
  if (layout_.line_breaking == LineBreaking::Greedy || !is_running_text(text)) return break_lines_greedily(text.items, width);
  const BlockKind kind = text.block->kind;
  const bool is_balanced = kind == BlockKind::Heading || kind == BlockKind::Caption;
  if (is_balanced) return break_lines_optimally(text.items, width, Raggedness::Balanced);
  return hyphenated_.break_lines(text, width);
}

float InlineLayout::place(PreparedText& text, const Column& column, float y) {
  resolve_widths(text, words_, scale_, column.width);
  if (!text.browser_line_breaks) apply_overflow_wrap(text, words_, column.width);
  // The first line has as much more room as its first word hangs out.
  if (!text.items.empty()) text.items[0].width -= column.hang;
  const std::vector<std::uint32_t> ends = find_line_ends(text, column.width);
  if (!text.items.empty()) text.items[0].width += column.hang;
  Column first = column;
  first.x += text.style.direction == Direction::RightToLeft ? column.hang : -column.hang;
  std::uint32_t begin = 0;
  for (const std::uint32_t end : ends) {
    y = place_line(text, {begin, end}, begin == 0 ? first : column, y);
    begin = end;
  }
  if (!ends.empty()) record_breaks(text, ends);
  return y;
}

float InlineLayout::place_line(const PreparedText& text, LineRange range, const Column& column, float y) {
  collect_pieces(text, range);
  if (text.has_levels) reorder_pieces();
  LineBox line = make_line(text, range, y);
  for (const Piece& piece : pieces_) line.rect.width += piece.width;
  const float rest = column.width - line.rect.width;
  const Align align = resolved_align(column.align, text.style.direction);
  line.rect.x = column.x + (align == Align::Right ? rest : align == Align::Center ? rest / 2 : 0);
  // What is wider than the column overflows at the end side, where it can be scrolled to.
  if (rest < 0) line.rect.x = column.x + (text.style.direction == Direction::RightToLeft ? rest : 0);
  place_pieces(text, line);
  layout_.lines.push_back(line);
  return line.rect.bottom();
}

void InlineLayout::collect_pieces(const PreparedText& text, LineRange range) {
  pieces_.clear();
  const std::uint8_t base = text.style.direction == Direction::RightToLeft ? 1 : 0;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const LineItem& item = text.items[i];
    const ItemSource& source = text.sources[i];
    const bool is_last = i + 1 == range.end;
    pieces_.push_back({.item = i, .kind = Piece::Kind::Item, .level = source.level, .width = item.width});
    if (!is_last && source.space_word != kNoWord) {
      pieces_.push_back({.item = i, .kind = Piece::Kind::Space, .level = source.space_level, .width = item.space});
    }
    const bool is_text_end = range.end == text.items.size();
    if (is_last && !is_text_end && item.after == ItemBreak::Hyphen) {
      pieces_.push_back({.item = i, .kind = Piece::Kind::Hyphen, .level = std::max(source.level, base), .width = item.hyphen});
    }
  }
}

void InlineLayout::reorder_pieces() {
  std::uint8_t highest = 0;
  std::uint8_t lowest = 0xFF;
  for (const Piece& piece : pieces_) {
    highest = std::max(highest, piece.level);
    lowest = std::min(lowest, piece.level);
  }
  const auto lowest_odd = static_cast<std::uint8_t>(lowest | 1);
  for (std::uint8_t level = highest; level >= lowest_odd; --level) {
    for (auto begin = pieces_.begin(); begin != pieces_.end();) {
      begin = std::find_if(begin, pieces_.end(), [level](const Piece& piece) { return piece.level >= level; });
      const auto end = std::find_if(begin, pieces_.end(), [level](const Piece& piece) { return piece.level < level; });
      std::reverse(begin, end);
      begin = end;
    }
  }
}

// Browsers keep fractions of the heights of images in their columns: what one loses by rounding the next one gets, so that text
// below many of them is where theirs is. In tables nothing adds up, because images are side by side.
float InlineLayout::whole_height(const PreparedText& text, float exact) {
  if (text.block->kind == BlockKind::TableCell) return std::round(exact);
  const float height = std::round(exact + lost_height_);
  lost_height_ += exact - height;
  return height;
}

// Images and words are aligned to the bottom of the line (vertical-align: bottom in the style sheet).
LineBox InlineLayout::make_line(const PreparedText& text, LineRange range, float y) {
  LineBox line;
  line.block_id = text.block->id;
  line.rect.y = y;
  line.rect.height = text.style.line_height;
  tallest_ = 0;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const ItemSource& source = text.sources[i];
    if (!source.is_image()) continue;
    const ImageSize size = placed_image_size(text, source, scale_, text.items[i].width);
    tallest_ = std::max(tallest_, size.height);
  }
  if (tallest_ > text.style.line_height) line.rect.height = whole_height(text, tallest_);
  const std::uint16_t face = words_.face_index(text.style.face);
  const float above = baseline_in_line(text.style.line_height, words_.metrics(face, layout_.block_language[line.block_id]));
  line.baseline = line.rect.bottom() - text.style.line_height + above;
  return line;
}

void InlineLayout::place_pieces(const PreparedText& text, LineBox& line) {
  line.first_fragment = static_cast<std::uint32_t>(layout_.fragments.size());
  place_markers(Direction::LeftToRight);
  previous_ = gap_ = nullptr;
  float x = line.rect.x;
  for (const Piece& piece : pieces_) {
    const ItemSource& source = text.sources[piece.item];
    if (piece.kind == Piece::Kind::Space) {
      gap_ = &text.styles[source.space_style];
    } else if (source.is_image()) {
      place_image(text, piece, x, line);
    } else if (source.word != kNoWord) {
      place_fragment(text, piece, x, line);
    }
    x += piece.width;
  }
  place_markers(Direction::RightToLeft);
  line.fragment_count = static_cast<std::uint32_t>(layout_.fragments.size()) - line.first_fragment;
}

void InlineLayout::place_fragment(const PreparedText& text, const Piece& piece, float x, const LineBox& line) {
  const ItemSource& source = text.sources[piece.item];
  const RunStyle& style = text.styles[source.style];
  const ShapedRunCache::Word& word = words_[piece.kind == Piece::Kind::Hyphen ? source.hyphen_word : source.word];
  const bool is_rtl = (piece.level & 1) != 0;
  const std::uint8_t left_pad = is_rtl ? ItemSource::kButtonEnd : ItemSource::kButtonBegin;
  TextFragment fragment;
  fragment.text_begin = word.begin;
  fragment.text_end = word.end;
  fragment.x = x + ((source.flags & left_pad) != 0 ? text.button_padding : 0);
  fragment.width = word.width;
  fragment.face = style.face;
  fragment.color = style.color;
  fragment.direction = is_rtl ? Direction::RightToLeft : Direction::LeftToRight;
  fragment.underline = style.underline_span != 0;
  fragment.strike = style.strike_span != 0;
  fragment.baseline_shift = style.shift;
  fragment.target = style.target;
  fragment.background = style.background;
  if (previous_ != nullptr) fragment.joins = joins_of(*previous_, gap_, style);
  layout_.fragments.push_back(fragment);
  if (style.target != 0) extend_target(style.target, target_rect(style, x, piece.width, line));
  previous_ = &style;
  gap_ = nullptr;
}

void InlineLayout::place_image(const PreparedText& text, const Piece& piece, float x, const LineBox& line) {
  const ItemSource& source = text.sources[piece.item];
  const Span& span = text.block->inlines.spans[source.word];
  const RunStyle& style = text.styles[source.style];
  const ImageSize size = placed_image_size(text, source, scale_, piece.width);
  const bool makes_line = size.height == tallest_ && size.height > text.style.line_height;
  const float height = makes_line ? line.rect.height : std::round(size.height);
  const Rect rect{x, line.rect.bottom() - height, size.width, height};
  layout_.images.push_back({text.block->id, source.word, span.url, span.alt, rect});
  if (style.target != 0) extend_target(style.target, rect);
  previous_ = gap_ = nullptr;
}

// A link takes the whole height of its line, so that a finger finds it; a button has its own.
Rect InlineLayout::target_rect(const RunStyle& style, float x, float width, const LineBox& line) {
  if (style.button_end == style.button_begin) return {x, line.rect.y, width, line.rect.height};
  const float inner = scale_.vertical(style_table().parts.button_line);
  const float padding = scale_.vertical(style_table().parts.button_padding_y);
  return {x, line.baseline - baseline_in_line(inner, words_.metrics(style.face, layout_.block_language[line.block_id])) - padding,
          width, inner + 2 * padding};
}

void InlineLayout::extend_target(std::uint32_t target, const Rect& rect) {
  std::vector<Rect>& rects = layout_.hit_targets[target - 1].rects;
  if (previous_ != nullptr && previous_->target == target && !rects.empty() && rects.back().y == rect.y) {
    Rect& last = rects.back();
    const float left = std::min(last.x, rect.x);
    last.width = std::max(last.right(), rect.right()) - left;
    last.x = left;
    return;
  }
  rects.push_back(rect);
}

void InlineLayout::place_markers(Direction side) {
  for (const Marker& marker : markers_) {
    if (marker.direction != side) continue;
    const ShapedRunCache::Word& word = words_[marker.word];
    TextFragment fragment;
    fragment.text_begin = word.begin;
    fragment.text_end = word.end;
    fragment.width = word.width;
    // Where the indentation is too narrow the gap gives way before the marker leaves the page.
    fragment.x = side == Direction::LeftToRight ? std::max(0.0F, marker.edge - word.width)
                                                : std::min(marker.edge, layout_.width - word.width);
    fragment.face = marker.face;
    fragment.color = marker.color;
    fragment.direction = side;
    layout_.fragments.push_back(fragment);
  }
  std::erase_if(markers_, [side](const Marker& marker) { return marker.direction == side; });
}

float InlineLayout::place_marker_line(std::uint32_t block_id, const TextStyle& style, float x, float y) {
  LineBox line;
  line.block_id = block_id;
  line.rect = {x, y, 0, style.line_height};
  line.baseline =
      y + baseline_in_line(style.line_height, words_.metrics(words_.face_index(style.face), layout_.block_language[block_id]));
  line.first_fragment = static_cast<std::uint32_t>(layout_.fragments.size());
  place_markers(Direction::LeftToRight);
  place_markers(Direction::RightToLeft);
  line.fragment_count = static_cast<std::uint32_t>(layout_.fragments.size()) - line.first_fragment;
  layout_.lines.push_back(line);
  return line.rect.bottom();
}

void InlineLayout::record_breaks(const PreparedText& text, const std::vector<std::uint32_t>& ends) {
  BlockBreaks& block = layout_.breaks.emplace_back();
  block.block_id = text.block->id;
  for (std::size_t line = 0; line + 1 < ends.size(); ++line) {
    const std::uint32_t last = ends[line] - 1;
    const std::uint32_t next_begin = text.sources[last + 1].begin;
    switch (text.items[last].after) {
      case ItemBreak::Space:
        block.breaks.push_back({text.sources[last].space_begin, BreakKind::Space});
        break;
      case ItemBreak::Between:
        block.breaks.push_back({next_begin, BreakKind::Between});
        break;
      case ItemBreak::Hyphen:
        block.breaks.push_back({next_begin, BreakKind::Hyphen});
        break;
      case ItemBreak::Forced:
      case ItemBreak::None:
        break;
    }
  }
}

}  // namespace octavo
