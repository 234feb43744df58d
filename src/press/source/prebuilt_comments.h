// The comments beside a post in a file, "<post>.comments.json", as `octavo import` writes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/content/bundle/bundle.h"
#include "core/content/html/html_parser.h"

namespace octavo {

// "posts/a.md" -> "posts/a.comments.json"
std::string comments_file_of(std::string_view post_file);

// None of a file with a mistake in it, which is an error that names its place: a thread with holes would be another thread.
std::vector<PrebuiltComment> parse_prebuilt_comments(std::string_view text, const std::string& file, Diagnostics& diagnostics);

// Reduces what strangers wrote to what a page may show: Markdown within the allow-list of comments, plain names, web
// addresses.
void sanitize_comments(std::vector<PrebuiltComment>& comments, HtmlParser& html_parser);

}  // namespace octavo
