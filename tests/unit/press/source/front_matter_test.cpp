// Front matter in its three formats, good and bad.
#include "press/source/front_matter.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace octavo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Read {
  ParsedFrontMatter parsed;
  std::vector<std::string> messages;

  const FrontMatter& front_matter() const { return parsed.front_matter; }
};

Read read(std::string_view text) {
  Read result;
  Diagnostics diagnostics;
  result.parsed = parse_front_matter(text, "a.md", diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.items()) result.messages.push_back(diagnostic.text());
  return result;
}

std::string date_text(const std::optional<DateTime>& date) {
  return date ? format_rfc3339(*date) : "none";
}

// ---- The same content in every format --------------------------------------------------------------------------------------

struct GoodCase {
  const char* name;
  const char* text;
  std::uint32_t body_first_line;
};

class GoodFrontMatter : public testing::TestWithParam<GoodCase> {};

TEST_P(GoodFrontMatter, IsReadAlikeInEveryFormat) {
  const Read result = read(GetParam().text);
  EXPECT_THAT(result.messages, IsEmpty());
  EXPECT_TRUE(result.parsed.is_usable);
  EXPECT_EQ(result.front_matter().title, "Ünder: the \"hood\"");
  EXPECT_EQ(date_text(result.front_matter().date), "2010-05-14T08:30:00+02:00");
  EXPECT_EQ(date_text(result.front_matter().updated), "2011-01-02T00:00:00Z");
  EXPECT_EQ(date_text(result.front_matter().expires), "2030-01-01T00:00:00Z");
  EXPECT_EQ(result.front_matter().slug, "hood");
  EXPECT_THAT(result.front_matter().tags, ElementsAre("stem cells", "research"));
  EXPECT_THAT(result.front_matter().authors, ElementsAre("Ada"));
  EXPECT_EQ(result.front_matter().summary, "Short.");
  EXPECT_EQ(result.front_matter().image, "a.png");
  EXPECT_EQ(result.front_matter().language, "de");
  EXPECT_TRUE(result.front_matter().draft);
  EXPECT_EQ(result.parsed.body, "Body.\n");
  EXPECT_EQ(result.parsed.body_first_line, GetParam().body_first_line);
}

constexpr const char* kYaml = R"(---
title: "Ünder: the \"hood\""
date: 2010-05-14T08:30:00+02:00
updated: 2011-01-02
slug: hood
tags: [stem cells, research]
author: Ada
description: Short.
draft: true
image: a.png
lang: de
expiryDate: 2030-01-01
layout: post
---
Body.
)";

constexpr const char* kToml = R"(+++
title = "Ünder: the \"hood\""
date = 2010-05-14T08:30:00+02:00
lastmod = 2011-01-02
slug = "hood"
authors = ["Ada"]
summary = "Short."
draft = true
image = "a.png"
language = "de"
expiry = 2030-01-01T00:00:00Z
[taxonomies]
tags = ["stem cells", "research"]
[extra]
anything = { at = "all" }
+++
Body.
)";

constexpr const char* kJson = R"({
  "title": "Ünder: the \"hood\"",
  "date": "2010-05-14T08:30:00+02:00",
  "updated": "2011-01-02", "slug": "hood",
  "tags": ["stem cells", "research"],
  "authors": [{"name": "Ada", "url": "https://example.org/"}],
  "summary": "Short.", "draft": true, "image": "a.png", "language": "de", "expiry": "2030-01-01"
}
Body.
)";

INSTANTIATE_TEST_SUITE_P(Formats, GoodFrontMatter,
                         testing::Values(GoodCase{"Yaml", kYaml, 15}, GoodCase{"Toml", kToml, 17}, GoodCase{"Json", kJson, 9}),
                         [](const auto& test_case) { return test_case.param.name; });

// ---- What is wrong, and where ----------------------------------------------------------------------------------------------

enum class Outcome { Usable, LeftOut };

struct BadCase {
  const char* name;
  const char* text;
  const char* message;  // begins with its place
  Outcome outcome;
};

class BadFrontMatter : public testing::TestWithParam<BadCase> {};

TEST_P(BadFrontMatter, IsReportedWithItsPlace) {
  const Read result = read(GetParam().text);
  ASSERT_EQ(result.messages.size(), 1U) << testing::PrintToString(result.messages);
  EXPECT_THAT(result.messages[0], testing::StartsWith(GetParam().message));
  EXPECT_EQ(result.parsed.is_usable, GetParam().outcome == Outcome::Usable);
}

INSTANTIATE_TEST_SUITE_P(
    Yaml, BadFrontMatter,
    testing::Values(
        BadCase{"UnknownKey", "---\ntitle: a\nflavour: b\n---\n", "a.md:3:1: warning: `flavour` is not", Outcome::Usable},
        BadCase{"TitleIsList", "---\ntitle: [a]\n---\n", "a.md:2:8: error: `title` must be text, but is a list", Outcome::Usable},
        BadCase{"ColumnInCodePoints", "---\n{slug: ü, title: [a]}\n---\n", "a.md:2:18: error: `title`", Outcome::Usable},
        BadCase{"NoSuchDay", "---\ndate: 2023-02-29\n---\n", "a.md:2:7: error: `date` is not a date", Outcome::LeftOut},
        BadCase{"DateIsTable", "---\ndate: {a: b}\n---\n", "a.md:2:7: error: `date` must be a date", Outcome::LeftOut},
        BadCase{"DraftIsUnclear", "---\ndraft: perhaps\n---\n", "a.md:2:8: error: `draft` must be true or false",
                Outcome::LeftOut},
        BadCase{"TwiceTheKey", "---\ndraft: true\nDraft: false\n---\n", "a.md:3:1: error: `Draft` appears twice",
                Outcome::LeftOut},
        BadCase{"Syntax", "---\ntitle: a\ntags: [a\n---\n", "a.md:", Outcome::LeftOut},
        BadCase{"NotATable", "---\njust text\n---\n", "a.md:2:1: error: The front matter is not", Outcome::LeftOut},
        BadCase{"Unclosed", "---\ntitle: a\n\ntext\n", "a.md:1:1: error: The front matter that begins here", Outcome::LeftOut},
        BadCase{"TagIsTable", "---\ntags: [{a: b}]\n---\n", "a.md:2:7: error: `tags` must be a list of texts", Outcome::Usable}),
    [](const auto& test_case) { return test_case.param.name; });

INSTANTIATE_TEST_SUITE_P(Toml, BadFrontMatter,
                         testing::Values(BadCase{"UnknownKey", "+++\ntitle = 'a'\n  flavour = 'b'\n+++\n",
                                                 "a.md:3:3: warning: `flavour`", Outcome::Usable},
                                         BadCase{"TitleIsNumber", "+++\ntitle = 7\n+++\n",
                                                 "a.md:2:9: error: `title` must be text, but is a number", Outcome::Usable},
                                         BadCase{"DraftIsNumber", "+++\ndraft = 1\n+++\n",
                                                 "a.md:2:9: error: `draft` must be true or false", Outcome::LeftOut},
                                         BadCase{"NoSuchDay", "+++\ndate = 2023-02-29\n+++\n", "a.md:2:", Outcome::LeftOut},
                                         BadCase{"Syntax", "+++\ntitle = 'a\n+++\n", "a.md:2:", Outcome::LeftOut},
                                         BadCase{"Unclosed", "+++\ntitle = 'a'\n",
                                                 "a.md:1:1: error: The front matter that begins here", Outcome::LeftOut}),
                         [](const auto& test_case) { return test_case.param.name; });

INSTANTIATE_TEST_SUITE_P(Json, BadFrontMatter,
                         testing::Values(BadCase{"UnknownKey", "{\n  \"title\": \"a\",\n  \"flavour\": [1, {\"x\": 2}]\n}\n",
                                                 "a.md:3:3: warning: `flavour`", Outcome::Usable},
                                         BadCase{"TitleIsBoolean", "{\"layout\": \"x\\\"y:\", \"title\": true}\n",
                                                 "a.md:1:30: error: `title` must be text, but is true or false", Outcome::Usable},
                                         BadCase{"NoSuchDay", "{\n\"date\": \"2023-02-29\"}\n",
                                                 "a.md:2:9: error: `date` is not a date", Outcome::LeftOut},
                                         BadCase{"Syntax", "{\"title\": \"a\",\n \"tags\": [}\n", "a.md:2:", Outcome::LeftOut},
                                         BadCase{"Unclosed", "{\"title\": \"a\",\n\nText.\n",
                                                 "a.md:1:1: error: The front matter that begins here", Outcome::LeftOut}),
                         [](const auto& test_case) { return test_case.param.name; });

// ---- Single behaviors --------------------------------------------------------------------------------------------------------

TEST(FrontMatter, TextWithoutFrontMatterIsAllBody) {
  for (const char* text : {"# Title\n", "", "-- not a fence\n", "{{< figure >}}\n", "{% raw %}\n", "--- \n"}) {
    const Read result = read(text);
    if (std::string_view(text).starts_with("---")) continue;
    EXPECT_THAT(result.messages, IsEmpty()) << text;
    EXPECT_EQ(result.parsed.body, text);
    EXPECT_EQ(result.parsed.body_first_line, 1U);
  }
}

TEST(FrontMatter, AcceptsWindowsLineEnds) {
  const Read result = read("---\r\ntitle: A\r\ndraft: false\r\n---\r\nBody\r\n");
  EXPECT_THAT(result.messages, IsEmpty());
  EXPECT_EQ(result.front_matter().title, "A");
  EXPECT_EQ(result.parsed.body, "Body\r\n");
  EXPECT_EQ(result.parsed.body_first_line, 5U);
}

TEST(FrontMatter, PublishedIsJekyllsBooleanAndHugosDate) {
  EXPECT_TRUE(read("---\npublished: false\n---\n").front_matter().draft);
  EXPECT_FALSE(read("---\npublished: true\n---\n").front_matter().draft);
  EXPECT_EQ(date_text(read("---\npublished: 2030-01-01\n---\n").front_matter().publish_date), "2030-01-01T00:00:00Z");
}

TEST(FrontMatter, PublishedTrueDoesNotUndoDraft) {
  EXPECT_TRUE(read("---\ndraft: true\npublished: true\n---\n").front_matter().draft);
}

TEST(FrontMatter, DraftInQuotesStillHides) {
  EXPECT_TRUE(read("---\ndraft: \"true\"\n---\n").front_matter().draft);
}

TEST(FrontMatter, TitleThatLooksLikeAnotherKindIsText) {
  EXPECT_EQ(read("---\ntitle: 2024\n---\n").front_matter().title, "2024");
  EXPECT_EQ(read("---\ntitle: yes\n---\n").front_matter().title, "yes");
}

TEST(FrontMatter, TagsMayBeOneTextWithCommas) {
  EXPECT_THAT(read("---\ntags: a b, c\n---\n").front_matter().tags, ElementsAre("a b", "c"));
}

TEST(FrontMatter, EmptyValuesAreAbsent) {
  const Read result = read("---\ntitle:\ndate:\ntags:\ndraft:\n---\n");
  EXPECT_THAT(result.messages, IsEmpty());
  EXPECT_TRUE(result.parsed.is_usable);
  EXPECT_EQ(result.front_matter().title, "");
}

TEST(FrontMatter, TomlLocalDateTimeMeansUtc) {
  EXPECT_EQ(date_text(read("+++\ndate = 2020-01-02T03:04:05\n+++\n").front_matter().date), "2020-01-02T03:04:05Z");
  EXPECT_EQ(date_text(read("+++\ndate = 2020-01-02T03:04:05-03:30\n+++\n").front_matter().date), "2020-01-02T03:04:05-03:30");
}

TEST(FrontMatter, TomlOtherSignsThanTomlHasAreMistakes) {
  for (const char* const line : {"[^a]", "[%", "[[$]]", "[a.%]", "[\uFFFD]", "\u00E9 = 1", "a = \u00E9", "a \u00AD= 1"}) {
    const Read result = read("+++\ntitle = 'A'\n" + std::string(line) + "\n+++\n");
    ASSERT_EQ(result.messages.size(), 1U) << line;
    EXPECT_THAT(result.messages[0], testing::HasSubstr(":3:")) << line;
    EXPECT_THAT(result.messages[0], testing::HasSubstr("This is not valid TOML")) << line;
  }
}

TEST(FrontMatter, AliasesThatMultiplyEndSoon) {
  std::string text = "---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) text += last + (j < 9 ? ", " : "]\n");
  }
  text += "---\nBody\n";
  EXPECT_EQ(read(text).parsed.body, "Body\n");
}

// ---- What a site needs beyond its posts
// ----------------------------------------------------------------------------------------

TEST(FrontMatter, SeriesIsATextOrTheFirstOfAList) {
  EXPECT_EQ(read("---\nseries: Trees, and why\n---\n").front_matter().series, "Trees, and why");
  EXPECT_EQ(read("+++\nseries = ['One', 'Two']\n+++\n").front_matter().series, "One");
  EXPECT_EQ(read("+++\n[taxonomies]\nseries = ['Zola']\n+++\n").front_matter().series, "Zola");
  EXPECT_EQ(read("---\nseries:\n---\n").front_matter().series, "");
}

TEST(FrontMatter, CommentsNameThePostAtAnEngineAndMayBeAnotherBuildersSwitch) {
  EXPECT_EQ(read("+++\n[comments]\nid = 123\n+++\n").front_matter().thread, "123");
  EXPECT_EQ(read("---\ncomments:\n  id: '456'\n  host: social.example\n---\n").front_matter().thread, "456");
  EXPECT_EQ(read("{\n\"comments\": {\"id\": 7}\n}\n").front_matter().thread, "7");
  for (const char* text : {"---\ncomments: true\n---\n", "+++\n[comments]\nhost = 'x'\n+++\n"}) {
    EXPECT_EQ(read(text).front_matter().thread, "");
    EXPECT_THAT(read(text).messages, IsEmpty());
  }
  EXPECT_THAT(read("---\ncomments:\n  id: [1]\n---\n").messages,
              ElementsAre(HasSubstr(":3:7: error: `id` must be text, but is a list")));
}

TEST(FrontMatter, TypePageAndId) {
  const Read page = read("---\ntype: Page\nid: https://example.org/?p=1\n---\n");
  EXPECT_TRUE(page.front_matter().is_page);
  EXPECT_EQ(page.front_matter().id, "https://example.org/?p=1");
  EXPECT_FALSE(read("---\ntype: article\n---\n").front_matter().is_page);
  EXPECT_THAT(read("---\ntype: [a]\n---\n").messages, IsEmpty());
}

}  // namespace
}  // namespace octavo
