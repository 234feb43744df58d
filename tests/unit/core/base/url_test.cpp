// Addresses: what may be followed, relative paths, percent-encoding and slugs.
#include "core/base/url.h"

#include <gtest/gtest.h>

#include "core/base/utf8.h"

namespace octavo {
namespace {

TEST(AllowedUrl, HttpAndRelativeForBothUses) {
  for (const char* url : {"https://example.org/",
                          "http://example.org",
                          "HTTPS://EXAMPLE.ORG",
                          "  https://example.org",
                          "a/b.html",
                          "/a",
                          "../a",
                          "#part",
                          "?q=1",
                          "",
                          ".",
                          "//host/x",
                          "\\\\host\\x",
                          "a/b:c",
                          "./a:b",
                          "?a:b",
                          "#a:b",
                          "1a:b",
                          "java%73cript:alert(1)",
                          "javascript%3Aalert(1)",
                          "ht\ntps://example.org",
                          "é:x"}) {
    EXPECT_TRUE(is_allowed_url(url, UrlUse::Link)) << url;
    EXPECT_TRUE(is_allowed_url(url, UrlUse::Image)) << url;
  }
}

TEST(AllowedUrl, MailtoForLinksOnly) {
  EXPECT_TRUE(is_allowed_url("mailto:a@example.org", UrlUse::Link));
  EXPECT_TRUE(is_allowed_url("MailTo:a@example.org", UrlUse::Link));
  EXPECT_FALSE(is_allowed_url("mailto:a@example.org", UrlUse::Image));
}

TEST(AllowedUrl, OtherSchemesAreRefusedHoweverSpelled) {
  using namespace std::string_view_literals;
  for (const std::string_view url :
       {"javascript:alert(1)"sv, "JavaScript:alert(1)"sv, " javascript:alert(1)"sv, "\x01javascript:alert(1)"sv,
        "\0javascript:alert(1)"sv, "java\nscript:alert(1)"sv, "java\tscript:alert(1)"sv, "java\r\nscript\n:alert(1)"sv,
        "javascript\t:alert(1)"sv, "\x1f \tjavascript:alert(1)"sv, "data:text/html,x"sv, "data:image/svg+xml,x"sv, "vbscript:x"sv,
        "file:///etc/passwd"sv, "blob:x"sv, "tel:1"sv, "a:b"sv, "view-source:x"sv, "a+b-c.d:e"sv}) {
    EXPECT_FALSE(is_allowed_url(url, UrlUse::Link)) << url;
    EXPECT_FALSE(is_allowed_url(url, UrlUse::Image)) << url;
    EXPECT_FALSE(is_relative_url(url)) << url;
  }
}

TEST(RelativeUrl, HasNeitherSchemeNorHost) {
  for (const char* url : {"", "a", "/a", "./a:b", "#x", "?x", "/\t", "\\a"}) EXPECT_TRUE(is_relative_url(url)) << url;
  for (const char* url : {"//host/x", "\\\\host", "/\\host", "\\/host", "https://x", "mailto:x", " //host", "/\t/host", "a:b"}) {
    EXPECT_FALSE(is_relative_url(url)) << url;
  }
}

TEST(ResolvePath, FollowsDotsWithinTheSite) {
  EXPECT_EQ(resolve_path("posts/a/", "../b/?q#f"), "posts/b/?q#f");
  EXPECT_EQ(resolve_path("posts/a/", "b.png"), "posts/a/b.png");
  EXPECT_EQ(resolve_path("posts/a/index.html", "b.png"), "posts/a/b.png");
  EXPECT_EQ(resolve_path("posts/a/", "./b/./c"), "posts/a/b/c");
  EXPECT_EQ(resolve_path("posts/a/", "/tags/b/"), "tags/b/");
  EXPECT_EQ(resolve_path("posts/a/", "/"), "");
  EXPECT_EQ(resolve_path("posts/a/", ".."), "posts/");
  EXPECT_EQ(resolve_path("posts/a/", "."), "posts/a/");
  EXPECT_EQ(resolve_path("posts/a/", "../.."), "");
  EXPECT_EQ(resolve_path("posts/a/", "../../../../b"), "b");
  EXPECT_EQ(resolve_path("posts/a/", "#f"), "posts/a/#f");
  EXPECT_EQ(resolve_path("posts/a/", ""), "posts/a/");
  EXPECT_EQ(resolve_path("", "a/b"), "a/b");
  EXPECT_EQ(resolve_path("a", "b"), "b");
  EXPECT_EQ(resolve_path("posts/a/?x/y#z/", "b"), "posts/a/b");
  EXPECT_EQ(resolve_path("posts/a/", "b?x=../y"), "posts/a/b?x=../y");
  EXPECT_EQ(resolve_path("a/", "..//b"), "b");
}

TEST(RelativePath, LeadsFromPageToPage) {
  EXPECT_EQ(relative_path("posts/a/", "tags/b/"), "../../tags/b/");
  EXPECT_EQ(relative_path("", ""), "./");
  EXPECT_EQ(relative_path("", "posts/a/"), "posts/a/");
  EXPECT_EQ(relative_path("posts/a/", ""), "../../");
  EXPECT_EQ(relative_path("posts/a/", "posts/b/"), "../b/");
  EXPECT_EQ(relative_path("posts/a/", "posts/ab/"), "../ab/");
  EXPECT_EQ(relative_path("posts/a/", "posts/a/"), "./");
  EXPECT_EQ(relative_path("posts/a/", "posts/a/b.png"), "b.png");
  EXPECT_EQ(relative_path("posts/a/index.html", "posts/a/b.png"), "b.png");
  EXPECT_EQ(relative_path("", "?q"), "./?q");
  EXPECT_EQ(relative_path("a/", "a/b:c"), "./b:c");
  EXPECT_EQ(relative_path("a/", "a//b"), ".//b");
}

TEST(RelativePath, ResolvesBackToItsTarget) {
  const char* pages[] = {"",       "index.html", "posts/a/", "posts/a/b/", "posts/b/", "tags/x/page/2/",
                         "posts/", "feed.xml",   "a/b:c/"};
  for (const char* from : pages) {
    for (const char* to : pages) EXPECT_EQ(resolve_path(from, relative_path(from, to)), to) << from << " -> " << to;
  }
}

TEST(Percent, PathIsEncodedAndDecoded) {
  EXPECT_EQ(encode_path("posts/Az09-._~/"), "posts/Az09-._~/");
  EXPECT_EQ(encode_path("a b?c#d%é"), "a%20b%3Fc%23d%25%C3%A9");
  EXPECT_EQ(decode_percent("a%20b%3fc%23d%25%C3%A9"), "a b?c#d%é");
  EXPECT_EQ(decode_percent("100%"), "100%");
  EXPECT_EQ(decode_percent("%4"), "%4");
  EXPECT_EQ(decode_percent("%zz%41"), "%zzA");
  EXPECT_EQ(decode_percent("%41%"), "A%");
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  EXPECT_EQ(decode_percent(encode_path(all)), all);
}

TEST(Slug, WordsAreJoinedInLowerCase) {
  EXPECT_EQ(slug_from_text("Hello, World!"), "hello-world");
  EXPECT_EQ(slug_from_text("  C++20 -- what's new?  "), "c-20-what-s-new");
  EXPECT_EQ(slug_from_text("a_b/c.d"), "a-b-c-d");
  EXPECT_EQ(slug_from_text("Ångström Élan ŽIŽEK Ÿ"), "ångström-élan-žižek-ÿ");
  EXPECT_EQ(slug_from_text("ΑΘΗΝΑ Ώρα"), "αθηνα-ώρα");
  EXPECT_EQ(slug_from_text("Ёлка МОСКВА"), "ёлка-москва");
  EXPECT_EQ(slug_from_text("日本語、テスト"), "日本語-テスト");
  EXPECT_EQ(slug_from_text("हिन्दी में"), "हिन्दी-में");
  EXPECT_EQ(slug_from_text("سلام، دنیا"), "سلام-دنیا");
  EXPECT_EQ(slug_from_text("naïve — “quotes” … €5"), "naïve-quotes-5");
  EXPECT_EQ(slug_from_text("party 🎉 time ☃"), "party-time");
}

TEST(Slug, CombiningMarksStayWithTheirLetter) {
  EXPECT_EQ(slug_from_text("Cafe\u0301 noir"), "cafe\u0301-noir");
  EXPECT_EQ(slug_from_text("\u0301a"), "a");
}

TEST(Slug, InvisibleCharactersLeaveNoTrace) {
  EXPECT_EQ(slug_from_text("da\u00ADta\u200Bbase"), "data-base");
}

TEST(Slug, NothingToKeepGivesNothing) {
  EXPECT_EQ(slug_from_text(""), "");
  EXPECT_EQ(slug_from_text("?!… 🎉"), "");
  EXPECT_EQ(slug_from_text("\xFF\xFE"), "");
}

TEST(Slug, LengthIsLimitedInCodePointsAndNeverEndsInADash) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "é";
  EXPECT_EQ(slug_from_text(text).size(), 160u);
  EXPECT_EQ(slug_from_text(std::string(79, 'a') + " bc"), std::string(79, 'a'));
  EXPECT_EQ(slug_from_text(std::string(78, 'a') + " bc"), std::string(78, 'a') + "-b");
  EXPECT_TRUE(is_valid_utf8(slug_from_text(text)));
}

TEST(Slug, IsAFixedPoint) {
  for (const char* text : {"Hello, World!", "Ångström", "日本語、テスト", "C++20"}) {
    EXPECT_EQ(slug_from_text(slug_from_text(text)), slug_from_text(text));
  }
}

}  // namespace
}  // namespace octavo
