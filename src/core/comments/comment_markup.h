// Markdown as the few HTML elements that WordPress keeps in a comment.
#pragma once

#include <string>
#include <string_view>

#include "core/content/html/html_parser.h"

namespace octavo {

// Emphasis, links, code and quotes stay; paragraphs are separated by blank lines, lists and headings become lines of text. What
// WordPress stores is this, letter for letter: it knows a comment that is sent again by that (wp_allow_comment() compares what
// comes with what its filters have made of the first). `own_url` is of the blog, whose own links it leaves as they are; empty for
// WordPress.com, which tells the text as it came.
std::string wordpress_markup(std::string_view markdown, std::string_view own_url, HtmlParser& parser);

}  // namespace octavo
