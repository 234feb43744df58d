// JSON Feed: other people's feeds opened, our own written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/content/bundle/bundle.h"
#include "core/content/markdown/markdown.h"

namespace octavo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

OpenedFeed opened(std::string_view text, std::size_t warnings = 0) {
  Diagnostics diagnostics;
  auto feed = parse_json_feed(text, "feed.json", diagnostics);
  EXPECT_TRUE(feed.ok()) << (feed ? "" : feed.error().text());
  EXPECT_EQ(diagnostics.items().size(), warnings) << (diagnostics.empty() ? "" : diagnostics.items()[0].text());
  return feed ? *feed : OpenedFeed();
}

std::string feed_of(const std::string& items) {
  return R"({"version":"https://jsonfeed.org/version/1.1","title":"T","items":[)" + items + "]}";
}

std::vector<std::string> slugs(const OpenedFeed& feed) {
  std::vector<std::string> slugs;
  for (const Post& post : feed.posts) slugs.push_back(post.summary.slug);
  return slugs;
}

TEST(JsonFeed, TheSmallestValidFeedIsAnEmptySite) {
  const OpenedFeed feed = opened(R"({"version":"https://jsonfeed.org/version/1.1","title":"Mine","items":[]})");
  EXPECT_EQ(feed.site.title, "Mine");
  EXPECT_EQ(feed.site.language, "en");
  EXPECT_TRUE(feed.posts.empty());
  EXPECT_TRUE(feed.posts.empty());
}

TEST(JsonFeed, AVersionOneFeedWithEverything) {
  const OpenedFeed feed = opened(R"({
    "version": "https://jsonfeed.org/version/1", "title": "Notes", "home_page_url": "https://example.org/",
    "description": "About notes", "author": {"name": "Ann", "url": "https://example.org/ann"}, "unknown": [1],
    "items": [
      {"id": 42, "url": "https://example.org/posts/2019/first%20note/", "title": "First", "content_html": "<p>Two words</p>",
       "content_text": "Two words", "summary": "S", "image": "https://example.org/i.png", "date_published": "2019-01-02T03:04:05-07:00",
       "date_modified": "2019-02-01T00:00:00Z", "author": {"name": "Bob"}, "tags": ["a", "b", "a"], "language": "fr"}
    ]})");
  EXPECT_EQ(feed.site.description, "About notes");
  EXPECT_EQ(feed.site.home_page_url, "https://example.org/");
  EXPECT_EQ(feed.site.authors.at(0).name, "Ann");
  ASSERT_EQ(feed.posts.size(), 1u);
  const Post& post = feed.posts[0];
  EXPECT_EQ(post.summary.slug, "2019/first note");
  EXPECT_EQ(post.html, "<p>Two words</p>");
  EXPECT_EQ(post.markdown, "");
  EXPECT_EQ(post.summary.words, 2u);
  EXPECT_EQ(post.summary.published->offset_minutes, -420);
  EXPECT_THAT(post.summary.authors, ElementsAre("Bob"));
  EXPECT_THAT(post.summary.tags, ElementsAre("a", "b"));
  EXPECT_EQ(post.summary.image->url, "https://example.org/i.png");
  EXPECT_EQ(post.summary.language, "fr");
  EXPECT_EQ(feed.posts[0].summary.slug, post.summary.slug);
}

TEST(JsonFeed, PlainTextBecomesMarkdown) {
  const OpenedFeed feed = opened(feed_of(R"({"id":"1","title":"A","content_text":"one two three"})"));
  EXPECT_EQ(feed.posts.at(0).markdown, "one two three");
  EXPECT_EQ(feed.posts.at(0).summary.words, 3u);
}

TEST(JsonFeed, NewestFirstAndUndatedLastInTheirOrder) {
  const OpenedFeed feed = opened(feed_of(R"(
    {"id":"1","title":"no date one","content_text":"x"},
    {"id":"2","title":"old","content_text":"x","date_published":"2001-01-01T00:00:00Z"},
    {"id":"3","title":"no date two","content_text":"x"},
    {"id":"4","title":"new","content_text":"x","date_published":"2020-01-01T00:00:00Z"})"));
  EXPECT_THAT(slugs(feed), ElementsAre("new", "old", "no-date-one", "no-date-two"));
}

TEST(JsonFeed, AddressesAreUniqueAndOlderPostsKeepTheirs) {
  const OpenedFeed feed = opened(feed_of(R"(
    {"id":"1","title":"News","content_text":"x","date_published":"2003-01-01"},
    {"id":"2","title":"News","content_text":"x","date_published":"2002-01-01"},
    {"id":"3","title":"News!","content_text":"x","date_published":"2001-01-01"},
    {"id":"4","title":"News 2","content_text":"x","date_published":"2000-01-01"})"));
  EXPECT_THAT(slugs(feed), ElementsAre("news-4", "news-3", "news", "news-2"));
}

TEST(JsonFeed, AddressesComeFromUrlTitleOrId) {
  const auto slug = [](const std::string& item) { return slugs(opened(feed_of(item))).at(0); };
  EXPECT_EQ(slug(R"({"id":"1","url":"https://x/blog/posts/a-b/?q#f","title":"T","content_text":"x"})"), "a-b");
  EXPECT_EQ(slug(R"({"id":"1","url":"https://x/posts/../../etc/","title":"T","content_text":"x"})"), "t");
  EXPECT_EQ(slug(R"({"id":"1","url":"https://x/posts/%2e%2e/","title":"T","content_text":"x"})"), "t");
  EXPECT_EQ(slug(R"({"id":"1","url":"https://x/posts/%ff/","title":"T","content_text":"x"})"), "t");
  EXPECT_EQ(slug(R"({"id":"1","url":"https://x/posts/","title":"T","content_text":"x"})"), "t");
  EXPECT_EQ(slug(R"({"id":"1","url":"https://x/2010/a/","title":"Hello There","content_text":"x"})"), "hello-there");
  EXPECT_EQ(slug(R"({"id":"Note 7","content_text":"x"})"), "note-7");
  EXPECT_EQ(slug(R"({"id":"Note 7","title":"🎉","content_text":"x"})"), "note-7");
  EXPECT_EQ(slug(R"({"id":"?","content_text":"x"})"), "post");
}

TEST(JsonFeed, UntitledItemsGetATitleFromTheirText) {
  const auto title = [](const std::string& item) { return opened(feed_of(item)).posts.at(0).summary.title; };
  EXPECT_EQ(title(R"({"id":"1","content_text":"## Short note\nmore"})"), "Short note");
  EXPECT_EQ(title(R"({"id":"1","summary":"Sum","content_html":"<p>x"})"), "Sum");
  EXPECT_EQ(title(R"({"id":"1","content_html":"<p>x","date_published":"2001-02-03"})"), "2001-02-03");
  EXPECT_EQ(title(R"({"id":"1","content_html":"<p>x"})"), "1");
  const std::string long_text(100, 'x');
  EXPECT_EQ(title(R"({"id":"1","content_text":")" + long_text + "\"}"), long_text.substr(0, 60) + "…");
}

TEST(JsonFeed, TagsAreCountedAndGetAddresses) {
  const OpenedFeed feed = opened(feed_of(R"(
    {"id":"1","title":"a","content_text":"x","tags":["C","C++","News"]},
    {"id":"2","title":"b","content_text":"x","tags":["News",7,""]},
    {"id":"3","title":"c","content_text":"x","tags":["🎉"]})"));
  ASSERT_EQ(feed.groups.size(), 4u);
  EXPECT_EQ(feed.groups[0].slug, "c");
  EXPECT_EQ(feed.groups[1].slug, "c-2");
  EXPECT_EQ(feed.groups[2].name, "News");
  EXPECT_EQ(feed.groups[2].count, 2u);
  EXPECT_EQ(feed.groups[3].slug, "tag");
}

TEST(JsonFeed, ItemsThatCannotBeReadAreSkippedWithAWarning) {
  const OpenedFeed feed = opened(feed_of(R"(
    {"title":"no id","content_text":"x"}, {"id":"","content_text":"x"}, {"id":"no content"}, 7, null, "text", [],
    {"id":"1","title":"good","content_text":"x","date_published":"yesterday"})"),
                                 8);
  EXPECT_THAT(slugs(feed), ElementsAre("good"));
  EXPECT_EQ(feed.posts[0].summary.published, std::nullopt);
}

TEST(JsonFeed, WrongTypesInFeedsOfOthersAreAbsent) {
  const OpenedFeed feed = opened(R"({"version":"https://jsonfeed.org/version/1.1","title":7,"authors":{},"author":[],"language":1,
    "items":[{"id":true,"content_text":"x"},{"id":"1","title":{},"content_text":"x","tags":"a","authors":[1],"image":5}]})",
                                 2);
  EXPECT_EQ(feed.site.title, "");
  EXPECT_THAT(slugs(feed), ElementsAre("1"));
}

TEST(JsonFeed, DangerousImagesAreDropped) {
  const OpenedFeed feed = opened(feed_of(
      R"({"id":"1","title":"a","content_text":"x","image":"java\nscript:x"},{"id":"2","title":"b","content_text":"x","banner_image":"b.png"})"));
  EXPECT_FALSE(feed.posts[0].summary.image);
  EXPECT_EQ(feed.posts[1].summary.image->url, "b.png");
}

TEST(JsonFeed, OurOwnItemsKeepEverything) {
  Post post;
  post.summary.slug = "a/b";
  post.summary.title = "T";
  post.markdown = "*Hi*";
  post.links = {{"x.md", "posts/x/"}};
  const OpenedFeed feed = opened(feed_of(write_post(post)));
  EXPECT_EQ(write_post(feed.posts.at(0)), write_post(post));
}

TEST(JsonFeed, ABrokenExtensionFallsBackToThePlainItem) {
  const OpenedFeed feed =
      opened(feed_of(R"({"id":"1","title":"Plain","content_text":"x","_octavo":{"version":9,"slug":"../x"}})"), 1);
  EXPECT_THAT(slugs(feed), ElementsAre("plain"));
}

TEST(JsonFeed, WhatIsNoFeedIsRefused) {
  struct {
    const char* text;
    ErrorCode code;
    const char* message;
  } const cases[] = {
      {"", ErrorCode::BadSyntax, "ends too early"},
      {"<rss>", ErrorCode::BadSyntax, "not valid JSON"},
      {"{}", ErrorCode::BadValue, "version"},
      {"[]", ErrorCode::BadValue, "version"},
      {R"({"version":1})", ErrorCode::BadValue, "version"},
      {R"({"version":"https://jsonfeed.org/version/2","items":[]})", ErrorCode::TooNew, "update Octavo"},
      {R"({"version":"https://jsonfeed.org/version/10","items":[]})", ErrorCode::TooNew, "update Octavo"},
      {R"({"version":"https://jsonfeed.org/version/1.1"})", ErrorCode::BadValue, "items must be an array, not null."},
      {R"({"version":"https://jsonfeed.org/version/1.1","items":{}})", ErrorCode::BadValue,
       "items must be an array, not an object."},
  };
  for (const auto& test : cases) {
    Diagnostics diagnostics;
    const auto feed = parse_json_feed(test.text, "f", diagnostics);
    ASSERT_FALSE(feed.ok()) << test.text;
    EXPECT_EQ(feed.error().code, test.code) << test.text;
    EXPECT_THAT(feed.error().message, HasSubstr(test.message)) << test.text;
  }
}

TEST(JsonFeed, IsRecognizedByItsVersion) {
  EXPECT_TRUE(is_json_feed(R"({"version":"https://jsonfeed.org/version/1","items":[]})"));
  EXPECT_TRUE(
      is_json_feed("\xEF\xBB\xBF"
                   R"({"items":[],"version":"https://jsonfeed.org/version/1.1"})"));
  EXPECT_FALSE(is_json_feed(R"({"version":1})"));
  EXPECT_FALSE(is_json_feed(R"(["https://jsonfeed.org/version/1"])"));
  EXPECT_FALSE(is_json_feed("https://jsonfeed.org/version/1"));
}

TEST(JsonFeed, ManyItemsWithOneTitleStayFast) {
  std::string items;
  for (int i = 0; i < 5000; ++i)
    items += std::string(i > 0 ? "," : "") + R"({"id":")" + std::to_string(i) + R"(","title":"News","content_text":"x"})";
  const OpenedFeed feed = opened(feed_of(items));
  EXPECT_EQ(feed.posts.front().summary.slug, "news-5000");
  EXPECT_EQ(feed.posts.back().summary.slug, "news");
}

TEST(JsonFeed, EveryTruncationIsAnError) {
  const std::string text = feed_of(R"({"id":"1","title":"é","content_text":"x","tags":["a"]})");
  for (std::size_t length = 0; length < text.size(); ++length) {
    Diagnostics diagnostics;
    ASSERT_FALSE(parse_json_feed(std::string_view(text).substr(0, length), "f", diagnostics).ok()) << length;
  }
}

SiteInfo site() {
  SiteInfo site;
  site.title = "Blog";
  site.description = "D";
  site.home_page_url = "https://example.org/blog";
  site.authors = {{"Ann", "", ""}};
  return site;
}

Post sample_post() {
  Post post;
  post.summary.slug = "2010/a b";
  post.summary.title = "A & B";
  post.summary.summary = "S";
  post.summary.published = parse_date_time("2010-05-14T09:30:00+02:00");
  post.summary.tags = {"x"};
  post.summary.authors = {"Bob"};
  post.summary.image = ImageInfo{"media/a.png", "alt", 1, 2};
  return post;
}

TEST(WriteJsonFeed, AddressesAreAbsoluteWhereTheSiteHasOne) {
  EXPECT_EQ(
      write_json_feed(site(), {sample_post()}, {"<p>Hi</p>"}),
      R"({"version":"https://jsonfeed.org/version/1.1","title":"Blog","home_page_url":"https://example.org/blog",)"
      R"("feed_url":"https://example.org/blog/feed.json","description":"D","language":"en","authors":[{"name":"Ann"}],"items":[)"
      R"({"id":"https://example.org/blog/posts/2010/a%20b/","url":"https://example.org/blog/posts/2010/a%20b/",)"
      R"("title":"A \u0026 B","content_html":"\u003cp\u003eHi\u003c/p\u003e","summary":"S",)"
      R"("image":"https://example.org/blog/media/a.png","date_published":"2010-05-14T09:30:00+02:00","authors":[{"name":"Bob"}],)"
      R"("tags":["x"]}]})");
}

TEST(WriteJsonFeed, WithoutAHomePageTheIdIsThePath) {
  SiteInfo homeless = site();
  homeless.home_page_url.clear();
  const std::string text = write_json_feed(homeless, {sample_post()}, {"x"});
  EXPECT_THAT(text, HasSubstr(R"("id":"posts/2010/a%20b/")"));
  EXPECT_EQ(text.find("feed_url"), std::string::npos);
  EXPECT_EQ(text.find("home_page_url"), std::string::npos);
}

TEST(WriteJsonFeed, CanBeOpenedAgainUnderTheSameAddresses) {
  const OpenedFeed feed = opened(write_json_feed(site(), {sample_post()}, {"<p>Hi</p>"}));
  EXPECT_THAT(slugs(feed), ElementsAre("2010/a b"));
  EXPECT_EQ(feed.posts.at(0).html, "<p>Hi</p>");
  EXPECT_EQ(feed.posts.at(0).summary.title, "A & B");
}

}  // namespace
}  // namespace octavo
