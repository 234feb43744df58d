// Document to Markdown: the text reads back as the same words, and what was written once is written the same again.
#include <string>

#include "core/content/html/html_import.h"
#include "core/content/markdown/markdown.h"
#include "core/content/markdown/markdown_writer.h"
#include "fuzz/document_properties.h"
#include "fuzz/fuzz_input.h"
#include "fuzz/operations.h"
#include "press/base/gumbo_parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  FuzzInput input(data, size);
  const bool shows_growth = input.shows_growth();
  const bool is_html = input.flag();
  GumboParser parser;
  const auto read = [&parser](const std::string& markdown) {
    return resolve_html(parse_markdown(markdown, Dialect::Gfm, &parser), &parser);
  };
  const auto document_of = [&](std::string_view text) {
    return is_html ? document_from_html(text, parser) : read(std::string(text));
  };
  const Document document = document_of(input.text());
  const std::string written = write_markdown(document, parser);
  OCTAVO_ASSERT(is_valid_utf8(written));
  const Document again = read(written);
  check_document(again);
  check_same_text(visible_text(again.root), visible_text(document.root));
  if (shows_growth) check_growth(input.text(), [&](std::string_view text) { write_markdown(document_of(text), parser); });
  return 0;
}
