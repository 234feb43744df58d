// Emergency breaks: what no opportunity breaks is cut between graphemes (CSS: overflow-wrap: anywhere).
#include <algorithm>

#include "core/layout/line/inline_items.h"

namespace octavo {

namespace {

// How often at most a piece is shortened that turns out wider than the sum of its graphemes.
constexpr int kMaxCorrections = 8;

class Splitter {
 public:
  Splitter(PreparedText& text, ShapedRunCache& words, float width) : text_(text), words_(words), limit_(width + kLineTolerance) {}

  void run() {
    for (std::size_t begin = 0; begin < text_.items.size();) {
      const std::size_t end = group_end(begin);
      if (too_wide_) {
        split_group(begin, end);
      } else {
        items_.insert(items_.end(), text_.items.begin() + begin, text_.items.begin() + end);
        sources_.insert(sources_.end(), text_.sources.begin() + begin, text_.sources.begin() + end);
      }
      begin = end;
    }
    text_.items = std::move(items_);
    text_.sources = std::move(sources_);
  }

  // One past the items that no opportunity separates; notes whether they fit.
  std::size_t group_end(std::size_t begin) {
    float width = 0;
    std::size_t i = begin;
    too_wide_ = false;
    while (i < text_.items.size()) {
      const LineItem& item = text_.items[i++];
      too_wide_ = too_wide_ || width + item.width > limit_;
      width += item.width + item.space;
      if (item.after != ItemBreak::None) break;
    }
    return i;
  }

  bool too_wide() const { return too_wide_; }

 private:
  void split_group(std::size_t begin, std::size_t end) {
    used_ = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const LineItem& item = text_.items[i];
      if (used_ + item.width <= limit_) {
        push(item, text_.sources[i]);
      } else if (text_.sources[i].is_image() || text_.sources[i].word == kNoWord) {
        break_before();
        push(item, text_.sources[i]);
      } else {
        cut_item(item, text_.sources[i]);
      }
    }
  }

  void push(const LineItem& item, const ItemSource& source) {
    items_.push_back(item);
    sources_.push_back(source);
    used_ += item.width + item.space;
  }

  void break_before() {
    if (used_ == 0 || items_.empty()) return;
    items_.back().after = sources_.back().space_word != kNoWord ? ItemBreak::Space : ItemBreak::Between;
    used_ = 0;
  }

  void measure_graphemes(std::string_view word, std::uint16_t face, float whole) {
    words_.measurer().grapheme_ends(word, ends_);
    std::vector<std::uint32_t> ids;
    ids.reserve(ends_.size());
    std::uint32_t begin = 0;
    for (const std::uint32_t end : ends_) {
      ids.push_back(words_.add(face, text_.style.language, word.substr(begin, end - begin)));
      begin = end;
    }
    words_.measure_pending();
    advances_.clear();
    float sum = 0;
    for (const std::uint32_t id : ids) sum += words_[id].width;
    // Joined letters are narrower than single ones.
    const float ratio = sum > 0 ? std::min(1.0F, whole / sum) : 1.0F;
    for (const std::uint32_t id : ids) advances_.push_back(words_[id].width * ratio);
  }

  std::uint32_t measure_piece(std::string_view piece, std::uint16_t face) {
    const std::uint32_t id = words_.add(face, text_.style.language, piece);
    words_.measure_pending();
    return id;
  }

  void cut_item(const LineItem& item, const ItemSource& source) {
    const std::string_view text = std::string_view(text_.block->inlines.text);
    const std::string_view word = text.substr(source.begin, source.end - source.begin);
    const std::uint16_t face = text_.styles[source.style].face;
    const float padding = item.width - words_[source.word].width;
    measure_graphemes(word, face, words_[source.word].width);
    for (std::size_t first = 0; first < ends_.size();) {
      std::size_t last = fitting_end(first);
      if (last == first) {
        break_before();
        continue;
      }
      const std::uint32_t begin = first == 0 ? 0 : ends_[first - 1];
      std::uint32_t id = measure_piece(word.substr(begin, ends_[last - 1] - begin), face);
      for (int i = 0; i < kMaxCorrections && last > first + 1 && used_ + words_[id].width > limit_; ++i) {
        --last;
        id = measure_piece(word.substr(begin, ends_[last - 1] - begin), face);
      }
      push_piece(item, source, {.begin = begin, .end = ends_[last - 1], .id = id, .is_last = last == ends_.size()});
      first = last;
    }
    if (padding > 0) items_.back().width += padding;
  }

  // One past the last grapheme from `first` on that fits; at least one on an empty line.
  std::size_t fitting_end(std::size_t first) const {
    float pen = used_;
    std::size_t last = first;
    while (last < advances_.size() && (pen + advances_[last] <= limit_ || (used_ == 0 && last == first))) {
      pen += advances_[last++];
    }
    return last;
  }

  struct Piece {
    std::uint32_t begin = 0;  // within the item's text
    std::uint32_t end = 0;
    std::uint32_t id = 0;
    bool is_last = false;
  };
  void push_piece(const LineItem& item, const ItemSource& source, const Piece& piece) {
    LineItem cut{.width = words_[piece.id].width, .after = ItemBreak::Between};
    ItemSource cut_source = source;
    cut_source.begin = source.begin + piece.begin;
    cut_source.end = source.begin + piece.end;
    cut_source.word = piece.id;
    if (piece.is_last) {
      cut.space = item.space;
      cut.hyphen = item.hyphen;
      cut.after = item.after;
    } else {
      cut_source.space_word = kNoWord;
    }
    push(cut, cut_source);
    if (!piece.is_last) used_ = 0;
  }

  PreparedText& text_;
  ShapedRunCache& words_;
  const float limit_;
  float used_ = 0;
  bool too_wide_ = false;
  std::vector<LineItem> items_;
  std::vector<ItemSource> sources_;
  std::vector<std::uint32_t> ends_;
  std::vector<float> advances_;
};

}  // namespace

void apply_overflow_wrap(PreparedText& text, ShapedRunCache& words, float width) {
  Splitter splitter(text, words, width);
  bool any = false;
  for (std::size_t i = 0; i < text.items.size() && !any;) {
    i = splitter.group_end(i);
    any = splitter.too_wide();
  }
  if (any) splitter.run();
}

}  // namespace octavo
