// Markdown to Document to HTML: the Document keeps its rules, the HTML has all its text, and HTML read back and written is the
// same.
#include <string>

#include "core/content/html/html_import.h"
#include "core/content/markdown/markdown.h"
#include "fuzz/document_properties.h"
#include "fuzz/fuzz_input.h"
#include "fuzz/operations.h"
#include "press/base/gumbo_parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  FuzzInput input(data, size);
  const bool shows_growth = input.shows_growth();
  const Dialect dialect = input.flag() ? Dialect::CommonMark : Dialect::Gfm;
  const bool has_parser = !input.flag();
  GumboParser parser;
  const Document parsed = parse_markdown(input.text(), dialect, &parser);
  check_document(parsed);
  Document document = resolve_html(parsed, has_parser ? &parser : nullptr);
  OCTAVO_ASSERT(!has_raw_html(document));
  add_heading_anchors(document);
  const Element tree = checked_tree(document);
  OCTAVO_ASSERT(is_valid_utf8(write_inner_html(tree)));
  OCTAVO_ASSERT(is_valid_utf8(plain_text(document)));
  if (!shows_growth) return 0;
  check_growth(input.text(), [&](std::string_view text) {
    Document grown = resolve_html(parse_markdown(text, dialect, &parser), &parser);
    add_heading_anchors(grown);
    number_blocks(grown);
    write_inner_html(build_semantic_tree(grown));
  });
  return 0;
}
