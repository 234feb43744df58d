// Character references: "&amp;", "&#65;", "&#x41;".
#pragma once

#include <string>
#include <string_view>

#include "core/content/html/html_parser.h"

namespace octavo {

// Appends what `entity`, from '&' to ';', stands for. Unknown names stay as written; code points that cannot be become U+FFFD.
void append_entity(std::string_view entity, HtmlParser* html_parser, std::string& out);

// The characters of a named reference, empty for an unknown name. Two files behind this line: natively md4c's table answers
// (html_entity_table.cpp), in the browser the HTML parser that is there anyway (html_entity_parser.cpp; null knows no names).
std::string named_characters(std::string_view entity, HtmlParser* html_parser);

}  // namespace octavo
