// The web app manifest: relative addresses only, the icons that there are, the owner's menu as shortcuts.
#include "press/publish/web_manifest.h"

#include <gmock/gmock.h>

#include "core/base/json.h"

namespace octavo {
namespace {

using testing::ElementsAre;

Json manifest_of(const SiteInfo& site, const ReaderFiles& reader_files = {}) {
  const Result<Json> json = Json::parse(build_web_manifest(site, reader_files), "manifest");
  EXPECT_TRUE(json.ok());
  return json ? *json : Json();
}

std::vector<std::string> strings(const Json& items, std::string_view member) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < items.size(); ++i) found.emplace_back(items.at(i).get(member).string());
  return found;
}

TEST(WebManifest, SaysWhoseBlogItIsAndStaysBelowItsPath) {
  SiteInfo site;
  site.title = "Slow\u202E Notes";
  site.description = "On reading";
  site.language = "ar";
  site.theme = Theme::Dark;
  const Json manifest = manifest_of(site);
  EXPECT_EQ(manifest.get("name").string(), "Slow Notes");
  EXPECT_EQ(manifest.get("short_name").string(), "Slow Notes");
  EXPECT_EQ(manifest.get("dir").string(), "rtl");
  EXPECT_EQ(manifest.get("start_url").string(), "./");
  EXPECT_EQ(manifest.get("scope").string(), "./");
  EXPECT_EQ(manifest.get("background_color").string(), "#16171A");
}

TEST(WebManifest, ALongTitleHasNoShortName) {
  SiteInfo site;
  site.title = "A title that no launcher shows whole";
  EXPECT_TRUE(manifest_of(site).get("short_name").string().empty());
}

TEST(WebManifest, NamesTheIconsThatTheViewerHas) {
  ReaderFiles reader_files;
  reader_files.public_files = {
      {"icon.svg", ""}, {"icons/any-192.png", ""}, {"icons/maskable-512.png", ""}, {"icons/touch-180.png", ""}};
  const Json icons = manifest_of(SiteInfo(), reader_files).get("icons");
  EXPECT_THAT(strings(icons, "src"), ElementsAre("icon.svg", "icons/any-192.png", "icons/maskable-512.png"));
  EXPECT_THAT(strings(icons, "sizes"), ElementsAre("any", "192x192", "512x512"));
  EXPECT_THAT(strings(icons, "purpose"), ElementsAre("any", "any", "maskable"));
}

TEST(WebManifest, ShortcutsLeadIntoTheSite) {
  SiteInfo site;
  site.menu = {{"Home", "./"}, {"Elsewhere", "https://example.org/"}, {"About", "posts/about/"}, {"", "posts/none/"}};
  const Json shortcuts = manifest_of(site).get("shortcuts");
  EXPECT_THAT(strings(shortcuts, "name"), ElementsAre("Home", "About", "Offline"));
  EXPECT_THAT(strings(shortcuts, "url"), ElementsAre("./", "./posts/about/", "./offline.html"));
}

TEST(WebManifest, ScreenshotsSayTheirSizeAndForWhichWindow) {
  const std::vector<Screenshot> shots = {{"media/a.png", "image/png", "A post", 360, 640},
                                         {"media/b.webp", "image/webp", "", 960, 600}};
  const Result<Json> manifest = Json::parse(build_web_manifest(SiteInfo(), ReaderFiles(), shots), "manifest");
  ASSERT_TRUE(manifest.ok());
  const Json screenshots = manifest->get("screenshots");
  EXPECT_THAT(strings(screenshots, "src"), ElementsAre("media/a.png", "media/b.webp"));
  EXPECT_THAT(strings(screenshots, "sizes"), ElementsAre("360x640", "960x600"));
  EXPECT_THAT(strings(screenshots, "form_factor"), ElementsAre("narrow", "wide"));
  EXPECT_THAT(strings(screenshots, "label"), ElementsAre("A post", ""));
}

TEST(WebManifest, LinksCanBeSharedWhereThereAreComments) {
  EXPECT_TRUE(manifest_of(SiteInfo()).get("share_target").get("action").string().empty());
  SiteInfo site;
  site.comments.endpoint = "_comments/v1/";
  const Json target = manifest_of(site).get("share_target");
  EXPECT_EQ(target.get("action").string(), "./share.html");
  EXPECT_EQ(target.get("method").string(), "GET");
  EXPECT_EQ(target.get("params").get("url").string(), "url");
}

}  // namespace
}  // namespace octavo
