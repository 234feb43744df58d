// HTML of strangers: only what is allowed comes through, and what was written from it means the same when it is read again.
#include <string>

#include "core/content/html/html_import.h"
#include "fuzz/document_properties.h"
#include "fuzz/fuzz_input.h"
#include "fuzz/operations.h"
#include "press/base/gumbo_parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  FuzzInput input(data, size);
  const bool shows_growth = input.shows_growth();
  GumboParser parser;
  Document document = document_from_html(input.text(), parser);
  OCTAVO_ASSERT(!has_raw_html(document));
  const std::string html = write_inner_html(checked_tree(document));
  Document again = document_from_html(html, parser);
  const std::string html_again = write_inner_html(checked_tree(again));
  check_same_text(visible_text(again.root), visible_text(document.root));
  Document third = document_from_html(html_again, parser);
  check_same_text(write_inner_html(checked_tree(third)), html_again);
  if (shows_growth) check_growth(input.text(), [&](std::string_view text) { document_from_html(text, parser); });
  return 0;
}
