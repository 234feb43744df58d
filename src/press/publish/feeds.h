// The site's feeds: the newest posts with their content as HTML, for programs that follow a blog.
#pragma once

#include <string>
#include <vector>

#include "core/content/bundle/bundle.h"
#include "core/content/html/html_parser.h"

namespace octavo {

inline constexpr std::size_t kPostsInFeed = 20;

// A post's content in feeds: HTML whose addresses begin at the site's home, or at its root where the home is unknown.
std::string build_feed_html(const SiteInfo& site, const Post& post, HtmlParser& html_parser);

struct Feeds {
  std::string json;  // feed.json, JSON Feed 1.1
  std::string atom;  // feed.xml, RFC 4287
};

// The feeds of the newest kPostsInFeed posts. `posts` are sorted; `generator` is "Name version".
Feeds build_feeds(const SiteInfo& site, const std::string& generator, const std::vector<Post>& posts);

// Identifiers do not change with title or text: they are the post's address, or a name-based UUID of its slug where
// the site's address is unknown. `html` is in the order of `posts`.
std::string write_atom_feed(const SiteInfo& site, const std::string& generator, const std::vector<Post>& posts,
                            const std::vector<std::string>& html);

}  // namespace octavo
