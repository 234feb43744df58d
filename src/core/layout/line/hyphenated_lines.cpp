// As in TeX, a first pass uses no hyphens, and a second one adds them where the first left a line too empty.
#include "core/layout/line/hyphenated_lines.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "core/layout/line/optimum_breaking.h"

namespace octavo {

namespace {

// A line that is emptier than this is worth a hyphen; see the costs in optimum_breaking.cpp.
constexpr float kMostEmpty = 0.15F;

bool is_uneven(std::span<const LineItem> items, const std::vector<std::uint32_t>& ends, float width) {
  std::uint32_t begin = 0;
  for (const std::uint32_t end : ends) {
    const bool is_last = end == items.size() || items[end - 1].after == ItemBreak::Forced;
    float natural = 0;
    for (std::uint32_t i = begin; i < end; ++i) natural += items[i].width + (i + 1 < end ? items[i].space : 0);
    if (!is_last && natural < (1 - kMostEmpty) * width) return true;
    begin = end;
  }
  return false;
}

char32_t code_point_before(std::string_view text, std::uint32_t offset) {
  std::uint32_t begin = offset - 1;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
  return decode_utf8(text, begin).value;
}

}  // namespace

std::vector<std::uint32_t> HyphenatedLines::break_lines(PreparedText& text, float width) {
  std::vector<std::uint32_t> ends = break_lines_optimally(text.items, width, Raggedness::Paragraph);
  if (patterns_for(text) == nullptr || !is_uneven(text.items, ends, width)) return ends;
  split_items(text);
  if (pieces_.size() == text.items.size()) return ends;
  return keep_used_points(text, break_lines_optimally(pieces_, width, Raggedness::Paragraph));
}

const HyphenationPatterns* HyphenatedLines::patterns_for(const PreparedText& text) const {
  const std::string_view own = layout_.languages[text.style.language];
  const std::string_view language = own.empty() ? language_ : own;
  const auto found = std::find_if(patterns_.begin(), patterns_.end(),
                                  [&](const HyphenationPatterns& each) { return each.language() == language; });
  return found == patterns_.end() ? nullptr : &*found;
}

// Only whole words of left-to-right text are cut: no code, and nothing that touches numbers, addresses or soft hyphens.
bool HyphenatedLines::may_be_hyphenated(const PreparedText& text, std::uint32_t item) const {
  const ItemSource& source = text.sources[item];
  if (source.is_image() || source.word == kNoWord || source.level != 0 || source.flags != 0) return false;
  const RunStyle& style = text.styles[source.style];
  if (style.unbreakable_span != 0 || layout_.faces[style.face].family == Family::Mono) return false;
  const std::string_view all = text.block->inlines.text;
  const bool binds_before = source.begin > 0 && binds_to_word(code_point_before(all, source.begin));
  const bool binds_after = source.end < all.size() && binds_to_word(decode_utf8(all, source.end).value);
  return !binds_before && !binds_after;
}

std::span<const HyphenatedLines::HyphenationPoint> HyphenatedLines::hyphenation_points_of(const PreparedText& text,
                                                                                          std::uint32_t item) {
  if (!may_be_hyphenated(text, item)) return {};
  const ItemSource& source = text.sources[item];
  if (known_.size() <= source.word) known_.resize(source.word + std::size_t{1});
  if (known_[source.word].end == kNoWord) {
    const std::string_view word = std::string_view(text.block->inlines.text).substr(source.begin, source.end - source.begin);
    const auto begin = static_cast<std::uint32_t>(points_.size());
    for (const std::uint32_t offset : patterns_for(text)->find(word)) {
      points_.push_back({offset, words_.add(text.styles[source.style].face, text.style.language, word.substr(0, offset))});
    }
    known_[source.word] = {begin, static_cast<std::uint32_t>(points_.size())};
  }
  const Known& known = known_[source.word];
  return std::span(points_).subspan(known.begin, known.end - known.begin);
}

// A part of a word counts with the width that it adds to the word, not with one of its own: most points stay unused.
void HyphenatedLines::split_items(const PreparedText& text) {
  pieces_.clear();
  piece_places_.clear();
  for (std::uint32_t i = 0; i < text.items.size(); ++i) hyphenation_points_of(text, i);
  words_.measure_pending();
  for (std::uint32_t i = 0; i < text.items.size(); ++i) {
    float before = 0;
    LineItem rest = text.items[i];
    for (const HyphenationPoint& point : hyphenation_points_of(text, i)) {
      const std::uint32_t hyphen = words_.add(text.styles[text.sources[i].style].face, text.style.language, kHyphen);
      words_.measure_pending();
      const float width = words_[point.word].width - before;
      pieces_.push_back({.width = width, .hyphen = words_[hyphen].width, .after = ItemBreak::Hyphen});
      piece_places_.push_back({i, point.offset});
      rest.width -= width;
      before = words_[point.word].width;
    }
    pieces_.push_back(rest);
    piece_places_.push_back({i, 0});
  }
}

// The part of an item from `begin` to the end of the piece, both in bytes from the item's start.
HyphenatedLines::Part HyphenatedLines::part_of(const PreparedText& text, const Piece& piece, std::uint32_t begin) {
  Part part{text.items[piece.item], text.sources[piece.item]};
  const bool is_cut = piece.end != 0;
  if (!is_cut && begin == 0) return part;
  ItemSource& source = part.source;
  const float beside_word = begin == 0 ? part.item.width - words_[source.word].width : 0;
  if (is_cut) source.end = source.begin + piece.end;
  source.begin += begin;
  const std::uint16_t face = text.styles[source.style].face;
  const std::string_view all = text.block->inlines.text;
  source.word = words_.add(face, text.style.language, all.substr(source.begin, source.end - source.begin));
  if (is_cut) source.hyphen_word = words_.add(face, text.style.language, kHyphen);
  words_.measure_pending();
  part.item.width = words_[source.word].width + beside_word;
  if (!is_cut) return part;
  source.space_word = kNoWord;
  part.item = {.width = part.item.width, .hyphen = words_[source.hyphen_word].width, .after = ItemBreak::Hyphen};
  return part;
}

std::vector<std::uint32_t> HyphenatedLines::keep_used_points(PreparedText& text, const std::vector<std::uint32_t>& piece_ends) {
  std::vector<LineItem> items;
  std::vector<ItemSource> sources;
  std::vector<std::uint32_t> ends;
  std::uint32_t begin = 0;  // bytes from the start of the current item
  auto line_end = piece_ends.begin();
  for (std::uint32_t i = 0; i < pieces_.size(); ++i) {
    const bool is_line_end = i + 1 == *line_end;
    if (piece_places_[i].end != 0 && !is_line_end) continue;
    const Part part = part_of(text, piece_places_[i], begin);
    begin = piece_places_[i].end;
    items.push_back(part.item);
    sources.push_back(part.source);
    if (!is_line_end) continue;
    ends.push_back(static_cast<std::uint32_t>(items.size()));
    ++line_end;
  }
  text.items = std::move(items);
  text.sources = std::move(sources);
  return ends;
}

}  // namespace octavo
