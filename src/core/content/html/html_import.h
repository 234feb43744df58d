// Untrusted HTML becomes a Document through an allow-list; nothing of it ever becomes markup again.
#pragma once

#include <string_view>

#include "core/content/document/document.h"
#include "core/content/html/html_parser.h"

namespace octavo {

// Allows the elements that a Document can express; unknown ones keep their content; script, style, iframe, form controls and
// the like vanish with their content, as do comments, event handlers, styles, and addresses that is_allowed_url() refuses.
Document document_from_html(std::string_view html, HtmlParser& parser);

// Replaces RawHtml blocks and spans by what they mean: the document is written as HTML with the raw parts verbatim, parsed as
// one whole (so that <details>, blank lines and Markdown between tags work as on other sites), and read back through the
// allow-list. A document without raw HTML is returned as it is. Without a parser (nullptr) raw HTML is turned into visible text.
Document resolve_html(Document document, HtmlParser* parser);

bool has_raw_html(const Document& document);

}  // namespace octavo
