// What a stranger wrote becomes a Document through the allow-list, on the server and in every preview alike.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/comments/api_names.h"
#include "core/content/document/document.h"
#include "core/content/html/html_parser.h"

namespace octavo {

enum class CommentImages : std::uint8_t { AsLinks, Shown };

// Links other than http, https and mailto lose their address; nothing brings an anchor,
// a role or a look of its own.
Document comment_document(std::string_view source, SourceType type, HtmlParser& parser, CommentImages images);

// True for http and https addresses with a host.
bool is_web_url(std::string_view url);

}  // namespace octavo
