// Document to Markdown, the inverse of markdown.h: the text that people edit after an import.
#pragma once

#include <string>

#include "core/content/document/document.h"
#include "core/content/html/html_parser.h"

namespace octavo {

// GFM that parse_markdown() and resolve_html() read as a document with the same meaning. Every paragraph is read back
// while writing, and written with more escapes and with tags instead of marks where it would mean something else. Figures,
// details, lists of terms, tables that GFM cannot say, languages and directions become raw HTML.
// Not kept: a loose list of single-paragraph single items and a tight one of several paragraphs (looseness alone changes), line
// ends within headings of level 3 and more (a blank), empty blocks.
std::string write_markdown(const Document& document, HtmlParser& html_parser);

}  // namespace octavo
