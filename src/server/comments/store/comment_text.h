// What a stranger wrote as HTML that is safe to show.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/comments/comment_content.h"
#include "core/content/html/html_parser.h"
#include "server/comments/store/comment_record.h"

namespace octavo {

struct RenderedComment {
  std::string html;
  std::int64_t links = 0;
  std::string plain;  // what a reader sees, for rules about words
};

// Links other than http, https and mailto lose their address, all others get
// rel="nofollow ugc noopener"; nothing brings an id, a class (but a code block's language) or a style of its own.
RenderedComment render_comment(std::string_view source, SourceType type, HtmlParser& parser, CommentImages images);

}  // namespace octavo
