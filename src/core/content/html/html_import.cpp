// Untrusted HTML and Markdown's raw HTML into Documents: limit the parse cost, parse, read through the allow-list.
#include "core/content/html/html_import.h"

#include <algorithm>
#include <utility>

#include "core/content/html/html_parse_cost.h"
#include "core/content/html/html_reader.h"
#include "core/content/html/html_roundtrip.h"

namespace octavo {
namespace {

bool has_raw_html(const Block& block) {
  if (block.kind == BlockKind::RawHtml) return true;
  const auto is_raw = [](const Span& span) { return span.kind == InlineKind::RawHtml; };
  if (std::any_of(block.inlines.spans.begin(), block.inlines.spans.end(), is_raw)) return true;
  return std::any_of(block.children.begin(), block.children.end(), [](const Block& child) { return has_raw_html(child); });
}

// Without a parser nobody can tell what the tags mean, so they are shown.
void show_raw_html(Block& block) {
  std::erase_if(block.inlines.spans, [](const Span& span) { return span.kind == InlineKind::RawHtml; });
  if (block.kind == BlockKind::RawHtml) {
    block.kind = BlockKind::Paragraph;
    while (!block.inlines.text.empty() && block.inlines.text.back() == '\n') block.inlines.text.pop_back();
  }
  for (Block& child : block.children) show_raw_html(child);
}

}  // namespace

Document document_from_html(std::string_view html, HtmlParser& parser) {
  Document document;
  document.root.kind = BlockKind::Section;
  document.root.children = HtmlReader(nullptr).read(parser.parse_fragment(limit_html_parse_cost(html)));
  return document;
}

Document resolve_html(Document document, HtmlParser* parser) {
  if (!has_raw_html(document)) return document;
  if (parser == nullptr) {
    show_raw_html(document.root);
    return document;
  }
  std::vector<Block> children = std::move(document.root.children);
  const RoundtripHtml roundtrip = write_roundtrip_html(std::move(children));
  document.root.children = HtmlReader(&roundtrip).read(parser->parse_fragment(limit_html_parse_cost(roundtrip.html)));
  return document;
}

bool has_raw_html(const Document& document) {
  return has_raw_html(document.root);
}

}  // namespace octavo
