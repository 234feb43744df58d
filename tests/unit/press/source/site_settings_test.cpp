// octavo.toml, good and bad.
#include "press/source/site_settings.h"

#include <gmock/gmock.h>

namespace octavo {
namespace {

struct Read {
  SiteInfo site;
  std::string messages;
};

Read read(std::string_view toml) {
  Read result;
  Diagnostics diagnostics;
  result.site = parse_site_settings(toml, "octavo.toml", "Folder", diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.items()) result.messages += diagnostic.text() + "\n";
  return result;
}

TEST(SiteSettings, EveryKeyIsRead) {
  const Read result = read(R"(
title = "A blog"
description = "About"
language = "de"
home_page_url = "https://example.org/blog"
theme = "sepia"
authors = [{ name = "Ada", url = "https://example.org/ada", avatar = "ada.png" }]
[[menu]]
title = "About"
url = "posts/about/"
[[links]]
title = "News"
url = "https://example.org/news"
[comments]
endpoint = "https://example.org/comments"
engine = "isso"
)");
  EXPECT_EQ(result.messages, "");
  EXPECT_EQ(result.site.title, "A blog");
  EXPECT_EQ(result.site.description, "About");
  EXPECT_EQ(result.site.language, "de");
  EXPECT_EQ(result.site.home_page_url, "https://example.org/blog/");
  EXPECT_EQ(result.site.theme, Theme::Sepia);
  ASSERT_EQ(result.site.authors.size(), 1U);
  EXPECT_EQ(result.site.authors[0].avatar, "ada.png");
  ASSERT_EQ(result.site.menu.size(), 1U);
  EXPECT_EQ(result.site.menu[0].url, "posts/about/");
  ASSERT_EQ(result.site.links.size(), 1U);
  EXPECT_EQ(result.site.comments.endpoint, "https://example.org/comments");
  EXPECT_EQ(result.site.comments.engine, "isso");
}

TEST(SiteSettings, WithoutTitleTheFolderGivesIt) {
  EXPECT_EQ(read("").site.title, "Folder");
}

TEST(SiteSettings, BadValuesAreProblemsWithTheirPlace) {
  const Read result = read(
      "title = 7\nflavour = 'x'\ntheme = 'neon'\nhome_page_url = 'example.org'\nlinks = [{ title = 'x', url = 'javascript:x' "
      "}]\n");
  EXPECT_EQ(result.messages,
            "octavo.toml:1:9: error: `title` must be text, but is a number.\n"
            "octavo.toml:2:1: warning: `flavour` is not a known setting and is ignored.\n"
            "octavo.toml:3:9: error: `theme` is \"neon\", but must be one of: system, light, sepia, dark.\n"
            "octavo.toml:4:17: error: `home_page_url` must be an address like https://example.org/blog/.\n"
            "octavo.toml:5:31: error: `url` is not an address that a page may use: \"javascript:x\".\n");
  EXPECT_EQ(result.site.theme, Theme::System);
  EXPECT_EQ(result.site.title, "Folder");
}

TEST(SiteSettings, CommentsCanBeAtAnyEngineThatHasWhatItNeeds) {
  const Read word_press_com = read("[comments]\nengine = 'wordpress.com'\nsite = 'ann.example'\n");
  EXPECT_EQ(word_press_com.messages, "");
  EXPECT_EQ(word_press_com.site.comments.endpoint, "https://public-api.wordpress.com/rest/v1.1/");
  EXPECT_EQ(word_press_com.site.comments.site, "ann.example");
  EXPECT_EQ(
      read("home_page_url = 'https://b.example/'\n[comments]\nengine = 'remark42'\nendpoint = 'https://r.example/'\nsite = 'b'\n")
          .messages,
      "");
  EXPECT_EQ(read("[comments]\nengine = 'mastodon'\nendpoint = 'https://social.example/'\n").messages, "");
  EXPECT_EQ(read("[comments]\nprebuilt = 'server'\n").site.comments.prebuilt, PrebuiltPlace::Server);
  EXPECT_EQ(read("[comments]\nprebuilt = 'page'\n").site.comments.prebuilt, PrebuiltPlace::Page);
}

TEST(SiteSettings, AnEngineThatLacksWhatItNeedsIsAProblemAndTakesNoComments) {
  struct Case {
    const char* toml;
    const char* message;
  };
  const Case cases[] = {
      {"engine = 'wordpress'\n",
       "octavo.toml:1:1: error: The comment engine \"wordpress\" needs `endpoint`, the address of its interface"},
      {"engine = 'wordpress.com'\n",
       "octavo.toml:1:1: error: The comment engine \"wordpress.com\" needs `site`, its name for this blog"},
      {"engine = 'remark42'\nendpoint = 'https://r.example/'\nsite = 'b'\n",
       "octavo.toml:1:1: error: The comment engine \"remark42\" needs `home_page_url`"},
      {"engine = 'disqus'\n",
       "octavo.toml:2:10: error: `engine` is \"disqus\", but must be one of: octavo, wordpress, wordpress.com, isso, remark42, "
       "mastodon."},
      {"engine = 'wordpress'\nendpoint = 'https://b.example/?rest_route=/'\n",
       "octavo.toml:3:12: error: `endpoint` must end with a path, without \"?\""},
  };
  for (const Case& each : cases) {
    const Read result = read(std::string("[comments]\n") + each.toml);
    EXPECT_THAT(result.messages, testing::StartsWith(each.message));
    EXPECT_EQ(result.site.comments.endpoint, "");
  }
}

TEST(SiteSettings, SyntaxErrorHasItsPlace) {
  EXPECT_THAT(read("title = \"a\"\nlanguage = \n").messages, testing::StartsWith("octavo.toml:2:"));
}

}  // namespace
}  // namespace octavo
