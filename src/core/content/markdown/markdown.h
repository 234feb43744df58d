// Markdown to Document: CommonMark 0.31 and GFM tables, strikethrough, task lists and autolinks, parsed by md4c.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/diagnostics.h"
#include "core/content/document/content_limits.h"
#include "core/content/document/document.h"
#include "core/content/html/html_parser.h"

namespace octavo {

enum class Dialect : std::uint8_t {
  CommonMark,  // the specification and nothing else
  Gfm,         // plus tables, strikethrough, task lists, permissive autolinks: what posts are written in
};

// Never fails: every text is Markdown. Invalid UTF-8 becomes U+FFFD. Raw HTML stays as RawHtml blocks and spans, see
// html_import.h. md4c is quadratic on some inputs; those are recognized beforehand and limited, so that no text takes more than
// a second for each megabyte natively. Nothing is cut: who takes texts in holds them to kMaxPostBytes. `file` names the source in
// diagnostics. `html_parser` is asked for named character references where the build has no table of them (html_entity.h); may be
// null.
Document parse_markdown(std::string_view markdown, Dialect dialect = Dialect::Gfm, HtmlParser* html_parser = nullptr);
Document parse_markdown(std::string_view markdown, Dialect dialect, std::string_view file, Diagnostics& diagnostics,
                        HtmlParser* html_parser = nullptr);

// Gives every heading without an anchor one made from its text, unique within the document ("setup", "setup-1").
void add_heading_anchors(Document& document);

}  // namespace octavo
