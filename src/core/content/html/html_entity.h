// Character references: "&amp;", "&#65;", "&#x41;".
#pragma once

#include <string>
#include <string_view>

#include "core/content/html/html_parser.h"

namespace octavo {

// Appends the text for `entity`, from '&' to ';'. Unknown names stay as written; invalid code points become U+FFFD.
void append_entity(std::string_view entity, HtmlParser* html_parser, std::string& out);

// The characters of a named reference, empty for an unknown name. Two files implement it: natively md4c's table
// (html_entity_table.cpp), in the browser the HTML parser that is there anyway (html_entity_parser.cpp; null knows none).
std::string named_characters(std::string_view entity, HtmlParser* html_parser);

}  // namespace octavo
