// Bundle -> folder of Markdown -> bundle: the same bytes; and built sites that are not what they promise.
#include <gmock/gmock.h>

#include "press/import/import_site.h"
#include "press/publish/build_site.h"
#include "support/temporary_folder.h"
#include "support/test_paths.h"

namespace octavo {
namespace {

const DateTime kNow = *parse_date_time("2026-11-25T00:00:00Z");

class RoundTrip : public testing::Test {
 protected:
  bool build(const std::filesystem::path& site, const std::string& output) {
    BuildOptions options;
    options.site = site;
    options.output = folder / output;
    options.reader_files = folder / "reader_files";
    options.now = kNow;
    Progress progress(Progress::Mode::Quiet);
    Diagnostics diagnostics;
    std::filesystem::create_directories(options.reader_files);
    const auto result = build_site(options, diagnostics, progress);
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().text());
    return result.ok();
  }

  bool import(const std::string& source, const std::string& output) {
    ImportOptions options;
    options.source = folder / source;
    options.output = folder / output;
    options.now = kNow;
    Progress progress(Progress::Mode::Quiet);
    Diagnostics diagnostics;
    const auto outcome = import_site(options, diagnostics, progress);
    problems = diagnostics.count(Severity::Error);
    if (!outcome) message = outcome.error().text();
    if (outcome) report = outcome->report;
    return outcome.ok();
  }

  void expect_same_bundles(const std::string& first, const std::string& second) {
    EXPECT_EQ(folder.read(first + "/octavo.json"), folder.read(second + "/octavo.json"));
    EXPECT_EQ(folder.all_files(first + "/bundle"), folder.all_files(second + "/bundle"));
    EXPECT_GT(folder.all_files(first + "/bundle").size(), 2u);
  }

  TemporaryFolder folder;
  ImportReport report;
  std::size_t problems = 0;
  std::string message;
};

TEST_F(RoundTrip, TheSampleBlogComesBackByteForByte) {
  ASSERT_TRUE(build(assets_folder() + "/sample", "one"));
  ASSERT_TRUE(import("one", "site")) << message;
  EXPECT_EQ(problems, 0u);
  EXPECT_TRUE(report.adds_up());
  ASSERT_TRUE(build(folder / "site", "two"));
  expect_same_bundles("one", "two");
  EXPECT_EQ(folder.all_files("one/media"), folder.all_files("two/media"));
}

TEST_F(RoundTrip, AddressesInTheTextLeadToTheSamePlaces) {
  const std::string svg = "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>";
  folder.write("a/content/x/one/index.md",
               "---\ndate: 2020-01-01\nimage: p.svg\ntags: [T]\n---\n# Title from heading\n\n![p](p.svg) ![q](<../../q r.svg#f>) "
               "[two](../two.md#part) [home](/) [file](p.svg) [gone](gone.md)\n");
  folder.write("a/content/x/two.md",
               "---\ntitle: \"Two \\\\ \\\"quoted\\\"\"\ndate: 2020-01-02T03:04:05+05:30\n---\n\n\n    code first\n\nText.");
  folder.write("a/content/x/one/p.svg", svg);
  folder.write("a/content/q r.svg", svg + " ");
  folder.write("a/content/other/p.svg", svg + "  ");
  folder.write("a/content/other/index.md", "---\ntitle: Other\nslug: 2019/other\n---\n![same name](p.svg)\n");
  ASSERT_TRUE(build(folder / "a", "one"));
  ASSERT_TRUE(import("one", "site")) << message;
  ASSERT_TRUE(build(folder / "site", "two"));
  expect_same_bundles("one", "two");
}

TEST_F(RoundTrip, KeysOfACommentEngineStay) {
  folder.write(
      "a/octavo.toml",
      "home_page_url = 'https://b.example/'\n[comments]\nengine = 'remark42'\nendpoint = 'https://r.example/'\nsite = 'b'\n");
  folder.write("a/content/one.md", "---\ndate: 2020-01-01\ncomments:\n  id: https://old.example/one/\n---\nText.\n");
  folder.write("a/content/two.md", "---\ndate: 2020-01-02\n---\nText.\n");
  ASSERT_TRUE(build(folder / "a", "one"));
  ASSERT_TRUE(import("one", "site")) << message;
  EXPECT_EQ(problems, 0u);
  ASSERT_TRUE(build(folder / "site", "two"));
  expect_same_bundles("one", "two");
}

TEST_F(RoundTrip, AFileWithAnotherHashIsNotImported) {
  ASSERT_TRUE(build(assets_folder() + "/sample", "one"));
  for (const auto& [name, bytes] : folder.all_files("one/bundle/posts")) {
    if (name.starts_with("right-to-left")) folder.write("one/bundle/posts/" + name, bytes + " ");
  }
  ASSERT_TRUE(import("one", "site"));
  EXPECT_EQ(report.count("posts").failed, 1u);
  EXPECT_EQ(problems, 1u);
  EXPECT_TRUE(report.adds_up());
}

TEST_F(RoundTrip, AManifestThatLeadsOutOfTheFolderIsRefused) {
  folder.write("secret.json", "{}");
  folder.write("one/octavo.json", R"({"version":2,"index":{"url":"../secret.json"},"total_rows":0})");
  EXPECT_FALSE(import("one", "site"));
  EXPECT_FALSE(std::filesystem::exists(folder / "site"));
}

}  // namespace
}  // namespace octavo
