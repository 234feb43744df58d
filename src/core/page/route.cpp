// Routes: the addresses of a site's pages, below its root, and back.
#include "core/page/route.h"

#include <charconv>

#include "core/base/url.h"
#include "core/base/utf8.h"

namespace octavo {

namespace {

// Route::Kind has the kinds of GroupInfo in their order.
constexpr int kFirstGroup = static_cast<int>(Route::Kind::Tag);
constexpr int kGroupKinds = static_cast<int>(GroupInfo::Kind::Series) + 1;

// Takes `prefix` off the front of `text`.
bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// "page/7" or "page/7/", for pages from 2 on: page 1 is the list itself. 0 = it is something else.
std::uint32_t parse_page_part(std::string_view text) {
  if (!take_prefix(text, "page/")) return 0;
  if (text.ends_with('/')) text.remove_suffix(1);
  // A number has one spelling, so that a page has one address.
  if (text.empty() || text.front() == '0') return 0;
  std::uint32_t page = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
  if (error != std::errc() || end != text.data() + text.size()) return 0;
  return page >= 2 ? page : 0;
}

// A slug is made of non-empty segments that mean themselves: nothing in it may climb, vanish or hide.
bool is_plain_slug(std::string_view slug) {
  if (slug.empty() || !is_valid_utf8(slug)) return false;
  while (true) {
    const std::size_t slash = slug.find('/');
    const std::string_view segment = slug.substr(0, slash);
    if (segment.empty() || segment == "." || segment == "..") return false;
    for (const char c : segment) {
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '\\') return false;
    }
    if (slash == std::string_view::npos) return true;
    slug.remove_prefix(slash + 1);
  }
}

Route unknown_route() {
  Route route;
  route.kind = Route::Kind::Unknown;
  return route;
}

Route list_route(std::uint32_t page) {
  Route route;
  route.page = page;
  return route;
}

Route archive_route() {
  Route route;
  route.kind = Route::Kind::Archive;
  return route;
}

Route slug_route(Route::Kind kind, std::string_view encoded, std::uint32_t page) {
  if (encoded.ends_with('/')) encoded.remove_suffix(1);
  Route route;
  route.kind = kind;
  route.slug = decode_percent(encoded);
  route.page = page;
  return is_plain_slug(route.slug) ? route : unknown_route();
}

Route parse_group_route(Route::Kind kind, std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view slug = text.substr(0, slash);
  const std::string_view rest = slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
  if (rest.empty()) return slug_route(kind, slug, 1);
  const std::uint32_t page = parse_page_part(rest);
  return page == 0 ? unknown_route() : slug_route(kind, slug, page);
}

Route parse_path(std::string_view path) {
  constexpr std::string_view kIndex = "index.html";
  if (path == kIndex || (path.ends_with(kIndex) && path[path.size() - kIndex.size() - 1] == '/')) {
    path.remove_suffix(kIndex.size());
  }
  if (path.find('?') != std::string_view::npos) return unknown_route();
  if (path.empty()) return list_route(1);
  if (const std::uint32_t page = parse_page_part(path); page != 0) return list_route(page);
  if (take_prefix(path, "posts/")) return slug_route(Route::Kind::Post, path, 1);
  if (path == "archive" || path == kArchivePath) return archive_route();
  for (int kind = 0; kind < kGroupKinds; ++kind) {
    std::string_view rest = path;
    if (!take_prefix(rest, group_folder(static_cast<GroupInfo::Kind>(kind))) || !take_prefix(rest, "/")) continue;
    return parse_group_route(static_cast<Route::Kind>(kFirstGroup + kind), rest);
  }
  return unknown_route();
}

}  // namespace

Route parse_route(std::string_view path) {
  const std::size_t hash = path.find('#');
  Route route = parse_path(path.substr(0, hash));
  if (hash != std::string_view::npos) route.fragment = repair_utf8(decode_percent(path.substr(hash + 1))).text;
  return route;
}

std::optional<GroupInfo::Kind> group_kind(const Route& route) {
  const int kind = static_cast<int>(route.kind) - kFirstGroup;
  if (kind < 0 || kind >= kGroupKinds) return std::nullopt;
  return static_cast<GroupInfo::Kind>(kind);
}

std::string route_path(const Route& route) {
  std::string path;
  switch (route.kind) {
    case Route::Kind::List:
      path = list_path(route.page);
      break;
    case Route::Kind::Post:
      path = post_path(route.slug);
      break;
    case Route::Kind::Archive:
      path = kArchivePath;
      break;
    case Route::Kind::Tag:
    case Route::Kind::Year:
    case Route::Kind::Author:
    case Route::Kind::Series:
      path = group_path(*group_kind(route), route.slug, route.page);
      break;
    case Route::Kind::Unknown:
      break;
  }
  if (!route.fragment.empty()) path += "#" + encode_path(route.fragment);
  return path;
}

}  // namespace octavo
