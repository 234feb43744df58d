// Reducing a Document to what a comment may say.
#include "core/comments/comment_content.h"

#include <algorithm>
#include <string>
#include <utility>

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

// An image that is not shown leaves its alternative text as a link to it.
void turn_images_into_links(InlineText& inlines) {
  for (std::size_t i = inlines.spans.size(); i-- > 0;) {
    if (inlines.spans[i].kind != InlineKind::Image) continue;
    const Span image = inlines.spans[i];
    const std::string label = image.alt.empty() ? (image.url.empty() ? "image" : image.url) : image.alt;
    inlines.text.replace(image.begin, image.end - image.begin, label);
    const std::int64_t longer = static_cast<std::int64_t>(label.size()) - (image.end - image.begin);
    bool is_in_link = false;
    for (Span& span : inlines.spans) {
      if (span.kind == InlineKind::Link && span.begin <= image.begin && span.end >= image.end) is_in_link = true;
      if (span.begin >= image.end) span.begin = static_cast<std::uint32_t>(span.begin + longer);
      if (span.end >= image.end) span.end = static_cast<std::uint32_t>(span.end + longer);
    }
    if (is_in_link) {
      inlines.spans.erase(inlines.spans.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      Span& span = inlines.spans[i];
      span.kind = InlineKind::Link;
      span.alt.clear();
      span.title.clear();
      span.width = span.height = 0;
    }
  }
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
