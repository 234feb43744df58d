// Metadata of pages: its content, and that no text can escape from its place.
#include "press/publish/page_head.h"

#include <gmock/gmock.h>

#include "core/base/json.h"

namespace octavo {
namespace {

using testing::HasSubstr;
using testing::Not;

class PageHeadTest : public testing::Test {
 protected:
  PageHeadTest() {
    site.title = "Margins";
    site.description = "Notes";
    site.language = "pt-BR";
    site.home_page_url = "https://example.org/b/";
    site.authors = {{"Ann", "https://example.org/ann", ""}};
    post.summary.slug = "one two";
    post.summary.title = "One";
    post.summary.summary = "First & last.";
    post.summary.published = parse_date_time("2020-01-02T03:04:05+02:00");
    post.summary.modified = parse_date_time("2021-01-01");
    post.summary.tags = {"Red Fish", "blue"};
    post.summary.image = ImageInfo{"media/a.png", "An image", 640, 480};
    post.markdown = "Text.\n";
  }

  std::string head() const {
    const Page page = build_post_page(site, {}, post, nullptr, {});
    return build_page_head({.site = site, .page = page, .root = "../../", .post = &post.summary});
  }

  // What the JSON-LD block says.
  static Json linked_data(const std::string& head) {
    const std::string open = "<script type=\"application/ld+json\">";
    const std::size_t begin = head.find(open);
    EXPECT_NE(begin, std::string::npos);
    const std::size_t end = head.find("</script>", begin);
    const auto json = Json::parse(head.substr(begin + open.size(), end - begin - open.size()), "head");
    EXPECT_TRUE(json.ok());
    return *json;
  }

  SiteInfo site;
  Post post;
};

TEST_F(PageHeadTest, PostSaysWhatItIs) {
  EXPECT_THAT(head(), testing::StartsWith(R"html(<link rel="canonical" href="https://example.org/b/posts/one%20two/">
<link rel="alternate" type="application/feed+json" title="Margins" href="../../feed.json">
<link rel="alternate" type="application/atom+xml" title="Margins" href="../../feed.xml">
<meta name="author" content="Ann">
<meta property="og:site_name" content="Margins">
<meta property="og:title" content="One">
<meta property="og:type" content="article">
<meta property="og:url" content="https://example.org/b/posts/one%20two/">
<meta property="og:description" content="First &amp; last.">
<meta property="og:locale" content="pt_BR">
<meta property="article:published_time" content="2020-01-02T03:04:05+02:00">
<meta property="article:modified_time" content="2021-01-01T00:00:00Z">
<meta property="article:author" content="https://example.org/ann">
<meta property="article:tag" content="Red Fish">
<meta property="article:tag" content="blue">
<meta property="og:image" content="https://example.org/b/media/a.png">
<meta property="og:image:alt" content="An image">
<meta property="og:image:width" content="640">
<meta property="og:image:height" content="480">
<meta name="twitter:card" content="summary_large_image">
)html"));
  EXPECT_EQ(
      linked_data(head()).dump(),
      R"json({"@context":"https://schema.org","@graph":[{"@type":"BlogPosting","headline":"One",)json"
      R"json("url":"https://example.org/b/posts/one%20two/","mainEntityOfPage":"https://example.org/b/posts/one%20two/",)json"
      R"json("description":"First \u0026 last.","inLanguage":"pt-BR","datePublished":"2020-01-02T03:04:05+02:00",)json"
      R"json("dateModified":"2021-01-01T00:00:00Z","image":"https://example.org/b/media/a.png",)json"
      R"json("author":[{"@type":"Person","name":"Ann","url":"https://example.org/ann"}],"keywords":["Red Fish","blue"],)json"
      R"json("isPartOf":{"@type":"Blog","name":"Margins","url":"https://example.org/b/"}},)json"
      R"json({"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"Margins",)json"
      R"json("item":"https://example.org/b/"},{"@type":"ListItem","position":2,"name":"One",)json"
      R"json("item":"https://example.org/b/posts/one%20two/"}]}]})json");
}

TEST_F(PageHeadTest, WithoutAHomeWhatNeedsOneIsLeftOut) {
  site.home_page_url.clear();
  const std::string text = head();
  EXPECT_THAT(text, Not(HasSubstr("canonical")));
  EXPECT_THAT(text, Not(HasSubstr("og:url")));
  EXPECT_THAT(text, Not(HasSubstr("og:image")));
  EXPECT_THAT(text, HasSubstr("\"summary\""));
  EXPECT_EQ(linked_data(text).get("@graph").at(0).get("url").string(), "./");
}

TEST_F(PageHeadTest, HomeAndListsNameTheirNeighbors) {
  Route route;
  const Page home = build_list_page(site, {}, 45, route, nullptr, {});
  const std::string of_home = build_page_head({.site = site, .page = home, .root = "./", .next = "page/2/"});
  EXPECT_THAT(of_home, HasSubstr("<link rel=\"next\" href=\"page/2/\">"));
  EXPECT_THAT(of_home, Not(HasSubstr("rel=\"prev\"")));
  EXPECT_THAT(of_home, HasSubstr("<meta property=\"og:type\" content=\"website\">"));
  EXPECT_THAT(of_home, HasSubstr("<meta property=\"og:title\" content=\"Margins\">"));
  EXPECT_EQ(linked_data(of_home).get("@graph").at(0).get("@type").string(), "Blog");
  EXPECT_EQ(linked_data(of_home).get("@graph").size(), 1U);
  route.page = 2;
  const Page second = build_list_page(site, {}, 45, route, nullptr, {});
  const std::string of_second = build_page_head({.site = site, .page = second, .root = "../../", .previous = "../../"});
  EXPECT_THAT(of_second, HasSubstr("<link rel=\"prev\" href=\"../../\">"));
  EXPECT_EQ(linked_data(of_second).get("@graph").at(0).get("@type").string(), "CollectionPage");
}

TEST_F(PageHeadTest, HostileTextsStayText) {
  const std::string hostile = "\"><script>alert(1)</script><!-- \xE2\x80\xA8 ' & \x01";
  site.title = post.summary.title = post.summary.summary = hostile;
  post.summary.tags = {hostile};
  post.summary.authors = {hostile};
  post.summary.language = "en\" onload=\"x";
  post.summary.image->alt = hostile;
  post.summary.image->url = "javascript:alert(1)";
  const std::string text = head();
  EXPECT_THAT(text, Not(HasSubstr("<script>")));
  EXPECT_THAT(text, Not(HasSubstr("<!--")));
  EXPECT_THAT(text, Not(HasSubstr("javascript:")));
  EXPECT_THAT(text, Not(HasSubstr("onload=\"x")));
  EXPECT_THAT(text, Not(HasSubstr("\xE2\x80\xA8")));
  EXPECT_THAT(text, Not(HasSubstr("\x01")));
  std::size_t scripts = 0;
  for (std::size_t at = text.find("<script"); at != std::string::npos; at = text.find("<script", at + 1)) ++scripts;
  EXPECT_EQ(scripts, 1U);
  EXPECT_EQ(linked_data(text).get("@graph").at(0).get("headline").string(), "\"><script>alert(1)</script><!-- ' &");
}

TEST_F(PageHeadTest, MissingAddressesAreNotIndexed) {
  const Page page = build_not_found_page(site, "404.html");
  const std::string text = build_unindexed_head({.site = site, .page = page, .root = "/b/"});
  EXPECT_THAT(text, HasSubstr("<meta name=\"robots\" content=\"noindex\">"));
  EXPECT_THAT(text, Not(HasSubstr("canonical")));
  EXPECT_THAT(text, HasSubstr("href=\"/b/feed.xml\""));
}

}  // namespace
}  // namespace octavo
