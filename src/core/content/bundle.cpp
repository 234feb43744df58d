// Addresses of posts, lists and tags below the site's root.
#include "core/content/bundle.h"

#include "core/base/url.h"

namespace octavo {

std::string post_path(std::string_view slug) {
  return "posts/" + encode_path(slug) + "/";
}

std::string list_path(std::uint32_t page) {
  return page <= 1 ? std::string() : "page/" + std::to_string(page) + "/";
}

std::string tag_path(std::string_view tag_slug, std::uint32_t page) {
  return "tags/" + encode_path(tag_slug) + "/" + list_path(page);
}

std::string absolute_url(const SiteInfo& site, std::string_view url) {
  if (site.home_page_url.empty() || !is_relative_url(url)) return std::string(url);
  const bool has_slash = site.home_page_url.ends_with('/');
  return site.home_page_url + (has_slash ? "" : "/") + resolve_path("", url);
}

}  // namespace octavo
