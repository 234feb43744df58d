// Items become posts: addresses give slugs, HTML becomes Markdown.
#include "press/import/feeds/feed_item.h"

#include <algorithm>
#include <utility>

#include "core/base/url.h"
#include "core/content/markdown/markdown.h"
#include "press/import/common/html_markdown.h"
#include "press/import/common/source_date.h"
#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

// ".../posts/<slug>/" of a blog by Octavo, otherwise the last name of the path.
std::string slug_of_path(std::string path) {
  while (path.ends_with('/')) path.pop_back();
  if (const std::size_t posts = ("/" + path).find("/posts/"); posts != std::string::npos) return path.substr(posts + 6);
  if (path.ends_with("/index.html")) path.resize(path.size() - std::string_view("/index.html").size());
  const std::size_t slash = path.rfind('/');
  std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  for (const std::string_view extension : {".html", ".htm", ".php"}) {
    if (name.ends_with(extension)) name.resize(name.size() - extension.size());
  }
  return name;
}

std::optional<DateTime> date_of(const std::string& written, const ImportLocation& location, ImportContext& context) {
  if (trimmed(written).empty()) return std::nullopt;
  const auto date = parse_feed_date(written);
  if (!date)
    context.warn(location,
                 "The date \"" + std::string(trimmed(written)) + "\" does not exist or cannot be read; it is left out.");
  return date;
}

// The first words, for items that have no title.
std::string title_from_text(const std::string& text) {
  constexpr int kWords = 8;
  std::size_t end = 0;
  for (int words = 0; words < kWords && end < text.size(); ++words) end = std::min(text.find(' ', end + 1), text.size());
  return end < text.size() ? text.substr(0, end) + "\xE2\x80\xA6" : text;
}

std::string title_of(const FeedItem& item, const ImportedPost& post) {
  if (std::string title = plain_text_from_html(item.title); !title.empty()) return title;
  if (std::string title = title_from_text(plain_text_from_html(item.content)); !title.empty()) return title;
  return post.published ? format_iso_date(*post.published) : "Untitled";
}

}  // namespace

void add_feed_item(FeedItem item, std::size_t number, ImportContext& context) {
  const std::string number_text = std::to_string(number);
  if (item.content.empty() && item.title.empty()) {
    context.report.read("posts");
    context.report.failed("posts", "neither title nor content", item.location, number_text);
    context.problem(item.location, "Item " + number_text + " has neither title nor content; it is left out.");
    return;
  }
  ImportedPost post;
  post.location = item.location;
  post.source_id = number_text;
  post.id = item.id.empty() ? item.url : item.id;
  post.published = date_of(item.published, item.location, context);
  post.modified = date_of(item.modified, item.location, context);
  if (!post.published) post.published = std::exchange(post.modified, std::nullopt);
  if (post.modified && *post.modified <= *post.published) post.modified.reset();
  post.visibility = visibility_at(item.visibility, post, context.now);
  post.title = title_of(item, post);
  const std::string path = path_of_url(item.url, context.site.site.home_page_url);
  const std::string any_path = path_of_url(item.url, "");
  post.slug = usable_slug(slug_of_path(any_path), plain_text_from_html(item.title), "post-" + number_text);
  if (!item.url.empty()) post.old_urls.push_back(item.url);
  if (!path.empty() && item.url.find('?') == std::string::npos) post.aliases.push_back(path);
  post.summary = plain_text_from_html(item.summary);
  if (is_allowed_url(item.image, UrlUse::Image)) post.image = item.image;
  post.language = item.language;
  for (std::string& author : item.authors) {
    if (!author.empty()) post.authors.push_back(std::move(author));
  }
  for (std::string& tag : item.tags) {
    const bool is_new = std::find(post.tags.begin(), post.tags.end(), tag) == post.tags.end();
    if (is_new && !trimmed(tag).empty()) post.tags.emplace_back(trimmed(tag));
  }
  post.markdown = item.is_markdown ? item.content : markdown_from_html(item.content);
  if (!post.markdown.ends_with('\n')) post.markdown += '\n';
  context.add(std::move(post));
}

}  // namespace octavo
