// Markdown as the few HTML elements that WordPress keeps in a comment.
#pragma once

#include <string>
#include <string_view>

#include "core/content/html_parser.h"

namespace octavo {

// Emphasis, links, code and quotes stay; paragraphs are separated by blank lines, lists and headings become lines of text.
std::string word_press_markup(std::string_view markdown, HtmlParser& parser);

}  // namespace octavo
