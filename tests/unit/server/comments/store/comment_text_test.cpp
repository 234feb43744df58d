// What strangers write, and what is left of it.
#include "server/comments/store/comment_text.h"

#include <gmock/gmock.h>

#include "core/content/html/html_elements.h"
#include "press/base/gumbo_parser.h"

namespace octavo {
namespace {

using testing::HasSubstr;
using testing::Not;

RenderedComment render(std::string_view source, std::string_view type = "markdown") {
  GumboParser parser;
  return render_comment(source, source_type_from(type).value_or(SourceType::Plain), parser, CommentImages::AsLinks);
}

TEST(CommentText, LinksAreMarkedAsStrangers) {
  const RenderedComment comment = render("[a](https://a.example) <b@c.example> http://d.example");
  EXPECT_EQ(comment.links, 3);
  EXPECT_THAT(comment.html, HasSubstr(R"(<a href="https://a.example" rel="nofollow ugc noopener">a</a>)"));
  EXPECT_THAT(comment.html, HasSubstr(R"(<a href="mailto:b@c.example" rel="nofollow ugc noopener">)"));
}

TEST(CommentText, OtherAddressesAreText) {
  for (const char* url : {"javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
                          "ftp://a", "//evil.example", "/relative", "relative", "#fragment", "java&#10;script:x",
                          "&#106;avascript:x", "https:evil", "http:///x", "blob:https://a", "\x01javascript:x"}) {
    const RenderedComment comment = render(std::string("[text](<") + url + ">)");
    EXPECT_THAT(comment.html, Not(HasSubstr("<a"))) << url << " " << comment.html;
    EXPECT_EQ(comment.links, 0) << url;
    const RenderedComment html = render(std::string("<a href=\"") + url + "\">text</a>", "html");
    EXPECT_THAT(html.html, Not(HasSubstr("<a"))) << url << " " << html.html;
  }
}

TEST(CommentText, PicturesBecomeLinks) {
  EXPECT_THAT(render("a ![pic](https://a.example/p.png) b").html,
              HasSubstr(R"(a <a href="https://a.example/p.png" rel="nofollow ugc noopener">pic</a> b)"));
  EXPECT_THAT(render("[![pic](https://a.example/p.png) more](https://b.example)").html,
              HasSubstr(R"(<a href="https://b.example" rel="nofollow ugc noopener">pic more</a>)"));
  EXPECT_THAT(render("**![](https://a.example/p.png)**").html, HasSubstr("https://a.example/p.png</a></strong>"));
  GumboParser parser;
  EXPECT_THAT(render_comment("![pic](https://a.example/p.png)", SourceType::Markdown, parser, CommentImages::Shown).html,
              HasSubstr("<img "));
}

void expect_listed(const HtmlNode& node) {
  for (const HtmlNode& child : node.children) {
    if (!child.tag.empty()) {
      EXPECT_TRUE(html_element(child.tag).is(ElementUse::Comment)) << child.tag;
    }
    expect_listed(child);
  }
}

// The capabilities name the elements that a client must expect.
TEST(CommentText, EveryElementIsOneOfTheListedOnes) {
  std::string html =
      "<ul><li><input type=checkbox checked>done<p>more</ul><ol "
      "start=3><li>a</ol><dl><dt>a<dd>b</dl><hr><pre><code>x</code></pre>"
      "<blockquote>a</blockquote><table><caption>c</caption><tr><th>a<tr><td>b</table><details><summary>a</summary>b</details>"
      "<figure><p>a</p><figcaption>b</figcaption></figure><section><p>a</p></section><p>a<br>b<a href=https://a.example>c</a>";
  for (const HtmlElement& element : html_elements()) {
    const std::string tag(element.tag);
    const bool is_text = element.meaning == HtmlMeaning::Inline || element.meaning == HtmlMeaning::Heading;
    if (is_text) html += "<div><" + tag + ">a</" + tag + "></div>";
  }
  GumboParser parser;
  const HtmlNode written = parser.parse_fragment(render(html, "html").html);
  EXPECT_GT(written.children.size(), 20U);
  expect_listed(written);
  expect_listed(parser.parse_fragment(render("- [x] a\n\n1. b\n\n[^1]\n\n[^1]: note\n\n| a |\n| - |\n| b |\n").html));
}

TEST(CommentText, NoMarkupOfTheirOwn) {
  const char* hostile[] = {
      "<script>alert(1)</script>x",
      "<img src=x onerror=alert(1)>",
      "<svg onload=alert(1)><style>*{}</style></svg>",
      "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
      "<p id=reply class=banner style='position:fixed' onclick=alert(1)>x</p>",
      "<form action=https://evil.example><input name=x><button>go</button></form>",
      "<a href='https://a.example' target=_blank rel=opener onclick=alert(1) id=x>x</a>",
      "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
      "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
      "<h2 id=title>x</h2>",
      "<div role=alert aria-label=x tabindex=1>x</div>",
      "<time datetime=x>t</time>",
  };
  for (const char* source : hostile) {
    for (const char* type : {"markdown", "html", "plain"}) {
      const std::string html = render(source, type).html;
      std::string tags;  // what is inside of < >; text is escaped
      for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
        tags += html.substr(at, html.find('>', at) - at + 1);
      }
      EXPECT_THAT(tags, Not(testing::ContainsRegex("<(script|img|svg|iframe|style|form|input|button|math|noscript)"))) << source;
      EXPECT_THAT(tags, Not(testing::ContainsRegex(" (on[a-z]+|id|class|style|target|role|tabindex|aria-[a-z]+)="))) << source;
    }
  }
}

TEST(CommentText, PlainTextKeepsItsLines) {
  EXPECT_EQ(render("a <b>\nc\n\n\n*d*", "plain").html, "<p>a &lt;b&gt;<br />\nc</p>\n<p>*d*</p>\n");
}

TEST(CommentText, CodeKeepsItsLanguage) {
  EXPECT_THAT(render("```cpp\nint x;\n```").html, HasSubstr("<code class=\"language-cpp\">"));
}

TEST(CommentText, WebAddresses) {
  for (const char* url : {"https://a.example", "HTTP://a.example/x?y#z", "https://日本.example/"})
    EXPECT_TRUE(is_web_url(url)) << url;
  for (const char* url : {"", "https://", "https:///x", "https:/a", "a.example", "//a", "https://a b", "https://a\\b",
                          "https://a\n", "javascript:https://a"}) {
    EXPECT_FALSE(is_web_url(url)) << url;
  }
}

TEST(CommentText, ImagesInALineBecomeLinksInTheirPlaces) {
  const std::string html = render(
                               "a ![one](https://a.example/1.png) *b ![](https://a.example/2.png) c* "
                               "[![three](https://a.example/3.png)](https://b.example/) d")
                               .html;
  EXPECT_THAT(html, HasSubstr("<a href=\"https://a.example/1.png\" rel=\"nofollow ugc noopener\">one</a> <em>b <a"));
  EXPECT_THAT(html, HasSubstr(">https://a.example/2.png</a> c</em> <a href=\"https://b.example/\""));
  EXPECT_THAT(html, HasSubstr(">three</a> d"));
}

}  // namespace
}  // namespace octavo
