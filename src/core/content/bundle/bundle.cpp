// Addresses of posts and lists below the site's root, and what posts say of each other.
#include "core/content/bundle/bundle.h"

#include "core/base/url.h"

namespace octavo {

std::string post_path(std::string_view slug) {
  return "posts/" + encode_path(slug) + "/";
}

std::string list_path(std::uint32_t page) {
  return page <= 1 ? std::string() : "page/" + std::to_string(page) + "/";
}

std::string group_path(GroupInfo::Kind kind, std::string_view slug, std::uint32_t page) {
  return std::string(group_folder(kind)) + "/" + encode_path(slug) + "/" + list_path(page);
}

std::string_view group_folder(GroupInfo::Kind kind) {
  constexpr std::string_view kFolders[] = {"tags", "archive", "authors", "series"};
  return kFolders[static_cast<std::size_t>(kind)];
}

bool is_shown_before(const GroupInfo& a, const GroupInfo& b) {
  if (a.kind != b.kind) return a.kind < b.kind;
  if (a.kind == GroupInfo::Kind::Year) return a.slug > b.slug;
  if (a.kind != GroupInfo::Kind::Series && a.count != b.count) return a.count > b.count;
  return a.slug < b.slug;
}

std::string slug_fingerprint(std::string_view slug) {
  // FNV-1a, whose upper bits are mixed best.
  std::uint32_t hash = 2166136261U;
  for (const char c : slug) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string fingerprint;
  for (std::size_t i = 0; i < kSlugFingerprintCharacters; ++i, hash <<= 6) fingerprint += kDigits[hash >> 26];
  return fingerprint;
}

std::string year_of(const PostSummary& post) {
  return post.published ? std::to_string(calendar_date(*post.published).year) : std::string();
}

std::vector<std::string> author_names(const SiteInfo& site, const PostSummary& post) {
  if (!post.authors.empty()) return post.authors;
  std::vector<std::string> names;
  for (const Author& author : site.authors) names.push_back(author.name);
  return names;
}

void link_neighbors(std::vector<Post>& posts) {
  const auto neighbor = [](const Post& post) { return Neighbor{post.summary.slug, post.summary.title}; };
  for (std::size_t i = 0; i < posts.size(); ++i) {
    posts[i].newer.reset();
    posts[i].older.reset();
    if (i > 0) posts[i].newer = neighbor(posts[i - 1]);
    if (i + 1 < posts.size()) posts[i].older = neighbor(posts[i + 1]);
  }
}

std::string absolute_url(const SiteInfo& site, std::string_view url) {
  if (site.home_page_url.empty() || !is_relative_url(url)) return std::string(url);
  const bool has_slash = site.home_page_url.ends_with('/');
  return site.home_page_url + (has_slash ? "" : "/") + resolve_path("", url);
}

}  // namespace octavo
