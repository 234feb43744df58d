// JSON Feed (jsonfeed.org, versions 1 and 1.1): other people's feeds opened as a bundle, and our own written for the world.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <set>

#include "core/base/assert.h"
#include "core/base/json.h"
#include "core/base/url.h"
#include "core/base/utf8.h"
#include "core/content/bundle/bundle.h"
#include "core/content/bundle/bundle_format.h"
#include "core/content/document/content_limits.h"
#include "core/content/document/document.h"

namespace octavo {

namespace {

constexpr std::string_view kVersionPrefix = "https://jsonfeed.org/version/";
constexpr std::size_t kMaxDerivedTitleCodePoints = 60;

std::string text_of(const Json& object, std::string_view key) {
  return std::string(object.get(key).string());
}

// Version 1 allowed identifiers that are numbers.
std::string id_of(const Json& item) {
  const Json id = item.get("id");
  return id.is_number() ? id.dump() : std::string(id.string());
}

std::vector<Author> authors_of(const Json& object) {
  std::vector<Author> authors;
  const auto add = [&authors](const Json& author) {
    Author found{text_of(author, "name"), text_of(author, "url"), text_of(author, "avatar")};
    if (found.name.empty()) found.name = found.url;
    if (!found.name.empty()) authors.push_back(std::move(found));
  };
  const Json list = object.get("authors");
  for (std::size_t i = 0; i < list.size(); ++i) add(list.at(i));
  if (authors.empty()) add(object.get("author"));  // version 1
  return authors;
}

std::vector<std::string> tags_of(const Json& item) {
  std::vector<std::string> tags;
  const Json list = item.get("tags");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string tag(list.at(i).string());
    if (!tag.empty() && std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(tag);
  }
  return tags;
}

std::optional<ImageInfo> image_of(const Json& item) {
  for (const std::string_view key : {"image", "banner_image"}) {
    const std::string url = text_of(item, key);
    if (!url.empty() && is_allowed_url(url, UrlUse::Image)) return ImageInfo{url, {}, 0, 0};
  }
  return std::nullopt;
}

// Good enough to count words; displayed text goes through a real parser.
std::string without_tags(std::string_view html) {
  std::string text;
  bool in_tag = false;
  for (const char c : html) {
    if (c == '<') in_tag = true;
    if (!in_tag) text += c;
    if (c == '>' && in_tag) {
      in_tag = false;
      text += ' ';
    }
  }
  return text;
}

// The first line, cut between code points.
std::string title_from_text(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of("#*_>- \t\r\n"), text.size()));
  std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  std::size_t at = 0;
  for (std::size_t count = 0; at < line.size() && count < kMaxDerivedTitleCodePoints; ++count) at += decode_utf8(line, at).length;
  return std::string(line.substr(0, at)) + (at < line.size() ? "…" : "");
}

// Microblogs have items without a title; a list of posts needs something to click on.
std::string title_of(const Json& item, const PostSummary& summary) {
  if (std::string title = text_of(item, "title"); !title.empty()) return title;
  if (std::string title = title_from_text(summary.summary); !title.empty()) return title;
  if (std::string title = title_from_text(item.get("content_text").string()); !title.empty()) return title;
  return summary.published ? format_iso_date(*summary.published) : id_of(item);
}

// "https://host/any/posts/<slug>/" keeps its slug, so that links to a blog made by Octavo stay the same.
std::string slug_from_url(std::string_view url) {
  constexpr std::string_view kFolder = "/posts/";
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t folder = url.find(kFolder);
  if (folder == std::string_view::npos) return {};
  url.remove_prefix(folder + kFolder.size());
  if (url.ends_with('/')) url.remove_suffix(1);
  std::string slug = decode_percent(url);
  return is_valid_slug(slug) && is_valid_utf8(slug) ? slug : std::string();
}

// Gives each name an address of its own: "news", "news-2", "news-3".
class UniqueSlugs {
 public:
  std::string add(const std::string& wanted) {
    std::string slug = wanted;
    for (std::uint32_t& number = last_number_[wanted]; !taken_.insert(slug).second;) {
      number = std::max(number + 1, 2u);
      slug = wanted + "-" + std::to_string(number);
    }
    return slug;
  }

 private:
  std::set<std::string> taken_;
  std::map<std::string, std::uint32_t> last_number_;  // keeps a thousand equal titles from a million lookups
};

// Opens one feed; the report names its items by their position.
class FeedOpener {
 public:
  FeedOpener(const Json& feed, std::string_view where, Diagnostics& diagnostics)
      : feed_(feed), where_(where), diagnostics_(diagnostics) {}

  OpenedFeed open() {
    OpenedFeed opened;
    opened.site = site();
    const Json items = feed_.get("items");
    std::multimap<std::int64_t, Post> newest_first;
    for (std::size_t i = 0; i < items.size(); ++i) {
      place_ = "items[" + std::to_string(i) + "]";
      if (auto post = open_item(items.at(i))) newest_first.emplace(age_rank(*post), std::move(*post));
    }
    for (auto& [rank, post] : newest_first) opened.posts.push_back(std::move(post));
    name_posts(opened.posts);
    link_neighbors(opened.posts);
    opened.groups = collect_groups(opened.site, opened.posts);
    return opened;
  }

 private:
  void warn(const std::string& message) { diagnostics_.warn(std::string(where_), 0, 0, message); }

  SiteInfo site() {
    SiteInfo site;
    site.title = text_of(feed_, "title");
    if (site.title.empty()) warn("The feed has no title.");
    site.description = text_of(feed_, "description");
    site.home_page_url = text_of(feed_, "home_page_url");
    if (const std::string language = text_of(feed_, "language"); !language.empty()) site.language = language;
    site.authors = authors_of(feed_);
    return site;
  }

  std::optional<Post> open_item(const Json& item) {
    if (item.has("_octavo")) {
      auto post = post_from_item(item, where_);
      if (post) return std::move(*post);
      warn(place_ + ": its \"_octavo\" part is ignored: " + post.error().message);
    }
    const std::string id = id_of(item);
    if (id.empty()) return skip("it has no id");
    Post post;
    post.html = text_of(item, "content_html");
    if (post.html.empty()) post.markdown = text_of(item, "content_text");
    if (post.html.empty() && post.markdown.empty()) return skip("it has no content");
    if (std::max(post.html.size(), post.markdown.size()) > kMaxPostBytes)
      return skip("its content is over " + std::string(kMaxPostSize));
    post.summary = summary(item);
    post.summary.words = count_words(post.html.empty() ? post.markdown : without_tags(post.html));
    post.summary.slug = slug(item, post.summary.title, id);
    return post;
  }

  std::optional<Post> skip(const std::string& reason) {
    warn(place_ + " is skipped: " + reason + ".");
    return std::nullopt;
  }

  PostSummary summary(const Json& item) {
    PostSummary summary;
    summary.summary = text_of(item, "summary");
    summary.published = date(item, "date_published");
    summary.modified = date(item, "date_modified");
    summary.tags = tags_of(item);
    for (Author& author : authors_of(item)) summary.authors.push_back(std::move(author.name));
    summary.image = image_of(item);
    summary.language = text_of(item, "language");
    summary.title = title_of(item, summary);
    return summary;
  }

  std::optional<DateTime> date(const Json& item, std::string_view key) {
    const std::string written = text_of(item, key);
    const auto date = parse_date_time(written);
    if (!date && !written.empty()) warn(place_ + "." + std::string(key) + " is not a date and is left out.");
    return date;
  }

  static std::string slug(const Json& item, const std::string& title, const std::string& id) {
    if (std::string slug = slug_from_url(item.get("url").string()); !slug.empty()) return slug;
    const bool has_own_title = !item.get("title").string().empty();
    std::string slug = slug_from_text(has_own_title ? title : id);
    if (slug.empty()) slug = slug_from_text(id);
    return slug.empty() ? "post" : slug;
  }

  // The newest post has the smallest rank; a post without a date comes after all others.
  static std::int64_t age_rank(const Post& post) {
    const std::optional<DateTime>& published = post.summary.published;
    return published ? -published->unix_seconds : std::numeric_limits<std::int64_t>::max();
  }

  // Oldest first, so that a new post never takes the address of an older one with the same title.
  static void name_posts(std::vector<Post>& newest_first) {
    UniqueSlugs slugs;
    for (auto post = newest_first.rbegin(); post != newest_first.rend(); ++post) {
      post->summary.slug = slugs.add(post->summary.slug);
    }
  }

  // By name, but years newest first.
  static std::vector<GroupInfo> collect_groups(const SiteInfo& site, const std::vector<Post>& posts) {
    std::map<std::string, std::uint32_t> tags;
    std::map<std::string, std::uint32_t> years;
    std::map<std::string, std::uint32_t> authors;
    for (const Post& post : posts) {
      const PostSummary& row = post.summary;
      for (const std::string& tag : row.tags) ++tags[tag];
      for (const std::string& author : author_names(site, row)) ++authors[author];
      if (const std::string year = year_of(row); !year.empty()) ++years[year];
    }
    std::vector<GroupInfo> groups;
    append_groups(groups, GroupInfo::Kind::Tag, tags, "tag");
    for (auto year = years.rbegin(); year != years.rend(); ++year) {
      groups.push_back({year->first, year->first, year->second, GroupInfo::Kind::Year});
    }
    // With a single author, that list would be the list of all posts.
    if (authors.size() > 1) append_groups(groups, GroupInfo::Kind::Author, authors, "author");
    return groups;
  }

  static void append_groups(std::vector<GroupInfo>& groups, GroupInfo::Kind kind,
                            const std::map<std::string, std::uint32_t>& counts, const char* nameless) {
    UniqueSlugs slugs;
    for (const auto& [name, count] : counts) {
      const std::string slug = slug_from_text(name);
      groups.push_back({name, slugs.add(slug.empty() ? nameless : slug), count, kind});
    }
  }

  const Json& feed_;
  std::string_view where_;
  Diagnostics& diagnostics_;
  std::string place_;
};

// Returns nothing when this reader knows the feed's version.
std::optional<Error> version_error(const Json& feed, std::string_view where) {
  const Json version = feed.get("version");
  if (!version.string().starts_with(kVersionPrefix)) {
    return Error{ErrorCode::BadValue, "This is not a JSON Feed: version must begin with \"" + std::string(kVersionPrefix) + "\".",
                 std::string(where)};
  }
  const std::string_view number = version.string().substr(kVersionPrefix.size());
  if (number == "1" || number.starts_with("1.")) return std::nullopt;
  return Error{
      ErrorCode::TooNew,
      "This is a JSON Feed of version " + std::string(number.substr(0, 20)) + ", and this Octavo reads 1 and 1.1: update Octavo.",
      std::string(where)};
}

void write_feed_authors(JsonWriter& json, const std::vector<Author>& authors) {
  if (authors.empty()) return;
  json.key("authors").begin_array();
  for (const Author& author : authors) {
    json.begin_object();
    json.member_unless_empty("name", author.name).member_unless_empty("url", author.url);
    json.member_unless_empty("avatar", author.avatar).end_object();
  }
  json.end_array();
}

void write_feed_item(JsonWriter& json, const SiteInfo& site, const Post& item, const std::string& html) {
  const PostSummary& post = item.summary;
  const std::string address = absolute_url(site, post_path(post.slug));
  json.begin_object().key("id").value(item.id.empty() ? address : item.id).key("url").value(address);
  json.member_unless_empty("title", post.title);
  json.key("content_html").value(html);
  json.member_unless_empty("summary", post.summary);
  if (post.image) json.member_unless_empty("image", absolute_url(site, post.image->url));
  if (post.published) json.key("date_published").value(format_rfc3339(*post.published));
  if (post.modified) json.key("date_modified").value(format_rfc3339(*post.modified));
  std::vector<Author> authors;
  for (const std::string& name : post.authors) {
    const auto known =
        std::find_if(site.authors.begin(), site.authors.end(), [&](const Author& author) { return author.name == name; });
    authors.push_back(known == site.authors.end() ? Author{name, {}, {}} : *known);
  }
  write_feed_authors(json, authors);
  if (!post.tags.empty()) {
    json.key("tags").begin_array();
    for (const std::string& tag : post.tags) json.value(tag);
    json.end_array();
  }
  json.member_unless_empty("language", post.language);
  json.end_object();
}

}  // namespace

bool is_json_feed(std::string_view text) {
  const auto json = Json::parse(text, {});
  return json.ok() && json->get("version").string().starts_with(kVersionPrefix);
}

Result<OpenedFeed> parse_json_feed(std::string_view text, std::string_view where, Diagnostics& diagnostics) {
  if (text.size() > kMaxFeedBytes) {
    return Error{ErrorCode::TooLarge, "The feed is over 256 MiB.", std::string(where)};
  }
  const auto feed = Json::parse(text, where);
  if (!feed) return feed.error();
  if (auto error = version_error(*feed, where)) return *error;
  if (!feed->get("items").is_array()) {
    return Error{ErrorCode::BadValue, "items must be an array, not " + std::string(feed->get("items").kind()) + ".",
                 std::string(where)};
  }
  return FeedOpener(*feed, where, diagnostics).open();
}

std::string write_json_feed(const SiteInfo& site, const std::vector<Post>& posts, const std::vector<std::string>& html) {
  OCTAVO_ASSERT(posts.size() == html.size());
  JsonWriter json;
  json.begin_object().key("version").value("https://jsonfeed.org/version/1.1").key("title").value(site.title);
  json.member_unless_empty("home_page_url", site.home_page_url);
  if (!site.home_page_url.empty()) json.key("feed_url").value(absolute_url(site, "feed.json"));
  json.member_unless_empty("description", site.description).member_unless_empty("language", site.language);
  write_feed_authors(json, site.authors);
  json.key("items").begin_array();
  for (std::size_t i = 0; i < posts.size(); ++i) write_feed_item(json, site, posts[i], html[i]);
  json.end_array().end_object();
  return json.take();
}

}  // namespace octavo
