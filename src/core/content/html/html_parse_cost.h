// Bounds what a fragment of HTML can cost a parser that follows the HTML Standard, before it is handed to one.
#pragma once

#include <string>
#include <string_view>

namespace octavo {

// How many elements may be open at once; everything deeper loses its tags and keeps its text. The tree that a parser then
// builds is at most a few times as deep, as it adds implied elements.
inline constexpr std::size_t kMaxOpenTags = 120;
inline constexpr std::size_t kMaxTagAttributes = 48;

// The fragment with comments, declarations and elements that are not HTML text (script, style, textarea, iframe, svg ...) taken
// out, tags beyond
// kMaxOpenTags taken out, and attributes of a tag beyond kMaxTagAttributes taken out. One linear pass. It bounds cost only:
// what is allowed is decided on the parsed tree.
std::string limit_html_parse_cost(std::string_view html);

}  // namespace octavo
