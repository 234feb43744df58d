// Routes: the addresses of a site's pages, below its root, and back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/content/bundle/bundle.h"

namespace octavo {

struct Route {
  enum class Kind : std::uint8_t { List, Post, Archive, Tag, Year, Author, Series, Unknown };
  Kind kind = Kind::List;
  std::string slug;        // of a post or a group
  std::uint32_t page = 1;  // of a list
  std::string fragment;    // without '#', decoded; empty = none
  bool operator==(const Route&) const = default;
};

// `path` is relative to the site's root, percent-encoded, without query ("posts/a/", "", "page/2/#x"; a trailing "index.html" and
// a missing last '/' are forgiven). Anything else is Unknown.
Route parse_route(std::string_view path);

// Which kind of group the route's list is of, nothing when it is another page.
std::optional<GroupInfo::Kind> group_kind(const Route& route);

// The path of a route ("posts/a/"), with '#fragment' when it has one; "" for the first list page.
std::string route_path(const Route& route);

}  // namespace octavo
