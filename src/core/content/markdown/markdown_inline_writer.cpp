// One walk over text and spans. Which characters need an escape depends on their neighbors, so each is looked at in place.
#include "core/content/markdown/markdown_inline_writer.h"

#include <algorithm>
#include <vector>

#include "core/base/url.h"
#include "core/content/html/html_elements.h"
#include "core/content/html/semantic_tree.h"

namespace octavo {
namespace {

// ASCII control characters: neither an autolink nor an address without brackets may have them.
bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool is_ascii_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t';
}

// Letters of other scripts count as words here; where that is wrong (typographic quotes), reading back shows it.
bool is_word_byte(char c) {
  return is_ascii_alphanumeric(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool is_ascii_punctuation(char c) {
  return c > ' ' && c < 0x7F && !is_ascii_alphanumeric(c);
}

// Empty for kinds that have a form of their own.
std::string_view tag_of(InlineKind kind) {
  const HtmlElement& element = html_element(inline_tag(kind));
  return element.meaning == HtmlMeaning::Inline ? element.tag : std::string_view();
}

std::string backticks_around(std::string_view code) {
  std::size_t longest = 0;
  for (std::size_t i = 0, run = 0; i < code.size(); ++i) {
    run = code[i] == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  const bool is_padded = code.front() == '`' || code.back() == '`' ||
                         (code.front() == ' ' && code.back() == ' ' && code.find_first_not_of(' ') != std::string_view::npos);
  std::string out = fence;
  out.append(is_padded ? " " : "").append(code).append(is_padded ? " " : "").append(fence);
  return out;
}

class InlineWriter {
 public:
  InlineWriter(const InlineText& inlines, InlineStyle style, LineEnds line_ends)
      : inlines_(inlines), style_(style), line_ends_(line_ends) {}

  std::string write() {
    write_range(static_cast<std::uint32_t>(inlines_.text.size()));
    return std::move(out_);
  }

 private:
  void write_range(std::uint32_t end) {
    while (next_span_ < inlines_.spans.size()) {
      const Span& span = inlines_.spans[next_span_];
      const bool is_inside = span.end <= end && (span.begin < end || end == inlines_.text.size());
      if (!is_inside) break;
      ++next_span_;
      write_text_until(span.begin);
      write_span(span);
    }
    write_text_until(end);
  }

  void write_span(const Span& span) {
    switch (span.kind) {
      case InlineKind::RawHtml:
        out_ += covered(span);
        offset_ = std::max(offset_, span.end);
        return;
      case InlineKind::HardBreak:
        return write_break(span);
      case InlineKind::Image:
        write_image(span);
        offset_ = std::max(offset_, span.end);
        return;
      case InlineKind::Code:
        return write_code(span);
      case InlineKind::Link:
        return write_link(span);
      case InlineKind::Time:
        return write_tags(span, "<time datetime=\"" + escape_html(span.url) + "\">", "</time>");
      case InlineKind::Button:
        return write_range(span.end);
      default:
        return write_styled(span);
    }
  }

  // At the very end of a block Markdown knows no hard break.
  void write_break(const Span& span) {
    const bool is_last = span.end >= inlines_.text.size();
    out_ += is_last || line_ends_ == LineEnds::Blanks ? "<br>" : "\\\n";
    offset_ = std::max(offset_, span.end);
  }

  void write_code(const Span& span) {
    const std::string_view code = covered(span);
    const bool has_spans = next_span_ < inlines_.spans.size() && inlines_.spans[next_span_].begin < span.end;
    const bool has_line_end = code.find('\n') != std::string_view::npos;
    // In a cell the backslash would belong to the bar.
    const bool has_escaped_bar = line_ends_ == LineEnds::Blanks && code.find("\\|") != std::string_view::npos;
    if (style_ == InlineStyle::Tags || code.empty() || has_spans || has_line_end || has_escaped_bar)
      return write_tags(span, "<code>", "</code>");
    out_ += backticks_around(code);
    offset_ = std::max(offset_, span.end);
  }

  void write_styled(const Span& span) {
    std::string_view mark;
    if (span.kind == InlineKind::Strong) mark = "**";
    if (span.kind == InlineKind::Strikethrough) mark = "~~";
    if (span.kind == InlineKind::Emphasis) mark = stands_alone(span) ? "_" : "*";
    if (style_ == InlineStyle::Marks && !mark.empty() && span.begin < span.end) {
      return write_tags(span, std::string(mark), std::string(mark));
    }
    const std::string_view tag = tag_of(span.kind);
    if (tag.empty()) return write_range(span.end);
    write_tags(span, "<" + std::string(tag) + ">", "</" + std::string(tag) + ">");
  }

  // "_" marks emphasis between words only.
  bool stands_alone(const Span& span) const {
    const std::string& text = inlines_.text;
    return (span.begin == 0 || !is_word_byte(text[span.begin - 1])) && (span.end >= text.size() || !is_word_byte(text[span.end]));
  }

  void write_tags(const Span& span, const std::string& opening, const std::string& closing) {
    out_ += opening;
    write_range(span.end);
    out_ += closing;
  }

  void write_link(const Span& span) {
    const bool has_spans = next_span_ < inlines_.spans.size() && inlines_.spans[next_span_].begin < span.end;
    const bool is_address =
        span.url.find_first_of("<> \\&") == std::string::npos && !has_control(span.url) && !is_relative_url(span.url);
    if (!has_spans && span.title.empty() && is_address && covered(span) == span.url) {
      ((out_ += '<') += span.url) += '>';
      offset_ = std::max(offset_, span.end);
      return;
    }
    ++link_depth_;
    if (style_ == InlineStyle::Tags) {
      std::string opening = "<a href=\"" + attribute_value(span.url) + "\"";
      if (!span.title.empty()) opening += " title=\"" + attribute_value(span.title) + "\"";
      write_tags(span, opening + ">", "</a>");
    } else {
      escape_exclamation_mark();
      write_tags(span, "[", "](" + write_link_target(span.url, span.title) + ")");
    }
    --link_depth_;
  }

  void write_image(const Span& span) {
    if (style_ == InlineStyle::Marks && span.width == 0 && span.height == 0) {
      out_ += "![" + escaped_all(span.alt, "[]\\`*_<&~") + "](" + write_link_target(span.url, span.title) + ")";
      return;
    }
    out_ += "<img src=\"" + attribute_value(span.url) + "\" alt=\"" + attribute_value(span.alt) + "\"";
    if (!span.title.empty()) out_ += " title=\"" + attribute_value(span.title) + "\"";
    if (span.width != 0) out_ += " width=\"" + std::to_string(span.width) + "\"";
    if (span.height != 0) out_ += " height=\"" + std::to_string(span.height) + "\"";
    out_ += ">";
  }

  // In one line: an empty one would end the paragraph within the tag.
  static std::string attribute_value(std::string_view value) {
    std::string out;
    for (const char c : escape_html(value)) {
      if (c == '\n' || c == '\r') {
        out += c == '\n' ? "&#10;" : "&#13;";
      } else {
        out += c;
      }
    }
    return out;
  }

  // "!" before a link would make it an image.
  void escape_exclamation_mark() {
    if (out_.ends_with('!') && !out_.ends_with("\\!")) out_.insert(out_.size() - 1, "\\");
  }

  static std::string escaped_all(std::string_view text, std::string_view characters) {
    std::string out;
    for (const char c : text) {
      if (characters.find(c) != std::string_view::npos) out += '\\';
      out += c == '\n' ? ' ' : c;
    }
    return out;
  }

  std::string_view covered(const Span& span) const {
    const std::uint32_t begin = std::max(span.begin, offset_);
    return begin >= span.end ? std::string_view() : std::string_view(inlines_.text).substr(begin, span.end - begin);
  }

  // ---- Text ------------------------------------------------------------------------------------------------------------

  void write_text_until(std::uint32_t end) {
    for (; offset_ < end; ++offset_) write_character(offset_);
  }

  char at(std::size_t index) const { return index < inlines_.text.size() ? inlines_.text[index] : '\n'; }
  char before(std::size_t index) const { return index == 0 ? '\n' : inlines_.text[index - 1]; }

  void write_character(std::uint32_t i) {
    const char c = inlines_.text[i];
    const bool is_line_start = before(i) == '\n' && (out_.empty() || out_.back() == '\n');
    if (c == '\n' && before(i) == '\n' && i > 0) {
      out_ += "&#10;";  // an empty line would end the paragraph
    } else if (c == '\n') {
      out_ += line_ends_ == LineEnds::Blanks ? ' ' : '\n';
    } else if (c == '\r') {
      out_ += "&#13;";
    } else if (c == '\t' && (is_line_start || at(i + 1) == '\n')) {
      out_ += "&#9;";
    } else if (c == ' ' && (is_line_start || at(i + 1) == '\n')) {
      out_ += "&#32;";
    } else {
      if (needs_escape(i) || (is_line_start && begins_block(i))) out_ += '\\';
      if (c == '.' || c == ')') {  // "1." begins a list
        if (ends_list_number(i)) out_ += '\\';
      }
      out_ += c;
    }
  }

  bool needs_escape(std::uint32_t i) const {
    const char c = inlines_.text[i];
    const char previous = before(i);
    const char next = at(i + 1);
    if (style_ == InlineStyle::Tags) return is_ascii_punctuation(c) && !ends_list_number(i);
    switch (c) {
      case '\\':
      case '`':
      case '[':
      case '~':
        return true;
      case ']':
        return link_depth_ > 0;
      case '*':
        return !is_blank(previous) || !is_blank(next);
      case '_':
        return !(is_ascii_alphanumeric(previous) && is_ascii_alphanumeric(next)) && !(is_blank(previous) && is_blank(next));
      case '<':
        return is_ascii_alphanumeric(next) || next == '/' || next == '!' || next == '?';
      case '&':
        return next == '#' || is_ascii_alphanumeric(next);
      case '@':
        return is_ascii_alphanumeric(previous) && is_ascii_alphanumeric(next);
      case ':':
        return next == '/' && at(i + 2) == '/' && is_ascii_alphanumeric(previous);
      case '.':
        return i >= 3 && std::string_view(inlines_.text).substr(i - 3, 3) == "www" && !ends_list_number(i);
      default:
        return false;
    }
  }

  // At the beginning of a line these would begin a heading, a quote, a list, a table or the line under a heading.
  bool begins_block(std::uint32_t i) const {
    const char c = inlines_.text[i];
    const char next = at(i + 1);
    if (needs_escape(i)) return false;  // is already escaped
    switch (c) {
      case '#':
      case '>':
      case '=':
      case '|':
      case ':':
        return true;
      case '-':
      case '+':
      case '*':
        return is_blank(next) || next == c || next == '|' || next == ':';
      default:
        return false;
    }
  }

  bool ends_list_number(std::uint32_t i) const {
    const char c = inlines_.text[i];
    if ((c != '.' && c != ')') || !is_blank(at(i + 1))) return false;
    std::uint32_t digits = 0;
    while (digits < i && inlines_.text[i - 1 - digits] >= '0' && inlines_.text[i - 1 - digits] <= '9') ++digits;
    return digits > 0 && digits < 10 && (digits == i || inlines_.text[i - 1 - digits] == '\n');
  }

  const InlineText& inlines_;
  InlineStyle style_;
  LineEnds line_ends_;
  std::string out_;
  std::size_t next_span_ = 0;
  std::uint32_t offset_ = 0;
  std::uint32_t link_depth_ = 0;
};

}  // namespace

std::string write_link_target(std::string_view url, std::string_view title) {
  const bool needs_brackets =
      url.empty() ? !title.empty() : url.find_first_of(" ()<>") != std::string_view::npos || has_control(url);
  std::string out = needs_brackets ? "<" : "";
  for (const char c : url) {
    if (c == '\n' || c == '\r') {
      out += c == '\n' ? "%0A" : "%0D";
      continue;
    }
    if (c == '\\' || c == '&' || (needs_brackets && (c == '<' || c == '>'))) out += '\\';
    out += c;
  }
  if (needs_brackets) out += '>';
  if (title.empty()) return out;
  out += " \"";
  for (const char c : title) {
    if (c == '"' || c == '\\' || c == '&') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string write_inline_markdown(const InlineText& inlines, InlineStyle style, LineEnds line_ends) {
  return InlineWriter(inlines, style, line_ends).write();
}

}  // namespace octavo
