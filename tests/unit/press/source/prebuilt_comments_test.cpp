// Comments beside a post: their order, and what strangers may have written into them.
#include "press/source/prebuilt_comments.h"

#include <gmock/gmock.h>

#include "press/base/gumbo_parser.h"

namespace octavo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> ids(const std::vector<PrebuiltComment>& comments) {
  std::vector<std::string> out;
  for (const PrebuiltComment& comment : comments) out.push_back(comment.id);
  return out;
}

PrebuiltComment harmless(PrebuiltComment comment) {
  std::vector<PrebuiltComment> comments{std::move(comment)};
  GumboParser parser;
  sanitize_comments(comments, parser);
  return comments.front();
}

TEST(PrebuiltComments, RepliesFollowWhatTheyAnswerAndSiblingsTheirDates) {
  Diagnostics diagnostics;
  const auto comments = parse_prebuilt_comments(R"({"comments": [
    {"id": "late", "date": "2020-01-05T00:00:00Z", "text": "x"},
    {"id": "answer", "parent": "early", "date": "2020-01-06T00:00:00Z", "text": "x"},
    {"id": "undated", "text": "x"},
    {"id": "early", "date": "2020-01-02T00:00:00Z", "text": "x"},
    {"id": "circle", "parent": "circle", "date": "2020-01-01T00:00:00Z", "text": "x"}]})",
                                                "a.comments.json", diagnostics);
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_THAT(ids(comments), ElementsAre("early", "answer", "late", "undated", "circle"));
  EXPECT_EQ(comments[1].parent, "early");
  EXPECT_EQ(comments[4].parent, "");
}

TEST(PrebuiltComments, NothingOfAStrangerReachesAPageUnchecked) {
  PrebuiltComment comment;
  comment.author = "Ann\u202Egro.live";
  comment.author_url = "javascript:alert(1)";
  comment.kind = "evil";
  comment.markdown =
      "![a cat](https://tracker.example/cat.png) [x](javascript:alert(1)) [y](posts/b/) [z](https://z.example/)\n\n"
      "<script>alert(1)</script><img src=x onerror=alert(1)>\n\n# Big";
  const PrebuiltComment safe = harmless(comment);
  EXPECT_EQ(safe.author, "Anngro.live");
  EXPECT_EQ(safe.author_url, "");
  EXPECT_EQ(safe.kind, "");
  EXPECT_THAT(safe.markdown, HasSubstr("[a cat](https://tracker.example/cat.png)"));
  EXPECT_THAT(safe.markdown, HasSubstr("[z](https://z.example/)"));
  for (const char* evil : {"![", "javascript:", "posts/b/", "<script", "<img", "onerror"}) {
    EXPECT_THAT(safe.markdown, Not(HasSubstr(evil)));
  }
}

TEST(PrebuiltComments, WhatIsHarmlessStaysAsItIs) {
  PrebuiltComment comment;
  comment.author = "Ann";
  comment.author_url = "https://ann.example/";
  comment.kind = "pingback";
  comment.markdown = "**Yes**, and `no`.\n\n> quoted\n\n- one\n- two\n\n```\ncode <b>\n```";
  const PrebuiltComment once = harmless(comment);
  EXPECT_EQ(once.author_url, "https://ann.example/");
  EXPECT_EQ(once.kind, "pingback");
  EXPECT_THAT(once.markdown, HasSubstr("**Yes**, and `no`."));
  EXPECT_EQ(harmless(once).markdown, once.markdown);
}

}  // namespace
}  // namespace octavo
