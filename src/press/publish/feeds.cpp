// Renders posts for feeds.
#include "press/publish/feeds.h"

#include <algorithm>
#include <utility>

#include "core/base/url.h"
#include "core/content/html/semantic_tree.h"
#include "core/page/page.h"
#include "press/base/gumbo_parser.h"

namespace octavo {

namespace {

// Feed readers get one image, under its whole address.
void resolve_addresses(Element& element, const SiteInfo& site, const std::string& path) {
  std::erase_if(element.attributes,
                [](const auto& attribute) { return attribute.first == "srcset" || attribute.first == "sizes"; });
  for (auto& [name, value] : element.attributes) {
    if ((name == "href" || name == "src") && is_relative_url(value)) value = absolute_url(site, resolve_path(path, value));
  }
  for (Element& child : element.children) resolve_addresses(child, site, path);
}

}  // namespace

std::string build_feed_html(const SiteInfo& site, const Post& post, HtmlParser& html_parser) {
  Document content = build_post_content(post, &html_parser);
  number_blocks(content);
  Element tree = build_semantic_tree(content);
  resolve_addresses(tree, site, post_path(post.summary.slug));
  return write_inner_html(tree);
}

Feeds build_feeds(const SiteInfo& site, const std::string& generator, const std::vector<Post>& posts) {
  GumboParser html_parser;
  const std::size_t count = std::min(posts.size(), kPostsInFeed);
  const std::vector<Post> newest(posts.begin(), posts.begin() + static_cast<std::ptrdiff_t>(count));
  std::vector<std::string> html;
  for (const Post& post : newest) html.push_back(build_feed_html(site, post, html_parser));
  return {write_json_feed(site, newest, html), write_atom_feed(site, generator, newest, html)};
}

}  // namespace octavo
