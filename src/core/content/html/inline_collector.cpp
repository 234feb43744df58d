// White space follows CSS: runs collapse into one blank, which goes outside the span that begins or ends there.
#include "core/content/html/inline_collector.h"

#include <algorithm>

#include "core/content/document/content_limits.h"

namespace octavo {
namespace {

// Forty open spans around ten thousand blocks would otherwise become half a million spans.
constexpr std::size_t kMaxContinuedSpans = 100'000;

// CSS Text, section 4.1: form feeds and carriage returns (of character references) are control characters like others.
bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t';
}

std::uint32_t size_of(const std::string& text) {
  return static_cast<std::uint32_t>(text.size());
}

// What may be trimmed. A tab that got here was written as an entity and is meant.
bool is_trimmed(char c) {
  return c == ' ' || c == '\n';
}

// How much white space there is at each end. Blanks in code belong to it.
struct Margins {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  // offset after the last character that stays
};

Margins find_margins(const InlineText& inlines) {
  std::uint32_t first_code = size_of(inlines.text);
  std::uint32_t last_code = 0;
  for (const Span& span : inlines.spans) {
    if (span.kind != InlineKind::Code || span.begin == span.end) continue;
    first_code = std::min(first_code, span.begin);
    last_code = std::max(last_code, span.end);
  }
  Margins margins{0, size_of(inlines.text)};
  while (margins.end > last_code && is_trimmed(inlines.text[margins.end - 1])) --margins.end;
  while (margins.begin < std::min(first_code, margins.end) && is_trimmed(inlines.text[margins.begin])) ++margins.begin;
  return margins;
}

}  // namespace

void InlineCollector::append_span(InlineKind kind, std::uint32_t begin) {
  Span span;
  span.kind = kind;
  span.begin = begin;
  span.end = size_of(inlines_.text);
  inlines_.spans.push_back(std::move(span));
  keep_empty_.push_back(false);
}

// The blank at `begin` is outside of the spans that begin there and are open, so these and the empty ones in them begin after it.
void InlineCollector::move_begins(std::uint32_t begin) {
  const auto first = std::find_if(open_.begin(), open_.end(), [&](const OpenSpan& open) {
    return !open.is_dropped && inlines_.spans[open.index].begin == begin;
  });
  if (first == open_.end()) return;
  for (std::size_t i = first->index; i < inlines_.spans.size(); ++i) {
    Span& span = inlines_.spans[i];
    ++span.begin;
    span.end = std::max(span.end, span.begin);
  }
}

void InlineCollector::append_due() {
  const bool is_first = inlines_.text.empty();
  if (boundary_is_due_ && !is_first) {
    inlines_.text += '\n';
    append_span(InlineKind::HardBreak, size_of(inlines_.text) - 1);
  } else if (space_is_due_ && !is_first && inlines_.text.back() != ' ' && inlines_.text.back() != '\n') {
    const std::uint32_t begin = size_of(inlines_.text);
    inlines_.text += ' ';
    move_begins(begin);
  }
  boundary_is_due_ = false;
  space_is_due_ = false;
}

void InlineCollector::add_text(std::string_view text, WhiteSpace white_space) {
  if (text.empty()) return;
  if (white_space == WhiteSpace::Keep) {
    append_due();
    inlines_.text += text;
    return;
  }
  for (const char c : text) {
    if (is_space(c)) {
      space_is_due_ = true;
    } else {
      append_due();
      inlines_.text += c;
    }
  }
}

void InlineCollector::add_break() {
  space_is_due_ = false;
  if (inlines_.text.empty()) return;
  append_due();
  inlines_.text += '\n';
  append_span(InlineKind::HardBreak, size_of(inlines_.text) - 1);
}

void InlineCollector::add_image(Span image) {
  append_due();
  image.begin = size_of(inlines_.text);
  inlines_.text += kObjectReplacement;
  image.end = size_of(inlines_.text);
  inlines_.spans.push_back(std::move(image));
  keep_empty_.push_back(false);
}

void InlineCollector::start_span(OpenSpan& open) {
  if (open.is_dropped) return;
  open.index = inlines_.spans.size();
  inlines_.spans.push_back(open.span);
  inlines_.spans.back().begin = size_of(inlines_.text);
  inlines_.spans.back().end = size_of(inlines_.text);
  keep_empty_.push_back(open.keep_empty);
  open.keep_empty = false;  // only where it was written, not in later paragraphs
}

void InlineCollector::open_span(Span span, bool keep_empty) {
  append_due();
  OpenSpan& open = open_.emplace_back();
  open.span = std::move(span);
  open.is_dropped = open_.size() > kMaxInlineDepth;
  open.keep_empty = keep_empty;
  start_span(open);
}

void InlineCollector::close_span() {
  const OpenSpan& open = open_.back();
  if (!open.is_dropped) inlines_.spans[open.index].end = size_of(inlines_.text);
  open_.pop_back();
}

std::size_t InlineCollector::count_open(InlineKind kind) const {
  const auto has_kind = [kind](const OpenSpan& open) { return open.span.kind == kind; };
  return static_cast<std::size_t>(std::count_if(open_.begin(), open_.end(), has_kind));
}

InlineText InlineCollector::take() {
  for (const OpenSpan& open : open_) {
    if (!open.is_dropped) inlines_.spans[open.index].end = size_of(inlines_.text);
  }
  const Margins margins = find_margins(inlines_);
  InlineText taken;
  taken.text = inlines_.text.substr(margins.begin, margins.end - margins.begin);
  for (std::size_t i = 0; i < inlines_.spans.size(); ++i) {
    Span& span = inlines_.spans[i];
    span.begin = std::clamp(span.begin, margins.begin, margins.end) - margins.begin;
    span.end = std::clamp(span.end, margins.begin, margins.end) - margins.begin;
    if (span.begin < span.end || keep_empty_[i]) taken.spans.push_back(std::move(span));
  }
  inlines_ = {};
  keep_empty_.clear();
  space_is_due_ = false;
  boundary_is_due_ = false;
  continued_spans_ += taken.text.empty() ? 0 : open_.size();
  for (OpenSpan& open : open_) {
    open.is_dropped = open.is_dropped || continued_spans_ > kMaxContinuedSpans;
    start_span(open);
  }
  return taken;
}

}  // namespace octavo
