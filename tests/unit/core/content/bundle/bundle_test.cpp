// The bundle and JSON Feed: equal bytes after a round trip, and an Error, never a crash, for everything else.
#include "core/content/bundle/bundle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/content/bundle/bundle_format.h"
#include "core/content/markdown/markdown.h"
#include "support/test_paths.h"

namespace octavo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kHash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

PostSummary full_row() {
  PostSummary row;
  row.slug = "2010/hello-wörld";
  row.title = "Hello </script> & \"world\"";
  row.summary = "First.\nSecond.";
  row.published = parse_date_time("2010-05-14T09:30:00+02:00");
  row.modified = parse_date_time("2011-01-01T00:00:00Z");
  row.tags = {"News", "C++"};
  row.authors = {"Ann", "Bob"};
  row.image = ImageInfo{"media/a.png", "An image", 640, 480};
  row.words = 123;
  row.language = "de";
  row.body = {"bundle/posts/2010/hello.abc.json", kHash};
  return row;
}

SiteInfo full_site() {
  SiteInfo site;
  site.title = "A blog";
  site.description = "About things";
  site.home_page_url = "https://example.org/blog/";
  site.authors = {{"Ann", "https://example.org/ann", "media/ann.png"}, {"Bob", "", ""}};
  site.menu = {{"About", "posts/about/"}};
  site.links = {{"Elsewhere", "https://example.net/"}};
  site.theme = Theme::Sepia;
  site.comments = {"https://example.org/comments", "remark42", "blog"};
  return site;
}

// A head, a part and a row file in one, which the type allows.
IndexFile full_index() {
  IndexFile index;
  PostSummary bare;
  bare.slug = "bare";
  index.posts = {full_row(), bare};
  index.first_row = 128;
  index.files = {{"bundle/rows-9.abc.json", kHash}, {"bundle/rows-10.def.json", kHash}};
  index.slug_fingerprints = slug_fingerprint("2010/hello-wörld") + slug_fingerprint("bare");
  index.group_counts = {2, 0, 70000};
  index.site = full_site();
  using Kind = GroupInfo::Kind;
  index.groups = {{"News", "news", 2},
                  {"C++", "c", 1},
                  {"2010", "2010", 2, Kind::Year},
                  {"Ann", "ann", 1, Kind::Author},
                  {"Parts", "parts", 2, Kind::Series}};
  index.group_rows = {{Kind::Tag, "c", {0}},
                      {Kind::Tag, "news", {0, 127}},
                      {Kind::Year, "2010", {0, 1}},
                      {Kind::Author, "ann", {1}},
                      {Kind::Series, "parts", {0, 1}}};
  PostSummary page;
  page.slug = "about";
  page.title = "About";
  index.pages = {page};
  index.hyphenation = {{"en", {"bundle/hyphenation/en.abc.txt", kHash}}};
  return index;
}

BundleManifest full_manifest() {
  BundleManifest manifest{kBundleVersion, "Octavo 0.1", {"bundle/index.abc.json", kHash}};
  manifest.total_rows = 129;
  manifest.parts = {{"bundle/index-1.abc.json", kHash}, {"bundle/index-2.abc.json", kHash}};
  return manifest;
}

Post full_post() {
  Post post;
  post.summary = full_row();
  post.summary.body = {};
  post.markdown = "# Hi\n\n![x](a.png) \u2028 [y](other.md)\n";
  post.images = {{"a.png", {"media/a.1.png", "", 10, 20, 2}}, {"b.png", {"https://example.org/b.png", "B", 0, 0}}};
  post.links = {{"other.md", "posts/other/"}, {"other.md#x", "posts/other/#x"}};
  post.code_runs = {"k3p1", "", "c9"};
  post.older = Neighbor{"before", "Before"};
  post.newer = Neighbor{"a/b", ""};
  post.related = {{{"like", "Like it"}, {"News", "C++"}}, {{"near", "Near"}, {}}};
  post.series = SeriesPart{"Parts", "parts", 2, 3};
  post.comments = {{"7", "", "Ann", "https://example.org/", parse_date_time("2010-05-15T00:00:00Z"), "", "*Hi*"},
                   {"8", "7", "", "", std::nullopt, "pingback", "There"}};
  post.thread = "12";
  post.id = "https://example.org/?p=7";
  post.is_page = true;
  return post;
}

// ---- Round trips ------------------------------------------------------------------------------------------------------

TEST(Bundle, ManifestRoundTrip) {
  const std::string text = write_manifest(full_manifest());
  const auto parsed = parse_manifest(text, "octavo.json");
  ASSERT_TRUE(parsed.ok()) << parsed.error().text();
  EXPECT_EQ(parsed->generator, "Octavo 0.1");
  EXPECT_EQ(parsed->index.url, "bundle/index.abc.json");
  EXPECT_EQ(parsed->index.integrity, kHash);
  EXPECT_EQ(parsed->total_rows, 129U);
  ASSERT_EQ(parsed->parts.size(), 2U);
  EXPECT_EQ(parsed->parts[1].url, "bundle/index-2.abc.json");
  EXPECT_EQ(write_manifest(*parsed), text);
  BundleManifest empty;
  empty.index = {"a", ""};
  EXPECT_EQ(write_manifest(empty), "{\n  \"version\": 2,\n  \"index\": {\n    \"url\": \"a\"\n  },\n  \"total_rows\": 0\n}\n");
}

TEST(Bundle, IndexRoundTrip) {
  const std::string text = write_index_file(full_index());
  const auto parsed = parse_index_file(text, "index.json");
  ASSERT_TRUE(parsed.ok()) << parsed.error().text();
  EXPECT_EQ(write_index_file(*parsed), text);
  ASSERT_EQ(parsed->posts.size(), 2u);
  const PostSummary& row = parsed->posts[0];
  EXPECT_EQ(row.slug, "2010/hello-wörld");
  EXPECT_EQ(row.title, "Hello </script> & \"world\"");
  EXPECT_EQ(row.published->offset_minutes, 120);
  EXPECT_EQ(row.image->height, 480u);
  EXPECT_EQ(row.body.integrity, kHash);
  EXPECT_EQ(parsed->posts[1].published, std::nullopt);
  EXPECT_EQ(parsed->site->theme, Theme::Sepia);
  EXPECT_EQ(parsed->site->menu[0].url, "posts/about/");
  EXPECT_EQ(parsed->site->comments.site, "blog");
  ASSERT_EQ(parsed->group_rows.size(), 5u);
  EXPECT_EQ(parsed->group_rows[1].slug, "news");
  EXPECT_THAT(parsed->group_rows[1].rows, ElementsAre(0U, 127U));
  EXPECT_EQ(parsed->group_rows[4].kind, GroupInfo::Kind::Series);
  EXPECT_EQ(parsed->slug_fingerprints, full_index().slug_fingerprints);
  EXPECT_THAT(parsed->group_counts, ElementsAre(2U, 0U, 70000U));
  EXPECT_EQ(parsed->hyphenation[0].language, "en");
  ASSERT_EQ(parsed->groups.size(), 5u);
  EXPECT_EQ(parsed->groups[2].kind, GroupInfo::Kind::Year);
  EXPECT_EQ(parsed->groups[4].kind, GroupInfo::Kind::Series);
  ASSERT_EQ(parsed->pages.size(), 1u);
  EXPECT_EQ(parsed->pages[0].title, "About");
  ASSERT_EQ(parsed->files.size(), 2u);
  EXPECT_EQ(parsed->files[1].url, "bundle/rows-10.def.json");
  EXPECT_EQ(parsed->first_row, 128U);
}

TEST(Bundle, EmptyMembersAreLeftOut) {
  IndexFile index;
  PostSummary row;
  row.slug = "a";
  row.title = "A";
  index.posts = {row};
  EXPECT_EQ(write_index_file(index), R"({"version":2,"posts":[{"slug":"a","title":"A"}]})");
  EXPECT_EQ(write_index_file({}), R"({"version":2})");
}

TEST(Bundle, PostRoundTrip) {
  const std::string text = write_post(full_post());
  const auto parsed = parse_post(text, "post.json");
  ASSERT_TRUE(parsed.ok()) << parsed.error().text();
  EXPECT_EQ(write_post(*parsed), text);
  EXPECT_EQ(parsed->markdown, full_post().markdown);
  EXPECT_THAT(parsed->code_runs, ElementsAre("k3p1", "", "c9"));
  EXPECT_EQ(parsed->summary.image->alt, "An image");
  EXPECT_EQ(parsed->images.at("a.png").width, 10u);
  EXPECT_EQ(parsed->links.at("other.md#x"), "posts/other/#x");
  EXPECT_THAT(parsed->summary.authors, ElementsAre("Ann", "Bob"));
  EXPECT_EQ(parsed->newer->slug, "a/b");
  EXPECT_THAT(parsed->related.at(0).shared_tags, ElementsAre("News", "C++"));
  EXPECT_EQ(parsed->series->part, 2u);
  EXPECT_EQ(parsed->comments.at(1).parent, "7");
  EXPECT_EQ(parsed->thread, "12");
  EXPECT_EQ(parsed->id, "https://example.org/?p=7");
  EXPECT_TRUE(parsed->is_page);
}

TEST(Bundle, HtmlPostRoundTrip) {
  Post post = full_post();
  post.markdown.clear();
  post.html = "<p>Hi &amp; bye</p>";
  const std::string text = write_post(post);
  EXPECT_THAT(text, HasSubstr("\"content_html\""));
  const auto parsed = parse_post(text, "post.json");
  ASSERT_TRUE(parsed.ok()) << parsed.error().text();
  EXPECT_EQ(parsed->html, post.html);
  EXPECT_EQ(write_post(*parsed), text);
}

TEST(Bundle, EmptyPostRoundTrip) {
  Post post;
  post.summary.slug = "empty";
  const auto parsed = parse_post(write_post(post), "post.json");
  ASSERT_TRUE(parsed.ok()) << parsed.error().text();
  EXPECT_EQ(write_post(*parsed), write_post(post));
}

TEST(Bundle, UnknownMembersAreIgnored) {
  const auto parsed =
      parse_index_file(R"({"version":2,"later":{"x":[1]},"first_row":0,"posts":[{"slug":"a","title":"A","mood":7}]})", "i");
  ASSERT_TRUE(parsed.ok()) << parsed.error().text();
  EXPECT_EQ(parsed->posts.size(), 1u);
}

TEST(Bundle, AThemeOfALaterVersionIsTheSystems) {
  std::string index = write_index_file(full_index());
  const std::string_view known = R"("theme":"sepia")";
  const std::size_t at = index.find(known);
  ASSERT_NE(at, std::string::npos);
  const auto parsed = parse_index_file(index.replace(at, known.size(), R"("theme":"midnight")"), "i");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->site->theme, Theme::System);
}

TEST(Bundle, AByteOrderMarkIsSkipped) {
  EXPECT_TRUE(parse_index_file("\xEF\xBB\xBF" + write_index_file(full_index()), "i").ok());
}

// ---- Hostile bytes ----------------------------------------------------------------------------------------------------

TEST(Bundle, EveryTruncationIsAnError) {
  const std::string index = write_index_file(full_index());
  for (std::size_t length = 0; length < index.size(); ++length) {
    const auto parsed = parse_index_file(std::string_view(index).substr(0, length), "index.json");
    ASSERT_FALSE(parsed.ok()) << length;
    ASSERT_EQ(parsed.error().code, ErrorCode::BadSyntax);
    ASSERT_THAT(parsed.error().where, StartsWith("index.json:1:"));
  }
  const std::string post = write_post(full_post());
  for (std::size_t length = 0; length < post.size(); ++length) {
    ASSERT_FALSE(parse_post(std::string_view(post).substr(0, length), "p").ok()) << length;
  }
}

TEST(Bundle, EveryFlippedByteIsReadOrRefusedButNeverCrashes) {
  const std::string index = write_index_file(full_index());
  std::size_t refused = 0;
  for (std::size_t at = 0; at < index.size(); ++at) {
    for (const char replacement : {'\0', '"', '9', '\xFF'}) {
      std::string damaged = index;
      damaged[at] = replacement;
      const auto parsed = parse_index_file(damaged, "i");
      if (parsed.ok()) continue;
      ++refused;
      EXPECT_FALSE(parsed.error().message.empty());
    }
  }
  EXPECT_GT(refused, index.size());
}

TEST(Bundle, DeepNestingNulAndDuplicatesAreErrors) {
  for (const std::string& text :
       {std::string(100000, '['), std::string(100000, '{'), write_index_file(full_index()) + '\0',
        write_index_file(full_index()) + std::string("\0garbage", 8), std::string(R"({"version":1,"version":1})")}) {
    EXPECT_FALSE(parse_manifest(text, "f").ok());
    EXPECT_FALSE(parse_index_file(text, "f").ok());
    EXPECT_FALSE(parse_post(text, "f").ok());
    Diagnostics diagnostics;
    EXPECT_FALSE(parse_json_feed(text, "f", diagnostics).ok());
    EXPECT_FALSE(is_json_feed(text));
  }
}

TEST(Bundle, ANewerVersionSaysWhatToDo) {
  for (const char* text : {R"({"version":3})", R"({"version":3,"posts":"changed"})"}) {
    const auto index = parse_index_file(text, "index.json");
    ASSERT_FALSE(index.ok());
    EXPECT_EQ(index.error().code, ErrorCode::TooNew);
    EXPECT_THAT(index.error().message, HasSubstr("Reload the page"));
    EXPECT_THAT(index.error().message, HasSubstr("update Octavo"));
    EXPECT_EQ(index.error().where, "index.json");
    EXPECT_EQ(parse_manifest(text, "f").error().code, ErrorCode::TooNew);
  }
  EXPECT_EQ(parse_post(R"({"_octavo":{"version":3}})", "f").error().code, ErrorCode::TooNew);
}

struct BadFile {
  const char* text;
  const char* message;
};

TEST(Bundle, BadManifestsAreNamed) {
  const BadFile cases[] = {
      {"[]", "The file must be an object, not an array."},
      {"1", "The file must be an object, not a number."},
      {"{}", "version is missing."},
      {R"({"version":"1"})", "version must be a number, not text."},
      {R"({"version":null})", "version must be a number, not null."},
      {R"({"version":1.5})", "version must be a whole number"},
      {R"({"version":-1})", "version must be a whole number"},
      {R"({"version":0})", "version must be 1 or more."},
      {R"({"version":1})", "index is missing."},
      {R"({"version":1,"index":"x"})", "index must be an object, not text."},
      {R"({"version":1,"index":{}})", "index.url is missing."},
      {R"({"version":1,"index":{"url":7}})", "index.url must be text, not a number."},
      {R"({"version":1,"index":{"url":""}})", "index.url must be the address"},
      {R"({"version":1,"index":{"url":"https://example.org/x"}})", "index.url must be the address"},
      {R"({"version":1,"index":{"url":"//example.org/x"}})", "index.url must be the address"},
      {R"({"version":1,"index":{"url":"/x"}})", "index.url must be the address"},
      {R"({"version":1,"index":{"url":"a/../../x"}})", "index.url must be the address"},
      {R"({"version":1,"index":{"url":"a/%2E%2e/x"}})", "index.url must be the address"},
      {R"({"version":1,"index":{"url":"a\\x"}})", "index.url must be the address"},
      {R"({"version":1,"index":{"url":"a\nx"}})", "index.url must be the address"},
      {R"({"version":1,"index":{"url":"java\nscript:x"}})", "index.url must be the address"},
      {R"({"version":1,"index":{"url":"a","integrity":"md5-x"}})", "index.integrity must be"},
      {R"({"version":1,"index":{"url":"a","integrity":"sha256-"}})", "index.integrity must be"},
      {R"({"version":1,"index":{"url":"a","integrity":"sha256-a b"}})", "index.integrity must be"},
      {R"({"version":1,"index":{"url":"a"}})", "total_rows is missing."},
      {R"({"version":1,"index":{"url":"a"},"total_rows":1})", "parts must be as many as total_rows need."},
      {R"({"version":1,"index":{"url":"a"},"total_rows":4294967295,"parts":[{"url":"b"}]})", "parts must be as many"},
      {R"({"version":1,"index":{"url":"a"},"total_rows":128,"parts":[{"url":"b"},{"url":"c"}]})", "parts must be as many"},
      {R"({"version":1,"index":{"url":"a"},"total_rows":1,"parts":[{}]})", "parts[0].url is missing."},
      {R"({"version":1,"generator":{},"index":{"url":"a"}})", "generator must be text, not an object."},
  };
  for (const BadFile& test : cases) {
    const auto parsed = parse_manifest(test.text, "octavo.json");
    ASSERT_FALSE(parsed.ok()) << test.text;
    EXPECT_EQ(parsed.error().code, ErrorCode::BadValue) << test.text;
    EXPECT_THAT(parsed.error().message, StartsWith(test.message)) << test.text;
    EXPECT_EQ(parsed.error().where, "octavo.json");
  }
}

TEST(Bundle, BadIndexMembersAreNamed) {
  const BadFile cases[] = {
      {R"("first_row":0,"posts":{})", "posts must be an array, not an object."},
      {R"("first_row":0,"posts":[1])", "posts[0] must be an object, not a number."},
      {R"("first_row":0,"posts":[{"title":"A"}])", "posts[0].slug is missing."},
      {R"("first_row":0,"posts":[{"slug":"a"}])", "posts[0].title is missing."},
      {R"("first_row":0,"posts":[{"slug":"a","title":""},{"slug":1}])", "posts[1].slug must be text, not a number."},
      {R"("first_row":0,"posts":[{"slug":"a","title":[]}])", "posts[0].title must be text, not an array."},
      {R"("first_row":0,"posts":[{"slug":"a","title":"","published":"soon"}])", "posts[0].published must be a date"},
      {R"("first_row":0,"posts":[{"slug":"a","title":"","published":5}])", "posts[0].published must be text"},
      {R"("first_row":0,"posts":[{"slug":"a","title":"","tags":["x",1]}])", "posts[0].tags[1] must be text"},
      {R"("first_row":0,"posts":[{"slug":"a","title":"","tags":"x"}])", "posts[0].tags must be an array"},
      {R"("first_row":0,"posts":[{"slug":"a","title":"","image":{}}])", "posts[0].image.url is missing."},
      {R"("first_row":0,"posts":[{"slug":"a","title":"","image":{"url":"x","width":"1"}}])",
       "posts[0].image.width must be a number, not text."},
      {R"("first_row":0,"posts":[{"slug":"a","title":"","words":-3}])", "posts[0].words must be a whole number"},
      {R"("first_row":0,"posts":[{"slug":"a","title":"","words":4294967296}])", "posts[0].words must be a whole"},
      {R"("first_row":0,"posts":[{"slug":"a","title":"","body":{"url":"../x"}}])", "posts[0].body.url must be"},
      {R"("first_row":true,"posts":[])", "first_row must be a number, not true."},
      {R"("first_row":0,"posts":[],"files":[{}])", "files[0].url is missing."},
      {R"("first_row":0,"posts":[],"files":"x")", "files must be an array, not text."},
      {R"("first_row":0,"posts":[],"site":[])", "site must be an object, not an array."},
      {R"("first_row":0,"posts":[],"site":{})", "site.title is missing."},
      {R"("first_row":0,"posts":[],"site":{"title":"","menu":[{"title":"x"}]})", "site.menu[0].url is missing."},
      {R"("first_row":0,"posts":[],"site":{"title":"","authors":[{}]})", "site.authors[0].name is missing."},
      {R"("first_row":0,"posts":[],"site":{"title":"","comments":{}})", "site.comments.endpoint is missing."},
      {R"("first_row":0,"posts":[],"tags":[{"slug":"a","count":1}])", "tags[0].name is missing."},
      {R"("first_row":0,"posts":[],"tags":[{"name":"A","slug":"..","count":1}])", "tags[0].slug must be a path"},
      {R"("files":[{"url":"a"},{"url":"a"},{"url":"a"},{"url":"a"},{"url":"a"},{"url":"a"},{"url":"a"},{"url":"a"},{"url":"a"}])",
       "files are more than a part has."},
      {R"("group_rows":[])", "group_rows must be an object, not an array."},
      {R"("group_rows":{"tags":[]})", "group_rows.tags must be an object, not an array."},
      {R"("group_rows":{"tags":{"a":1}})", "group_rows.tags.a must be an array, not a number."},
      {R"("group_rows":{"tags":{"a":["1"]}})", "group_rows.tags.a[0] must be a number, not text."},
      {R"("group_rows":{"tags":{"a":[128]}})", "group_rows.tags.a must be rows of this part"},
      {R"("group_rows":{"tags":{"a":[1,1]}})", "group_rows.tags.a must be rows of this part"},
      {R"("group_rows":{"series":{"a":[2,1]}})", "group_rows.series.a must be rows of this part"},
      {R"("slug_fingerprints":1)", "slug_fingerprints must be text, not a number."},
  };
  for (const BadFile& test : cases) {
    const std::string text = std::string("{\"version\":1,") + test.text + "}";
    const auto parsed = parse_index_file(text, "i");
    ASSERT_FALSE(parsed.ok()) << text;
    EXPECT_EQ(parsed.error().code, ErrorCode::BadValue) << text << parsed.error().text();
    EXPECT_THAT(parsed.error().message, StartsWith(test.message)) << text;
  }
}

TEST(Bundle, BadSlugsAreRefused) {
  std::vector<std::string> slugs = {"", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/./b", "a\\b", "a\nb", "a\x7f", "\t"};
  slugs.emplace_back("a\0b", 3);
  slugs.push_back(std::string(301, 'a'));
  for (const std::string& slug : slugs) {
    IndexFile index;
    index.posts.resize(1);
    index.posts[0].slug = slug;
    const auto parsed = parse_index_file(write_index_file(index), "i");
    ASSERT_FALSE(parsed.ok()) << slug;
    EXPECT_THAT(parsed.error().message, StartsWith("posts[0].slug must be a path"));
  }
  for (const std::string& slug : {std::string("a"), std::string("..a/b.."), std::string("ü/日本"), std::string(300, 'a')}) {
    Post post;
    post.summary.slug = slug;
    EXPECT_TRUE(parse_post(write_post(post), "p").ok()) << slug;
  }
}

TEST(Bundle, BadPostsAreNamed) {
  const BadFile cases[] = {
      {R"({})", "_octavo is missing."},
      {R"({"_octavo":1})", "_octavo must be an object, not a number."},
      {R"({"_octavo":{}})", "_octavo.version is missing."},
      {R"({"title":"","_octavo":{"version":1}})", "_octavo.slug is missing."},
      {R"({"_octavo":{"version":1,"slug":"a"}})", "title is missing."},
      {R"({"title":"","_octavo":{"version":1,"slug":"a"}})", "content_text is missing."},
      {R"({"title":"","content_text":1,"_octavo":{"version":1,"slug":"a"}})", "content_text must be text, not a number."},
      {R"({"title":"","content_text":"","_octavo":{"version":1,"slug":"a","format":"html"}})", "content_html is missing."},
      {R"({"title":"","content_text":"","_octavo":{"version":1,"slug":"a","format":"rst"}})", "_octavo.format must be"},
      {R"({"title":"","content_text":"","date_published":"x","_octavo":{"version":1,"slug":"a"}})",
       "date_published must be a date"},
      {R"({"title":"","content_text":"","authors":[{}],"_octavo":{"version":1,"slug":"a"}})", "authors[0].name is missing."},
      {R"({"title":"","content_text":"","_octavo":{"version":1,"slug":"a","images":{"x":1}}})",
       "_octavo.images.x must be an object"},
      {R"({"title":"","content_text":"","_octavo":{"version":1,"slug":"a","images":{"x":{}}}})",
       "_octavo.images.x.url is missing."},
      {R"({"title":"","content_text":"","_octavo":{"version":1,"slug":"a","links":{"x":1}}})", "_octavo.links.x must be text"},
      {R"({"title":"","content_text":"","_octavo":{"version":1,"slug":"a","links":{"x":"javascript:y"}}})",
       "_octavo.links must lead"},
      {R"({"title":"","content_text":"","_octavo":{"version":1,"slug":"a","code_runs":[1]}})",
       "_octavo.code_runs[0] must be text"},
  };
  for (const BadFile& test : cases) {
    const auto parsed = parse_post(test.text, "post.json");
    ASSERT_FALSE(parsed.ok()) << test.text;
    EXPECT_EQ(parsed.error().code, ErrorCode::BadValue) << test.text;
    EXPECT_THAT(parsed.error().message, StartsWith(test.message)) << test.text;
  }
}

TEST(Bundle, OversizedFilesAreRefusedEarly) {
  EXPECT_EQ(parse_manifest(std::string(1024 * 1024, ' '), "f").error().code, ErrorCode::TooLarge);
  EXPECT_EQ(parse_index_file(std::string(4 * 1024 * 1024 + 1, ' '), "f").error().code, ErrorCode::TooLarge);
  EXPECT_EQ(parse_post(std::string(kMaxPostFileBytes + 1, ' '), "f").error().code, ErrorCode::TooLarge);
  Post post;
  post.summary.slug = "a";
  post.markdown = std::string(kMaxPostBytes, '<');  // six times as many bytes when escaped
  EXPECT_TRUE(parse_post(write_post(post), "f").ok());
  post.markdown += 'x';
  const Error error = parse_post(write_post(post), "f").error();
  EXPECT_EQ(error.code, ErrorCode::TooLarge);
  EXPECT_EQ(error.message, "content_text is over 16 MiB; split the post.");
}

TEST(Bundle, AByteOrderMarkIsReadOverAndALoneSurrogateHasItsPlace) {
  Post post;
  post.summary.slug = "a";
  post.summary.title = "T";
  post.markdown = "end";
  const std::string json = write_post(post);
  EXPECT_TRUE(parse_post("\xEF\xBB\xBF" + json, "f").ok());
  for (const char* lone : {"\\ud800", "\\udc00", "\\ud800\\u0041"}) {
    std::string broken = "\n" + json;
    broken.replace(broken.find("end"), 3, lone);
    const auto parsed = parse_post("\xEF\xBB\xBF" + broken, "f");
    ASSERT_FALSE(parsed.ok()) << lone;
    EXPECT_EQ(parsed.error().code, ErrorCode::BadSyntax);
    EXPECT_TRUE(parsed.error().where.starts_with("f:2:")) << parsed.error().where;
  }
}

TEST(Bundle, AFullRowFileStaysNearItsBudget) {
  IndexFile index;
  for (std::size_t i = 0; i < kRowsPerFile; ++i) {
    PostSummary row = full_row();
    row.slug = "post-" + std::to_string(i);
    index.posts.push_back(row);
  }
  EXPECT_LT(write_index_file(index).size(), 8u * 1024);
  index.posts.push_back(full_row());
  EXPECT_EQ(parse_index_file(write_index_file(index), "i").error().message, "posts are more than a row file has.");
}

TEST(Bundle, GroupsAreShownByUseYearsFromTheNewestAndSeriesBySlug) {
  using Kind = GroupInfo::Kind;
  std::vector<GroupInfo> groups = {{"B", "b", 9, Kind::Series},
                                   {"A", "a", 1, Kind::Series},
                                   {"2023", "2023", 5, Kind::Year},
                                   {"2024", "2024", 1, Kind::Year},
                                   {"X", "x", 1},
                                   {"Y", "y", 2},
                                   {"W", "w", 1}};
  std::stable_sort(groups.begin(), groups.end(), is_shown_before);
  std::string order;
  for (const GroupInfo& group : groups) order += group.slug + " ";
  EXPECT_EQ(order, "y w x 2024 2023 a b ");
}

TEST(Bundle, SlugMarksAreSpreadAndStayTheSame) {
  EXPECT_EQ(slug_fingerprint(""), "gRy");  // the upper 18 bits of 0x811C9DC5
  std::set<std::string> marks;
  for (int i = 0; i < 1000; ++i) marks.insert(slug_fingerprint("post-" + std::to_string(i)));
  EXPECT_GT(marks.size(), 980U);
}

// ---- Schemas ----------------------------------------------------------------------------------------------------------

Json schema(const std::string& name) {
  std::ifstream file(assets_folder() + "/schemas/" + name, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto json = Json::parse(text, name);
  EXPECT_TRUE(json.ok()) << (json ? "" : json.error().text());
  return json ? *json : Json();
}

bool has_schema_type(const Json& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  return type == "integer" && value.is_number();
}

// The part of JSON Schema that says which members there are. Unlike in a validator, members that are not described fail.
void expect_described(const Json& value, Json rules, const Json& root, const std::string& path) {
  const std::string reference(rules.get("$ref").string());
  if (!reference.empty()) rules = root.get("$defs").get(reference.substr(reference.rfind('/') + 1));
  const bool is_enumeration = rules.get("enum").is_array();
  EXPECT_TRUE(is_enumeration || has_schema_type(value, rules.get("type").string())) << path;
  const Json required = rules.get("required");
  for (std::size_t i = 0; i < required.size(); ++i) EXPECT_TRUE(value.has(required.at(i).string())) << path;
  for (const auto& [name, member] : value.members()) {
    const Json named = rules.get("properties").get(name);
    expect_described(member, named.is_null() ? rules.get("additionalProperties") : named, root, path + "." + name);
  }
  const Json first = rules.get("prefixItems");
  for (std::size_t i = 0; i < value.size() && value.is_array(); ++i) {
    expect_described(value.at(i), i < first.size() ? first.at(i) : rules.get("items"), root,
                     path + "[" + std::to_string(i) + "]");
  }
}

void expect_matches_schema(const std::string& text, const std::string& name) {
  const auto json = Json::parse(text, name);
  ASSERT_TRUE(json.ok());
  expect_described(*json, schema(name), schema(name), name);
}

TEST(BundleSchemas, DescribeEverythingThatIsWritten) {
  Post html = full_post();
  html.html = "<p>x</p>";
  expect_matches_schema(write_manifest(full_manifest()), "manifest.schema.json");
  expect_matches_schema(write_index_file(full_index()), "index.schema.json");
  expect_matches_schema(write_post(full_post()), "post.schema.json");
  expect_matches_schema(write_post(html), "post.schema.json");
}

TEST(Bundle, Paths) {
  EXPECT_EQ(post_path("2010/hello wörld"), "posts/2010/hello%20w%C3%B6rld/");
  EXPECT_EQ(list_path(0), "");
  EXPECT_EQ(list_path(1), "");
  EXPECT_EQ(list_path(3), "page/3/");
  EXPECT_EQ(group_path(GroupInfo::Kind::Tag, "c++", 1), "tags/c%2B%2B/");
  EXPECT_EQ(group_path(GroupInfo::Kind::Series, "news", 2), "series/news/page/2/");
}

}  // namespace
}  // namespace octavo
