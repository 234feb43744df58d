// What a post's file supplies where its front matter has no value.
#include "press/source/post_source.h"

#include <gmock/gmock.h>

namespace octavo {
namespace {

std::string messages(const PostSource& post) {
  std::string text;
  for (const Diagnostic& diagnostic : post.diagnostics.items()) text += diagnostic.text() + "\n";
  return text;
}

PostSource read(std::string_view text, const std::string& relative = "2020-02-03-a-post.md") {
  return parse_post_source(text, "content/" + relative, relative);
}

std::string date_text(const PostSource& post) {
  return post.date ? format_iso_date(*post.date) : "none";
}

TEST(PostSource, MissingTitleUsesFirstHeadingAndDoesNotRepeatIt) {
  const PostSource post = read("---\ntags: [a]\n---\n\nIntro.\n\n## The *title*\n\nText.\n");
  EXPECT_EQ(post.title, "The title");
  EXPECT_EQ(post.markdown, "Intro.\n\n\n\nText.\n");
  EXPECT_EQ(post.first_line, 5U);
}

TEST(PostSource, UnderlinedHeadingKeepsLineNumbers) {
  const PostSource post = read("Title\n=====\n\nText.\n");
  EXPECT_EQ(post.title, "Title");
  EXPECT_EQ(post.markdown, "Text.\n");
  EXPECT_EQ(post.first_line, 4U);
}

TEST(PostSource, HeadingInsideCodeIsNotTheTitle) {
  const PostSource post = read("```\n# Same\n```\n\n# Same\n");
  EXPECT_EQ(post.title, "Same");
  EXPECT_NE(post.markdown.find("# Same"), std::string::npos);
}

TEST(PostSource, GivenTitleKeepsHeading) {
  EXPECT_EQ(read("---\ntitle: A\n---\n# B\n").markdown, "# B\n");
}

TEST(PostSource, MissingTitleUsesFileName) {
  EXPECT_EQ(read("Text.\n").title, "a post");
}

TEST(PostSource, TextIsTakenUpToTheLimitAndRefusedOneByteAboveIt) {
  const std::string head = "---\ntitle: Long\n---\n";
  const PostSource whole = read(head + std::string(kMaxPostBytes, 'a'));
  EXPECT_TRUE(whole.is_usable) << messages(whole);
  EXPECT_EQ(whole.markdown.size(), kMaxPostBytes);
  const PostSource above = read(head + std::string(kMaxPostBytes + 1, 'a'));
  EXPECT_FALSE(above.is_usable);
  EXPECT_EQ(messages(above),
            "content/2020-02-03-a-post.md:4:1: error: The text has 16777217 bytes. A post may have 16 MiB (16777216 bytes); "
            "split it into several posts.\n");
}

struct NameCase {
  const char* front_matter;
  const char* relative;
  const char* date;
  const char* slug;
};

class PostSourceName : public testing::TestWithParam<NameCase> {};

TEST_P(PostSourceName, GivesDateAndSlug) {
  const PostSource post = read(std::string("---\n") + GetParam().front_matter + "\n---\nText.\n", GetParam().relative);
  EXPECT_TRUE(post.is_usable) << messages(post);
  EXPECT_EQ(date_text(post), GetParam().date);
  EXPECT_EQ(post.slug, GetParam().slug);
}

INSTANTIATE_TEST_SUITE_P(
    Chain, PostSourceName,
    testing::Values(NameCase{"title: a", "2020-02-03-hello.md", "2020-02-03", "hello"},
                    NameCase{"title: a", "x/2020-02-03-hello/index.md", "2020-02-03", "hello"},
                    NameCase{"title: a", "2020-02-03.md", "2020-02-03", "2020-02-03"},
                    NameCase{"title: a", "hello.markdown", "none", "hello"}, NameCase{"title: a", "index.md", "none", "index"},
                    NameCase{"title: a", "1.0-Timeline.md", "none", "1.0-Timeline"},
                    NameCase{"date: 2021-01-01", "2020-02-03-hello.md", "2021-01-01", "hello"},
                    NameCase{"path: 2014/12/12/One", "2020-02-03-hello.md", "2014-12-12", "2014/12/12/One"},
                    NameCase{"path: /inside/2014/12/12/One/", "hello.md", "2014-12-12", "inside/2014/12/12/One"},
                    NameCase{"slug: b\npath: 2014/12/12/One", "hello.md", "2014-12-12", "b"},
                    NameCase{"publishDate: 2022-02-02", "hello.md", "2022-02-02", "hello"}));

TEST(PostSource, DateInNameThatDoesNotExistLeavesOut) {
  const PostSource post = read("Text.\n", "2023-02-29-hello.md");
  EXPECT_FALSE(post.is_usable);
  EXPECT_THAT(messages(post), testing::HasSubstr("error: The date 2023-02-29 does not exist"));
}

TEST(PostSource, UnusableSlugsAreReported) {
  for (const char* slug : {"../up", "a/../b", "a//b", ".hidden", "a/index.html", "a\\b", "what?", "a:b"}) {
    const PostSource post = read(std::string("---\ntitle: a\nslug: '") + slug + "'\n---\n");
    EXPECT_FALSE(post.is_usable) << slug;
    EXPECT_THAT(messages(post), testing::HasSubstr("content/2020-02-03-a-post.md:3:7: error: ")) << slug;
  }
}

TEST(PostSource, JekyllDraftsFolderHides) {
  EXPECT_TRUE(read("Text.\n", "_drafts/a.md").draft);
  EXPECT_FALSE(read("Text.\n", "posts/_drafts.md").draft);
}

TEST(PostSource, ByteOrderMarkIsSkippedAndBadUtf8RepairedWithItsPlace) {
  const PostSource post = read(
      "\xEF\xBB\xBF---\ntitle: A\n---\nab\xFF"
      "c\n");
  EXPECT_EQ(post.title, "A");
  EXPECT_EQ(post.markdown,
            "ab\xEF\xBF\xBD"
            "c\n");
  EXPECT_THAT(messages(post), testing::HasSubstr("content/2020-02-03-a-post.md:4:3: warning: This is not UTF-8"));
}

TEST(PostSource, UndatedPostIsNoted) {
  EXPECT_THAT(messages(read("Text.\n", "a.md")), testing::HasSubstr("content/a.md: note: The post has no date"));
}

}  // namespace
}  // namespace octavo
