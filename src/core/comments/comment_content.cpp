// Reducing a Document to what a comment may say.
#include "core/comments/comment_content.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/url.h"
#include "core/base/utf8.h"
#include "core/content/html/html_import.h"
#include "core/content/markdown/markdown.h"

namespace octavo {

namespace {

// `scheme` in lower case.
bool starts_with_scheme(std::string_view url, std::string_view scheme) {
  return url.size() > scheme.size() && std::equal(scheme.begin(), scheme.end(), url.begin(), [](char s, char c) {
           return s == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
         });
}

bool is_comment_link(std::string_view url) {
  return is_web_url(url) || (starts_with_scheme(url, "mailto:") && is_allowed_url(url, UrlUse::Link));
}

std::string image_label(const Span& image) {
  if (!image.alt.empty()) return image.alt;
  return image.url.empty() ? "image" : image.url;
}

// Where what was at an offset is after images have become labels.
class LabelShifts {
 public:
  void add(std::uint32_t end, std::int64_t longer) {
    ends_.push_back(end);
    sums_.push_back((sums_.empty() ? 0 : sums_.back()) + longer);
  }
  std::uint32_t shifted(std::uint32_t offset) const {
    const auto count = std::upper_bound(ends_.begin(), ends_.end(), offset) - ends_.begin();
    return static_cast<std::uint32_t>(offset + (count == 0 ? 0 : sums_[static_cast<std::size_t>(count) - 1]));
  }

 private:
  std::vector<std::uint32_t> ends_;  // ascending, of the images
  std::vector<std::int64_t> sums_;   // how much longer all text up to there is
};

// Becomes a link with the label as its text.
void make_link(Span& image) {
  image.kind = InlineKind::Link;
  image.alt.clear();
  image.title.clear();
  image.width = image.height = 0;
}

// An image that is not shown leaves its alternative text as a link to it. Spans are in the order of their beginnings, outer ones
// first.
void turn_images_into_links(InlineText& inlines) {
  std::string text;
  LabelShifts shifts;
  std::uint32_t copied = 0;
  std::uint32_t link_end = 0;
  std::vector<Span> spans;
  spans.reserve(inlines.spans.size());
  for (Span& span : inlines.spans) {
    const bool is_in_link = link_end >= span.end && span.end > 0;
    if (span.kind == InlineKind::Link) link_end = std::max(link_end, span.end);
    if (span.kind == InlineKind::Image && span.begin >= copied) {
      const std::string label = image_label(span);
      text.append(inlines.text, copied, span.begin - copied).append(label);
      copied = span.end;
      shifts.add(span.end, static_cast<std::int64_t>(label.size()) - (span.end - span.begin));
      if (is_in_link) continue;
      make_link(span);
    }
    spans.push_back(std::move(span));
  }
  text.append(inlines.text, copied);
  for (Span& span : spans) {
    span.begin = shifts.shifted(span.begin);
    span.end = shifts.shifted(span.end);
  }
  inlines.text = std::move(text);
  inlines.spans = std::move(spans);
}

void reduce_inlines(InlineText& inlines, CommentImages images) {
  if (images == CommentImages::AsLinks) turn_images_into_links(inlines);
  std::erase_if(inlines.spans, [](const Span& span) {
    if (span.kind == InlineKind::Link) return !is_comment_link(span.url);
    return span.kind == InlineKind::Button || span.kind == InlineKind::Time;
  });
}

void reduce_block(Block& block, CommentImages images) {
  block.variant = Variant::Body;
  block.role = Role::None;
  block.anchor.clear();
  block.label.clear();
  reduce_inlines(block.inlines, images);
  for (Block& child : block.children) reduce_block(child, images);
}

Document plain_document(std::string_view bytes) {
  Document document;
  document.root.kind = BlockKind::Section;
  const std::string repaired = repair_utf8(bytes).text;
  std::string_view source = repaired;
  while (!source.empty()) {
    const std::size_t end = std::min(source.find("\n\n"), source.size());
    std::string_view text = source.substr(0, end);
    source.remove_prefix(std::min(end + 2, source.size()));
    while (text.starts_with('\n')) text.remove_prefix(1);
    while (text.ends_with('\n')) text.remove_suffix(1);
    if (text.empty()) continue;
    Block paragraph;
    paragraph.inlines.text = text;
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
      Span line_end;
      line_end.kind = InlineKind::HardBreak;
      line_end.begin = static_cast<std::uint32_t>(at);
      line_end.end = line_end.begin + 1;
      paragraph.inlines.spans.push_back(std::move(line_end));
    }
    document.root.children.push_back(std::move(paragraph));
  }
  return document;
}

Document document_of(std::string_view source, SourceType type, HtmlParser& parser) {
  switch (type) {
    case SourceType::Markdown:
      break;
    case SourceType::Plain:
      return plain_document(source);
    case SourceType::Html:
      return document_from_html(source, parser);
  }
  return resolve_html(parse_markdown(source, Dialect::Gfm, &parser), &parser);
}

}  // namespace

bool is_web_url(std::string_view url) {
  const std::size_t scheme = starts_with_scheme(url, "https://") ? 8 : starts_with_scheme(url, "http://") ? 7 : 0;
  if (scheme == 0 || url.size() <= scheme || url[scheme] == '/' || !is_allowed_url(url, UrlUse::Link)) return false;
  return std::none_of(url.begin(), url.end(), [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\\'; });
}

Document comment_document(std::string_view source, SourceType type, HtmlParser& parser, CommentImages images) {
  Document document = document_of(source, type, parser);
  reduce_block(document.root, images);
  return document;
}

}  // namespace octavo
