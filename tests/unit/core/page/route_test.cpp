// Routes: which addresses are pages, and that each page has one address.
#include "core/page/route.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace octavo {
namespace {

using Kind = Route::Kind;

Route make_route(Kind kind, std::string slug, std::uint32_t page = 1, std::string fragment = {}) {
  return Route{kind, std::move(slug), page, std::move(fragment)};
}

TEST(Route, ListPages) {
  EXPECT_EQ(parse_route(""), make_route(Kind::List, ""));
  EXPECT_EQ(parse_route("page/3/"), make_route(Kind::List, "", 3));
}

TEST(Route, PostsAndTags) {
  EXPECT_EQ(parse_route("posts/hello/"), make_route(Kind::Post, "hello"));
  EXPECT_EQ(parse_route("posts/2010/05/hello/"), make_route(Kind::Post, "2010/05/hello"));
  EXPECT_EQ(parse_route("tags/stem-cells/"), make_route(Kind::Tag, "stem-cells"));
  EXPECT_EQ(parse_route("tags/stem-cells/page/2/"), make_route(Kind::Tag, "stem-cells", 2));
}

TEST(Route, Archives) {
  EXPECT_EQ(parse_route("archive/"), make_route(Kind::Archive, ""));
  EXPECT_EQ(parse_route("archive"), make_route(Kind::Archive, ""));
  EXPECT_EQ(parse_route("archive/2024/"), make_route(Kind::Year, "2024"));
  EXPECT_EQ(parse_route("archive/2024/page/2/"), make_route(Kind::Year, "2024", 2));
}

TEST(Route, FragmentsAreDecoded) {
  EXPECT_EQ(parse_route("#top"), make_route(Kind::List, "", 1, "top"));
  EXPECT_EQ(parse_route("posts/a/#caf%C3%A9"), make_route(Kind::Post, "a", 1, "café"));
  EXPECT_EQ(parse_route("posts/a/#"), make_route(Kind::Post, "a"));
}

TEST(Route, IndexFileAndMissingSlashAreForgiven) {
  EXPECT_EQ(parse_route("index.html"), make_route(Kind::List, ""));
  EXPECT_EQ(parse_route("posts/a/index.html#x"), make_route(Kind::Post, "a", 1, "x"));
  EXPECT_EQ(parse_route("posts/a"), make_route(Kind::Post, "a"));
  EXPECT_EQ(parse_route("tags/a"), make_route(Kind::Tag, "a"));
  EXPECT_EQ(parse_route("tags/a/page/2"), make_route(Kind::Tag, "a", 2));
  EXPECT_EQ(parse_route("page/2"), make_route(Kind::List, "", 2));
}

TEST(Route, SlugsArePercentDecoded) {
  EXPECT_EQ(parse_route("posts/%E4%BD%A0%E5%A5%BD/"), make_route(Kind::Post, "你好"));
  EXPECT_EQ(parse_route("posts/100%25/"), make_route(Kind::Post, "100%"));
}

TEST(Route, EverythingElseIsUnknown) {
  const std::vector<std::string> paths = {
      "about/",          "feed.json",
      "posts/",          "posts",
      "posts//",         "tags/",
      "page/",           "page/0/",
      "page/1/",         "page/02/",
      "page/x/",         "page/2x/",
      "page/-2/",        "page/99999999999/",
      "posts/a//b/",     "posts/../octavo",
      "posts/./",        "posts/%2e%2e/b/",
      "tags/a/page/1/",  "tags/a/b/",
      "archive/page/2/", "archive/2024/5/",
      "tags/a/page/2/x", "posts/a?q=1",
      "posts/%ff/",      "posts/%00/",
      "posts/a%5cb/",    "posts/index.html",
      "/posts/a/",       "https://example.org/",
      "xindex.html",     "Posts/a/",
      "posts/a%0Ab/",    "//example.org/",
  };
  for (const std::string& path : paths) EXPECT_EQ(parse_route(path).kind, Kind::Unknown) << path;
}

TEST(Route, PathAndBackIsTheSame) {
  const std::vector<Route> routes = {
      make_route(Kind::List, ""),
      make_route(Kind::List, "", 7),
      make_route(Kind::List, "", 1, "a b#c"),
      make_route(Kind::Post, "hello"),
      make_route(Kind::Post, "2010/05/he llo?#%"),
      make_route(Kind::Post, "page/2"),
      make_route(Kind::Post, "שלום", 1, "סעיף"),
      make_route(Kind::Tag, "c++"),
      make_route(Kind::Archive, ""),
      make_route(Kind::Year, "2024", 3),
      make_route(Kind::Author, "ann-doe"),
      make_route(Kind::Series, "parts", 2),
      make_route(Kind::Tag, "page", 4294967295U, "x"),
  };
  for (const Route& route : routes) {
    EXPECT_EQ(parse_route(route_path(route)), route) << route_path(route);
  }
}

TEST(Route, PathsAreCanonical) {
  EXPECT_EQ(route_path(parse_route("index.html")), "");
  EXPECT_EQ(route_path(parse_route("posts/a")), "posts/a/");
  EXPECT_EQ(route_path(parse_route("tags/a/page/2#b")), "tags/a/page/2/#b");
}

}  // namespace
}  // namespace octavo
