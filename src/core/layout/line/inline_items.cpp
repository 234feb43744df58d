// One pass over a text that knows its styles, break opportunities and bidi levels.
#include "core/layout/line/inline_items.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/utf8.h"
#include "core/layout/style/style_rules.h"
#include "core/layout/text/text_analysis.h"

namespace octavo {

namespace {

constexpr std::uint32_t kTabColumns = 4;
// An image whose size is unknown until it loads is shown in a box of 16:9, whose sides in CSS pixels are
// whole numbers, as in the style sheet.
constexpr float kUnknownStepX = 16;
constexpr float kUnknownStepY = 9;
// Steps per CSS pixel in Chromium and WebKit; Firefox has 60.
constexpr float kLengthSteps = 64;
// A height that differs by more is another image's.
constexpr float kMostOff = 0.02F;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::uint32_t utf8_length(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Characters that control lines and are never drawn: soft hyphen, next line, line and paragraph separator.
std::uint32_t invisible_length(std::string_view text, std::uint32_t offset) {
  const std::string_view rest = text.substr(offset, 3);
  if (rest.starts_with("\u00AD") || rest.starts_with("\u0085")) return 2;
  return rest == "\u2028" || rest == "\u2029" ? 3 : 0;
}

bool ends_with_soft_hyphen(std::string_view text, std::uint32_t end) {
  return text.substr(0, end).ends_with("\u00AD");
}

bool is_char_begin(std::string_view text, std::uint32_t offset) {
  return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80;
}

}  // namespace

ItemBuilder::ItemBuilder(const Scale& scale, ShapedRunCache& words, Layout& layout, TextMeasurer& measurer)
    : scale_(scale), words_(words), layout_(layout), measurer_(measurer) {}

PreparedText ItemBuilder::build(const Block& block, const TextStyle& style, const BrowserLineStarts& browser_line_starts) {
  out_ = {};
  out_.block = &block;
  out_.style = style;
  out_.styles = build_run_styles(block, style, scale_, words_, layout_);
  normalize(block);
  find_breaks(browser_line_starts);
  find_levels();
  run_ = 0;
  line_begin_ = 0;
  column_ = 0;
  const auto size = static_cast<std::uint32_t>(text_.size());
  for (std::uint32_t i = 0; i < size;) {
    advance_run(i);
    if (text_[i] == '\n') {
      end_line();
      ++i;
    } else if (is_blank(text_[i])) {
      i = add_space(i);
    } else if (out_.styles[run_].image_span != 0) {
      i = add_image(i);
    } else {
      i = add_unit(i);
    }
  }
  begin_browser_line_breaks(browser_line_starts);
  return std::move(out_);
}

void ItemBuilder::normalize(const Block& block) {
  text_ = block.inlines.text;
  const bool preserve = out_.style.white_space == WhiteSpace::Preserve;
  for (char& c : text_) {
    if (c == '\r' || c == '\f' || c == '\v' || (!preserve && (c == '\n' || c == '\t'))) c = ' ';
  }
  for (const Span& span : block.inlines.spans) {
    if (span.kind == InlineKind::HardBreak && span.begin < text_.size()) text_[span.begin] = '\n';
  }
}

void ItemBuilder::find_breaks(const BrowserLineStarts& browser_line_starts) {
  const std::string& language = layout_.languages[out_.style.language];
  find_line_breaks(text_, language, breaks_);
  // An item ends wherever a line does, whatever the line breaking rules say.
  for (const std::uint32_t start : browser_line_starts.value_or(std::vector<std::uint32_t>())) breaks_[start - 1] = 1;
  const auto is_dictionary_lead = [](char c) { return static_cast<unsigned char>(c) >= 0xE0; };
  bool needs_dictionary = false;
  for (std::uint32_t i = 0; i < text_.size() && !needs_dictionary; ++i) {
    needs_dictionary = is_dictionary_lead(text_[i]) && is_dictionary_script(decode_utf8(text_, i).value);
  }
  if (!needs_dictionary) return;
  measurer_.dictionary_breaks(text_, language, dictionary_);
  for (const std::uint32_t offset : dictionary_) {
    if (offset == 0 || !is_char_begin(text_, offset) || text_[offset - 1] == ' ') continue;
    if (is_dictionary_script(decode_utf8(text_, offset).value)) breaks_[offset - 1] = 1;
  }
}

void ItemBuilder::find_levels() {
  levels_.clear();
  out_.has_levels = find_bidi_levels(text_, out_.style.direction, levels_);
}

std::uint8_t ItemBuilder::level_at(std::uint32_t offset) const {
  return levels_.empty() ? std::uint8_t{0} : levels_[offset];
}

void ItemBuilder::advance_run(std::uint32_t offset) {
  while (run_ + 1 < out_.styles.size() && out_.styles[run_ + 1].begin <= offset) ++run_;
}

void ItemBuilder::end_line() {
  if (out_.items.size() == line_begin_) push_item(0, 0, kNoWord);
  out_.items.back().after = ItemBreak::Forced;
  line_begin_ = out_.items.size();
  column_ = 0;
}

std::uint16_t ItemBuilder::expand_blanks(std::uint32_t begin, std::uint32_t end) {
  if (out_.style.white_space == WhiteSpace::Collapse) return 1;
  const std::uint32_t before = column_;
  for (std::uint32_t i = begin; i < end; ++i) {
    column_ += text_[i] == '\t' ? kTabColumns - column_ % kTabColumns : 1;
  }
  return static_cast<std::uint16_t>(std::min(column_ - before, 0xFFFFU));
}

std::uint32_t ItemBuilder::add_space(std::uint32_t begin) {
  const auto size = static_cast<std::uint32_t>(text_.size());
  std::uint32_t end = begin;
  while (end < size && is_blank(text_[end])) ++end;
  const bool preserve = out_.style.white_space == WhiteSpace::Preserve;
  const bool at_line_end = end == size || text_[end] == '\n';
  const bool is_indentation = out_.items.size() == line_begin_;
  if (is_indentation) {
    if (!preserve || at_line_end) return end;
    push_item(begin, begin, kNoWord);
  } else if (at_line_end) {
    return end;
  }
  ItemSource& source = out_.sources.back();
  const RunStyle& style = out_.styles[run_];
  if (source.space_word != kNoWord) return end;  // a space on each side of something invisible
  source.space_begin = begin;
  source.space_word = words_.add(style.face, out_.style.language, " ");
  source.space_style = static_cast<std::uint32_t>(run_);
  source.space_level = level_at(begin);
  source.space_count = expand_blanks(begin, end);
  const std::uint32_t span = style.unbreakable_span;
  const bool is_inside = span != 0 && span == out_.styles[source.style].unbreakable_span;
  // The indentation of program text stays with what it indents.
  const bool may_break = breaks_[end - 1] != 0 && !is_inside && !is_indentation;
  out_.items.back().after = may_break ? ItemBreak::Space : ItemBreak::None;
  return end;
}

std::uint32_t ItemBuilder::unit_end(std::uint32_t begin) const {
  const auto size = static_cast<std::uint32_t>(text_.size());
  const std::uint32_t limit = run_ + 1 < out_.styles.size() ? out_.styles[run_ + 1].begin : size;
  std::uint32_t end = begin;
  do {
    end = std::min(end + utf8_length(text_[end]), size);
  } while (end < limit && breaks_[end - 1] == 0 && !is_blank(text_[end]) && text_[end] != '\n' &&
           level_at(end) == level_at(begin) && invisible_length(text_, end) == 0);
  return end;
}

std::uint32_t ItemBuilder::add_unit(std::uint32_t begin) {
  if (const std::uint32_t length = invisible_length(text_, begin); length > 0) {
    if (out_.items.size() > line_begin_) set_break_after_last(begin + length);
    return begin + length;
  }
  const std::uint32_t end = unit_end(begin);
  const RunStyle& style = out_.styles[run_];
  const std::string_view word = std::string_view(text_).substr(begin, end - begin);
  ItemSource& source = push_item(begin, end, words_.add(style.face, out_.style.language, word));
  if (style.button_end > style.button_begin) {
    if (begin == style.button_begin) source.flags |= ItemSource::kButtonBegin;
    if (end == style.button_end) source.flags |= ItemSource::kButtonEnd;
  }
  for (std::uint32_t i = begin; i < end; ++i) column_ += is_char_begin(text_, i);
  set_break_after_last(end);
  return end;
}

std::uint32_t ItemBuilder::add_image(std::uint32_t begin) {
  const std::uint32_t span = out_.styles[run_].image_span - 1;
  const std::uint32_t image_end = out_.block->inlines.spans[span].end;
  const std::uint32_t end = std::max(begin + 1, std::min(image_end, static_cast<std::uint32_t>(text_.size())));
  push_item(begin, end, span).flags |= ItemSource::kImage;
  set_break_after_last(end);
  return end;
}

void ItemBuilder::set_break_after_last(std::uint32_t end) {
  LineItem& item = out_.items.back();
  if (item.after == ItemBreak::Space || end >= text_.size() || breaks_[end - 1] == 0 || is_blank(text_[end])) return;
  const std::uint32_t span = out_.styles[out_.sources.back().style].unbreakable_span;
  if (span != 0 &&
      (run_ + 1 >= out_.styles.size() || end < out_.styles[run_ + 1].begin || out_.styles[run_ + 1].unbreakable_span == span)) {
    return;
  }
  item.after = ItemBreak::Between;
  if (!ends_with_soft_hyphen(text_, end)) return;
  item.after = ItemBreak::Hyphen;
  ItemSource& source = out_.sources.back();
  source.hyphen_word = words_.add(out_.styles[source.style].face, out_.style.language, kHyphen);
}

ItemSource& ItemBuilder::push_item(std::uint32_t begin, std::uint32_t end, std::uint32_t word) {
  out_.items.push_back({});
  ItemSource& source = out_.sources.emplace_back();
  source.begin = begin;
  source.end = end;
  source.word = word;
  source.style = static_cast<std::uint32_t>(run_);
  source.level = level_at(begin);
  return source;
}

// True where the text has a line end of its own before the line.
bool ItemBuilder::is_forced(std::uint32_t line_start) const {
  const std::size_t last = text_.find_last_not_of(" \t", line_start - 1);
  return last == std::string::npos || text_[last] == '\n';
}

void ItemBuilder::begin_browser_line_breaks(const BrowserLineStarts& browser_line_starts) {
  if (!browser_line_starts) return;
  out_.browser_line_breaks.emplace();
  std::uint32_t item = 0;
  std::uint32_t last = 0;
  for (const std::uint32_t start : *browser_line_starts) {
    // The same start twice: the line between has only its indentation.
    const bool is_indentation_alone = start == std::exchange(last, start);
    if (is_forced(start) && !is_indentation_alone) continue;
    while (item < out_.items.size() && (out_.sources[item].begin < start || out_.sources[item].word == kNoWord)) ++item;
    if (item == out_.items.size() || item == 0) return;
    LineItem& before = out_.items[item - 1];
    if (before.after == ItemBreak::Forced) continue;
    out_.browser_line_breaks->push_back(item);
    if (before.after != ItemBreak::None) continue;
    before.after = out_.sources[item - 1].space_word != kNoWord ? ItemBreak::Space : ItemBreak::Between;
  }
}

ImageSize placed_image_size(const Span& image, const Scale& scale, float column) {
  const float limit = std::max(1.0F, std::floor(column));
  float width = std::round(std::min(static_cast<float>(image.width) * scale.device, limit));
  if (image.width == 0) {
    const float steps = std::max(1.0F, std::floor(limit / scale.device / kUnknownStepX));
    width = std::round(steps * kUnknownStepX * scale.device);
  }
  const bool is_known = image.width > 0 && image.height > 0;
  const float ratio =
      is_known ? static_cast<float>(image.height) / static_cast<float>(image.width) : kUnknownStepY / kUnknownStepX;
  // As browsers truncate lengths.
  const float height = std::floor(width / scale.device * ratio * kLengthSteps) / kLengthSteps * scale.device;
  return {std::max(1.0F, width), std::max(1.0F, height)};
}

ImageSize placed_image_size(const PreparedText& text, const ItemSource& item, const Scale& scale, float column) {
  ImageSize size = placed_image_size(text.block->inlines.spans[item.word], scale, column);
  const auto known = std::lower_bound(text.browser_heights.begin(), text.browser_heights.end(), item.word,
                                      [](const BrowserImageHeight& each, std::uint32_t span) { return each.span < span; });
  if (known == text.browser_heights.end() || known->span != item.word) return size;
  const float height = known->css * scale.device;
  if (std::abs(height - size.height) <= scale.device + size.height * kMostOff) size.height = height;
  return size;
}

void resolve_widths(PreparedText& text, const ShapedRunCache& words, const Scale& scale, float width) {
  text.button_padding = std::min(scale.horizontal(style_table().parts.button_padding_x), kMostButtonPadding * width);
  for (std::size_t i = 0; i < text.items.size(); ++i) {
    LineItem& item = text.items[i];
    const ItemSource& source = text.sources[i];
    if (source.is_image()) {
      item.width = placed_image_size(text.block->inlines.spans[source.word], scale, width).width;
    } else if (source.word != kNoWord) {
      item.width = words[source.word].width;
    }
    if (source.flags & ItemSource::kButtonBegin) item.width += text.button_padding;
    if (source.flags & ItemSource::kButtonEnd) item.width += text.button_padding;
    if (source.hyphen_word != kNoWord) item.hyphen = words[source.hyphen_word].width;
    if (source.space_word != kNoWord) item.space = words[source.space_word].width * source.space_count;
  }
}

}  // namespace octavo
