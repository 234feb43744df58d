// One pass over tags and text. Text directly in a container becomes paragraphs; text in a leaf gets breaks only.
#include "press/import/wordpress/wordpress_paragraphs.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

enum class Content : std::uint8_t {
  Inline,      // not a block element at all
  Paragraphs,  // text in it is paragraphs
  Breaks,      // text in it is one piece of text
  Parts,       // holds other blocks only; white space means nothing
  Verbatim,
  Void,
};

struct BlockTag {
  std::string_view name;
  Content content;
};

constexpr auto kBlockTags = std::to_array<BlockTag>({
    {"address", Content::Breaks},     {"article", Content::Paragraphs},
    {"aside", Content::Paragraphs},   {"blockquote", Content::Paragraphs},
    {"center", Content::Paragraphs},  {"dd", Content::Breaks},
    {"details", Content::Paragraphs}, {"div", Content::Paragraphs},
    {"dl", Content::Parts},           {"dt", Content::Breaks},
    {"figcaption", Content::Breaks},  {"figure", Content::Parts},
    {"footer", Content::Paragraphs},  {"form", Content::Paragraphs},
    {"h1", Content::Breaks},          {"h2", Content::Breaks},
    {"h3", Content::Breaks},          {"h4", Content::Breaks},
    {"h5", Content::Breaks},          {"h6", Content::Breaks},
    {"header", Content::Paragraphs},  {"hr", Content::Void},
    {"li", Content::Breaks},          {"main", Content::Paragraphs},
    {"nav", Content::Paragraphs},     {"ol", Content::Parts},
    {"p", Content::Breaks},           {"pre", Content::Verbatim},
    {"script", Content::Verbatim},    {"section", Content::Paragraphs},
    {"style", Content::Verbatim},     {"summary", Content::Breaks},
    {"svg", Content::Verbatim},       {"table", Content::Parts},
    {"tbody", Content::Parts},        {"td", Content::Breaks},
    {"textarea", Content::Verbatim},  {"tfoot", Content::Parts},
    {"th", Content::Breaks},          {"thead", Content::Parts},
    {"tr", Content::Parts},           {"ul", Content::Parts},
});

Content content_of(std::string_view name) {
  for (const BlockTag& tag : kBlockTags) {
    if (tag.name == name) return tag.content;
  }
  return Content::Inline;
}

struct Tag {
  std::string name;  // lower case; empty for comments and non-tags
  bool is_end = false;
  std::size_t size = 1;  // bytes from '<'
};

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

Tag tag_at(std::string_view rest) {
  Tag tag;
  if (rest.starts_with("<!--")) {
    const std::size_t end = rest.find("-->");
    tag.size = end == std::string_view::npos ? rest.size() : end + 3;
    return tag;
  }
  std::size_t at = 1;
  if (at < rest.size() && rest[at] == '/') {
    tag.is_end = true;
    ++at;
  }
  while (at < rest.size() && is_name_character(rest[at])) {
    tag.name += static_cast<char>(rest[at] >= 'A' && rest[at] <= 'Z' ? rest[at] + 32 : rest[at]);
    ++at;
  }
  if (tag.name.empty()) return tag;
  char quote = 0;
  for (; at < rest.size(); ++at) {
    if (quote != 0) {
      if (rest[at] == quote) quote = 0;
    } else if (rest[at] == '"' || rest[at] == '\'') {
      quote = rest[at];
    } else if (rest[at] == '>') {
      tag.size = at + 1;
      return tag;
    }
  }
  return {};  // it never ends: a plain '<'
}

bool is_web_address(std::string_view text) {
  return (text.starts_with("https://") || text.starts_with("http://")) &&
         text.find_first_of(" \t\n<>\"'") == std::string_view::npos;
}

class ParagraphMaker {
 public:
  explicit ParagraphMaker(std::string_view text) : rest_(text) {}

  std::string make() {
    while (!rest_.empty()) {
      const std::size_t next = std::min(rest_.find('<'), rest_.size());
      text_ += rest_.substr(0, next);
      rest_.remove_prefix(next);
      if (!rest_.empty()) read_tag();
    }
    flush();
    return std::move(out_);
  }

 private:
  struct Open {
    std::string name;
    Content content;
  };

  Content content() const { return open_.empty() ? Content::Paragraphs : open_.back().content; }

  void read_tag() {
    const Tag tag = tag_at(rest_);
    const std::string_view markup = rest_.substr(0, tag.size);
    const Content meaning = content_of(tag.name);
    if (meaning == Content::Inline) {
      text_ += markup;
      rest_.remove_prefix(tag.size);
      return;
    }
    flush();
    out_ += markup;
    rest_.remove_prefix(tag.size);
    if (meaning == Content::Void) return;
    if (tag.is_end) return close(tag.name);
    if (meaning == Content::Verbatim) return copy_verbatim(tag.name);
    open_.push_back({tag.name, meaning});
  }

  void close(const std::string& name) {
    const auto found = std::find_if(open_.rbegin(), open_.rend(), [&](const Open& open) { return open.name == name; });
    if (found != open_.rend()) open_.erase(found.base() - 1, open_.end());
  }

  void copy_verbatim(const std::string& name) {
    const std::string end_tag = "</" + name;
    std::size_t end = 0;
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
    const auto found = std::search(rest_.begin(), rest_.end(), end_tag.begin(), end_tag.end(), same);
    end = static_cast<std::size_t>(found - rest_.begin());
    out_ += rest_.substr(0, end);
    rest_.remove_prefix(end);
  }

  void flush() {
    const std::string text = std::exchange(text_, {});
    if (content() == Content::Parts) {
      out_ += text;
    } else if (content() == Content::Breaks) {
      add_with_breaks(trimmed(text));
    } else {
      add_paragraphs(text);
    }
  }

  void add_paragraphs(std::string_view text) {
    while (!text.empty()) {
      std::size_t end = text.find('\n');
      std::size_t next = std::string_view::npos;
      for (; end != std::string_view::npos; end = text.find('\n', end + 1)) {
        next = text.find_first_not_of(" \t", end + 1);
        if (next == std::string_view::npos || text[next] == '\n') break;
      }
      const std::string_view paragraph = trimmed(text.substr(0, end));
      if (!paragraph.empty()) {
        out_ += "<p>";
        if (is_web_address(paragraph)) {
          ((((out_ += "<a href=\"") += paragraph) += "\">") += paragraph) += "</a>";
        } else {
          add_with_breaks(paragraph);
        }
        out_ += "</p>\n";
      }
      if (end == std::string_view::npos) return;
      text.remove_prefix(next == std::string_view::npos ? text.size() : next);
    }
  }

  void add_with_breaks(std::string_view text) {
    for (const char c : text) {
      const bool has_break =
          out_.ends_with("<br>") || out_.ends_with("<br />") || out_.ends_with("<br/>") || out_.ends_with("\n");
      if (c == '\n' && !has_break) out_ += "<br>";
      out_ += c;
    }
  }

  std::string_view rest_;
  std::string text_;  // and inline tags, since the last block tag
  std::string out_;
  std::vector<Open> open_;
};

}  // namespace

std::string html_from_classic_markup(std::string_view text) {
  std::string unix_text;
  unix_text.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      if (i + 1 >= text.size() || text[i + 1] != '\n') unix_text += '\n';
    } else {
      unix_text += text[i];
    }
  }
  return ParagraphMaker(unix_text).make();
}

}  // namespace octavo
