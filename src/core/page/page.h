// Pages as Documents: the list, a post, a tag, and what is shown when something is missing. Static pages and the reader show the
// same.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/content/bundle/bundle.h"
#include "core/content/document/document.h"
#include "core/content/html/html_parser.h"
#include "core/page/page_frame.h"
#include "core/page/route.h"

namespace octavo {

struct LikeState {
  std::uint32_t count = 0;  // all who like it, this reader included
  bool liked = false;       // by this reader
};

// `rows` are the posts of this list page; `total` all posts of the list. `group` is null for the main list. `groups` are the
// site's: for the sidebar, and to know what has a list.
Page build_list_page(const SiteInfo& site, std::span<const PostSummary> rows, std::uint32_t total, const Route& route,
                     const GroupInfo* group, std::span<const GroupInfo> groups = {});

// The years in which there are posts, series and authors.
Page build_archive_page(const SiteInfo& site, std::span<const GroupInfo> groups);

// The article, its byline, table of contents and tags, the like line with its button, links to other posts, and the place of the
// reply.
Page build_post_page(const SiteInfo& site, std::span<const GroupInfo> groups, const Post& post, HtmlParser* html_parser,
                     const LikeState& likes);

// The comments that the build knew (prebuilt_comments.h); without children where there are none.
Block prebuilt_comments(const SiteInfo& site, const Post& post, HtmlParser* html_parser);

// Whether the engine's thread contains them too and replaces them: they come from there if it is not Octavo's own.
bool engine_has_prebuilt(const SiteInfo& site);

// Replaces the conversation (conversation_view.h) and the likes on a page; without blocks only the likes. Numbers
// the blocks again.
void set_conversation(Document& page, std::vector<Block> blocks, const LikeState& likes);

// The post's content alone: Markdown or HTML parsed, images and links resolved against the published addresses.
Document build_post_content(const Post& post, HtmlParser* html_parser);

// A page for an address that does not exist, and one for content that could not be loaded. `retry` adds a "Try again" button.
Page build_not_found_page(const SiteInfo& site, std::string_view path);
enum class Retry : std::uint8_t { No, Offer };
Page build_error_page(const SiteInfo& site, std::string_view path, const Error& error, Retry retry);
Page build_loading_page(const SiteInfo& site, std::string_view path);

}  // namespace octavo
