// Our own spans are written as <span>, not as <em> or <a>: the parser's rules for misnested formatting then never touch them.
#include "core/content/html/html_roundtrip.h"

#include <algorithm>
#include <set>

#include "core/content/html/semantic_tree.h"

namespace octavo {
namespace {

constexpr std::string_view kMarkerStem = "data-o";

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Every number that follows the stem somewhere, so that an unused one can be chosen after a single pass.
void collect_marker_numbers(std::string_view text, std::set<std::uint32_t>& numbers) {
  const auto same = [](char a, char b) { return lower(a) == b; };
  for (auto at = text.begin();;) {
    at = std::search(at, text.end(), kMarkerStem.begin(), kMarkerStem.end(), same);
    if (at == text.end()) return;
    at += static_cast<std::ptrdiff_t>(kMarkerStem.size());
    std::uint32_t number = 0;
    for (int digits = 0; at != text.end() && *at >= '0' && *at <= '9' && digits < 9; ++at, ++digits) {
      number = number * 10 + static_cast<std::uint32_t>(*at - '0');
    }
    numbers.insert(number);
  }
}

void collect_marker_numbers(const Block& block, std::set<std::uint32_t>& numbers) {
  collect_marker_numbers(block.inlines.text, numbers);
  for (const Block& child : block.children) collect_marker_numbers(child, numbers);
}

std::string unused_marker(const std::vector<Block>& blocks) {
  std::set<std::uint32_t> numbers;
  for (const Block& block : blocks) collect_marker_numbers(block, numbers);
  std::uint32_t number = 1;
  while (numbers.contains(number)) ++number;
  return std::string(kMarkerStem) + std::to_string(number);
}

class RoundtripHtmlWriter {
 public:
  explicit RoundtripHtmlWriter(RoundtripHtml& out) : out_(out) {}

  void write_block(Block& block);

 private:
  void write_inlines(InlineText& inlines);
  void write_range(InlineText& inlines, std::uint32_t end);
  void write_span(InlineText& inlines, Span& span);
  void write_text_until(const InlineText& inlines, std::uint32_t end);
  void write_start_tag(std::string_view tag, char kind, std::size_t index);
  void write_end_tag(std::string_view tag) { ((out_.html += "</") += tag) += '>'; }

  RoundtripHtml& out_;
  std::size_t next_span_ = 0;  // within the block being written
  std::uint32_t offset_ = 0;
};

void RoundtripHtmlWriter::write_start_tag(std::string_view tag, char kind, std::size_t index) {
  (((out_.html += '<') += tag) += ' ') += out_.marker;
  ((out_.html += "=\"") += kind) += std::to_string(index);
  out_.html += "\">";
}

void RoundtripHtmlWriter::write_block(Block& block) {
  if (block.kind == BlockKind::RawHtml) {
    out_.html += block.inlines.text;
    return;
  }
  InlineText inlines = std::move(block.inlines);
  std::vector<Block> children = std::move(block.children);
  block.inlines = {};
  block.children.clear();
  const std::string_view tag = roundtrip_tag(block);
  write_start_tag(tag, 'b', out_.blocks.size());
  const bool is_void = block.kind == BlockKind::Rule;
  const bool is_code = block.kind == BlockKind::CodeBlock;
  out_.blocks.push_back(std::move(block));
  if (is_code) out_.html += "<span>";  // keeps the parser from dropping a line end at the very start
  write_inlines(inlines);
  for (Block& child : children) write_block(child);
  if (is_code) write_end_tag("span");
  if (!is_void) write_end_tag(tag);
  out_.html += '\n';
}

void RoundtripHtmlWriter::write_inlines(InlineText& inlines) {
  next_span_ = 0;
  offset_ = 0;
  write_range(inlines, static_cast<std::uint32_t>(inlines.text.size()));
}

void RoundtripHtmlWriter::write_range(InlineText& inlines, std::uint32_t end) {
  while (next_span_ < inlines.spans.size()) {
    Span& span = inlines.spans[next_span_];
    const bool is_inside = span.end <= end && (span.begin < end || end == inlines.text.size());
    if (!is_inside) break;
    ++next_span_;
    write_text_until(inlines, span.begin);
    write_span(inlines, span);
  }
  write_text_until(inlines, end);
}

void RoundtripHtmlWriter::write_span(InlineText& inlines, Span& span) {
  const std::uint32_t end = span.end;
  if (span.kind == InlineKind::RawHtml) {
    out_.html += std::string_view(inlines.text).substr(span.begin, end - span.begin);
    offset_ = std::max(offset_, end);
    return;
  }
  const bool is_void = span.kind == InlineKind::Image || span.kind == InlineKind::HardBreak;
  const std::string_view tag = roundtrip_tag(span);
  write_start_tag(tag, 's', out_.spans.size());
  out_.spans.push_back(std::move(span));
  if (is_void) {
    offset_ = std::max(offset_, end);
    return;
  }
  write_range(inlines, end);
  write_end_tag(tag);
}

void RoundtripHtmlWriter::write_text_until(const InlineText& inlines, std::uint32_t end) {
  if (end <= offset_) return;
  std::string_view text = std::string_view(inlines.text).substr(offset_, end - offset_);
  for (std::size_t at = 0; (at = text.find('\r')) != std::string_view::npos;) {
    (out_.html += escape_html(text.substr(0, at))) += "&#13;";  // unescaped, a parser would read a line end
    text.remove_prefix(at + 1);
  }
  out_.html += escape_html(text);
  offset_ = end;
}

}  // namespace

std::string_view roundtrip_tag(const Block& block) {
  switch (block.kind) {
    case BlockKind::Section:
    case BlockKind::RawHtml:
      return "section";
    case BlockKind::TableCell:
      return "td";
    default:
      return block_tag(block);
  }
}

std::string_view roundtrip_tag(const Span& span) {
  if (span.kind == InlineKind::Image) return "img";
  return span.kind == InlineKind::HardBreak ? "br" : "span";
}

RoundtripHtml write_roundtrip_html(std::vector<Block> blocks) {
  RoundtripHtml out;
  out.marker = unused_marker(blocks);
  RoundtripHtmlWriter writer(out);
  for (Block& block : blocks) writer.write_block(block);
  return out;
}

}  // namespace octavo
