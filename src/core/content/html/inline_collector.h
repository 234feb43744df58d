// Gathers the text and spans of one paragraph from HTML: white space, line breaks and spans that go on over block borders.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/content/document/document.h"

namespace octavo {

enum class WhiteSpace { Collapse, Keep };

class InlineCollector {
 public:
  void add_text(std::string_view text, WhiteSpace white_space);
  void add_break();
  void add_image(Span image);
  // Two blocks meet where only lines are possible: adds a line break unless no text comes before or after it.
  void add_boundary() { boundary_is_due_ = true; }

  // Spans nest: close_span() closes the innermost open one. Those deeper than kMaxInlineDepth are dropped, their text stays.
  // Empty spans are dropped unless `keep_empty`.
  void open_span(Span span, bool keep_empty = false);
  void close_span();
  std::size_t count_open(InlineKind kind) const;

  // True while there is nothing to show.
  bool empty() const { return inlines_.text.empty(); }

  // What was gathered, trimmed of white space and line breaks at both ends. Spans that are still open go on in the next text,
  // up to a limit on how often that happens.
  InlineText take();

 private:
  struct OpenSpan {
    Span span;  // as it is reopened
    std::size_t index = 0;
    bool is_dropped = false;
    bool keep_empty = false;
  };

  void append_due();
  void move_begins(std::uint32_t begin);
  void append_span(InlineKind kind, std::uint32_t begin);
  void start_span(OpenSpan& open);

  InlineText inlines_;
  std::vector<std::uint8_t> keep_empty_;  // per span; a bit each would be 3 KB of code
  std::vector<OpenSpan> open_;
  std::size_t continued_spans_ = 0;
  bool space_is_due_ = false;
  bool boundary_is_due_ = false;
};

}  // namespace octavo
