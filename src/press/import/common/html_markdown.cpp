// gumbo -> Document -> Markdown.
#include "press/import/common/html_markdown.h"

#include <utility>

#include "core/content/html/html_import.h"
#include "core/content/markdown/markdown_writer.h"
#include "press/base/gumbo_parser.h"
#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

// A frame around one image or link, without a caption, says nothing.
void unwrap_plain_figures(Block& block) {
  for (Block& child : block.children) {
    unwrap_plain_figures(child);
    const bool is_plain = child.kind == BlockKind::Figure && child.children.size() == 1 &&
                          child.children.front().kind != BlockKind::Caption && child.language.empty() && child.direction.empty();
    if (!is_plain) continue;
    Block inner = std::move(child.children.front());
    child = std::move(inner);
  }
}

void change_links(Block& block, const AddressChange& change) {
  for (Span& span : block.inlines.spans) {
    if (span.kind == InlineKind::Link) span.url = change(span.url);
  }
  for (Block& child : block.children) change_links(child, change);
}

}  // namespace

std::string markdown_from_html(std::string_view html, const AddressChange& change) {
  GumboParser parser;
  Document document = document_from_html(html, parser);
  unwrap_plain_figures(document.root);
  if (change) change_links(document.root, change);
  return write_markdown(document, parser);
}

std::string plain_text_from_html(std::string_view html) {
  if (html.find_first_of("<&\n") == std::string_view::npos) return std::string(trimmed(html));
  GumboParser parser;
  std::string text = plain_text(document_from_html(html, parser));
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return std::string(trimmed(text));
}

}  // namespace octavo
