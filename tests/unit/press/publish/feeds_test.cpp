// Feeds: identifiers that stay, addresses that lead somewhere, text that stays text.
#include "press/publish/feeds.h"

#include <gmock/gmock.h>

#include "press/base/gumbo_parser.h"
#include "press/base/xml_text.h"

namespace octavo {
namespace {

using testing::HasSubstr;
using testing::Not;

SiteInfo make_site() {
  SiteInfo site;
  site.title = "Margins & more";
  site.language = "de";
  site.home_page_url = "https://example.org/b/";
  return site;
}

Post make_post() {
  Post post;
  post.summary.slug = "one";
  post.summary.title = "One <1>";
  post.summary.published = parse_date_time("2020-01-02T03:04:05+02:00");
  post.summary.tags = {"Red \"Fish\""};
  post.markdown = "Text with [a link](other.md) and ![a](a.png).\n";
  post.links["other.md"] = "posts/other/#x";
  post.images["a.png"] = {"media/a.png", "", 3, 2};
  return post;
}

TEST(Feeds, AtomEntryIsWhole) {
  EXPECT_EQ(build_feeds(make_site(), "Octavo 9", {make_post()}).atom, R"xml(<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
<id>https://example.org/b/</id>
<title>Margins &amp; more</title>
<updated>2020-01-02T03:04:05+02:00</updated>
<link rel="self" type="application/atom+xml" href="https://example.org/b/feed.xml"/>
<link rel="alternate" type="text/html" href="https://example.org/b/"/>
<generator>Octavo 9</generator>
<author>
<name>Margins &amp; more</name>
</author>
<entry>
<id>https://example.org/b/posts/one/</id>
<title>One &lt;1&gt;</title>
<link rel="alternate" type="text/html" href="https://example.org/b/posts/one/"/>
<published>2020-01-02T03:04:05+02:00</published>
<updated>2020-01-02T03:04:05+02:00</updated>
<category term="Red &quot;Fish&quot;"/>
<content type="html">&lt;p&gt;Text with &lt;a href=&quot;https://example.org/b/posts/other/#x&quot;&gt;a link&lt;/a&gt; and &lt;img src=&quot;https://example.org/b/media/a.png&quot; alt=&quot;a&quot; width=&quot;3&quot; height=&quot;2&quot; loading=&quot;lazy&quot; decoding=&quot;async&quot; /&gt;.&lt;/p&gt;
</content>
</entry>
</feed>
)xml");
}

// The content of the first <id> after `from`.
std::string id_after(const std::string& atom, std::string_view from) {
  const std::size_t begin = atom.find("<id>", atom.find(from)) + 4;
  return atom.substr(begin, atom.find("</id>", begin) - begin);
}

TEST(Feeds, IdentifiersDoNotDependOnTitlesAndTexts) {
  for (const std::string home : {"https://example.org/b/", ""}) {
    SiteInfo site = make_site();
    site.home_page_url = home;
    Post post = make_post();
    const std::string before = id_after(build_feeds(site, "Octavo", {post}).atom, "<entry");
    post.summary.title = "Another";
    post.summary.modified = parse_date_time("2022-01-01");
    post.markdown = "Changed.\n";
    const std::string atom = build_feeds(site, "Octavo 2", {post}).atom;
    EXPECT_EQ(id_after(atom, "<entry"), before);
    EXPECT_THAT(atom, HasSubstr("<updated>2022-01-01T00:00:00Z</updated>"));
    if (home.empty()) {
      EXPECT_THAT(before, testing::MatchesRegex("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    }
  }
}

TEST(Feeds, OnlyTheNewestPostsAreIn) {
  std::vector<Post> posts;
  for (int i = 0; i < 25; ++i) {
    posts.push_back(make_post());
    posts.back().summary.slug = "p" + std::to_string(i);
  }
  const Feeds feeds = build_feeds(make_site(), "Octavo", posts);
  EXPECT_THAT(feeds.atom, HasSubstr("posts/p19/"));
  EXPECT_THAT(feeds.atom, Not(HasSubstr("posts/p20/")));
  EXPECT_THAT(feeds.json, HasSubstr("posts/p19/"));
  EXPECT_THAT(feeds.json, Not(HasSubstr("posts/p20/")));
}

TEST(Feeds, FragmentsLeadToThePostItself) {
  Post post = make_post();
  post.markdown = "[down](#there)\n";
  GumboParser parser;
  EXPECT_EQ(build_feed_html(make_site(), post, parser), "<p><a href=\"https://example.org/b/posts/one/#there\">down</a></p>\n");
}

TEST(Feeds, HostileTextsStayText) {
  SiteInfo site = make_site();
  site.title = "]]></title><script/>";
  Post post = make_post();
  post.summary.title = "\xEF\xBF\xBF\x01</title>&#0;";
  post.summary.authors = {"</name>"};
  post.summary.language = "x\" y=\"";
  post.markdown = "]]> </content> \x02 <script>alert(1)</script>\n";
  const std::string atom = build_feeds(site, "Octavo", {post}).atom;
  EXPECT_THAT(atom, HasSubstr("<title>]]&gt;&lt;/title&gt;&lt;script/&gt;</title>"));
  EXPECT_THAT(atom, HasSubstr("<title>&lt;/title&gt;&amp;#0;</title>"));
  EXPECT_THAT(atom, HasSubstr("<name>&lt;/name&gt;</name>"));
  EXPECT_THAT(atom, Not(HasSubstr("alert")));
  EXPECT_THAT(atom, Not(HasSubstr("\x02")));
  EXPECT_THAT(atom, HasSubstr("<entry>\n"));
}

TEST(XmlText, KeepsOnlyWhatXmlCanHold) {
  EXPECT_EQ(xml_text("a\tb\nc\rd\x01\x7F\"&<>'\xEF\xBF\xBE\xFF"), "a\tb\nc&#13;d\x7F&quot;&amp;&lt;&gt;'\xEF\xBF\xBD");
}

}  // namespace
}  // namespace octavo
