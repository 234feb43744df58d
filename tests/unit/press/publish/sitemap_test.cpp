// Sitemaps and robots.txt.
#include "press/publish/sitemap.h"

#include <gmock/gmock.h>

#include "support/temporary_folder.h"

namespace octavo {
namespace {

std::map<std::string, std::string> written(const std::string& home, const std::vector<SitemapEntry>& entries) {
  TemporaryFolder folder;
  {
    Result<OutputFolder> output = OutputFolder::open(folder / "out");
    EXPECT_TRUE(output.ok());
    SiteInfo site;
    site.home_page_url = home;
    EXPECT_TRUE(write_sitemap(site, entries, *output).ok());
    EXPECT_TRUE(output->write(std::string(kManifestFileName), "{}").ok());
    EXPECT_TRUE(output->commit().ok());
  }
  return folder.all_files("out");
}

TEST(Sitemap, NamesEveryPageWithItsLastChange) {
  const auto files = written("https://example.org/a&b/", {{"", {}}, {"posts/x/", parse_date_time("2020-01-02")}});
  EXPECT_EQ(files.at("sitemap.xml"), R"xml(<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://example.org/a&amp;b/</loc></url>
<url><loc>https://example.org/a&amp;b/posts/x/</loc><lastmod>2020-01-02T00:00:00Z</lastmod></url>
</urlset>
)xml");
  EXPECT_EQ(files.at("robots.txt"), "User-agent: *\nAllow: /\n\nSitemap: https://example.org/a&b/sitemap.xml\n");
}

TEST(Sitemap, NeedsAHome) {
  const auto files = written("", {{"", {}}});
  EXPECT_FALSE(files.contains("sitemap.xml"));
  EXPECT_EQ(files.at("robots.txt"), "User-agent: *\nAllow: /\n");
}

TEST(Sitemap, SplitsBeyondTheLimitOfTheProtocol) {
  const auto files = written("https://example.org/", std::vector<SitemapEntry>(50'001, SitemapEntry{"p/", {}}));
  EXPECT_THAT(files.at("sitemap.xml"), testing::HasSubstr("<sitemap><loc>https://example.org/sitemap-2.xml</loc></sitemap>"));
  EXPECT_THAT(files.at("sitemap-2.xml"), testing::HasSubstr("<url><loc>https://example.org/p/</loc></url>\n</urlset>"));
}

}  // namespace
}  // namespace octavo
