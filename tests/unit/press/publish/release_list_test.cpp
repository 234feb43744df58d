// The list of a release: it names every file by its hash, and a change or a new post leaves the other parts as they were.
#include "press/publish/release_list.h"

#include <gmock/gmock.h>

#include <map>
#include <set>
#include <vector>

#include "core/base/json.h"
#include "press/base/sha256.h"
#include "press/publish/build_site.h"
#include "support/temporary_folder.h"

namespace octavo {
namespace {

using Files = std::map<std::string, std::string>;

class Blog {
 public:
  Blog() {
    for (const char* name : {"octavo.js", "early.js", "octavo.wasm", "background_tasks.js", "offline_page.js", "conversation.js",
                             "conversation.wasm", "kill_sw.js", "reader.css"}) {
      folder_.write(std::string("reader_files/") + name, name);
    }
    folder_.write("site/octavo.toml", "title = 'Blog'\n");
    folder_.write("reader_files/page.html", "<title>{{title}}</title>{{build_id}} {{background_tasks}} {{root}}{{content}}");
    folder_.write("reader_files/public/icon.svg", "<svg/>");
    folder_.write("reader_files/public/humans.txt", "");
    folder_.write("reader_files/public/sw.js", "work();");
    folder_.write("hyphen/hyph_en.dic", "UTF-8\n1na\n");
  }

  void post(int number, const std::string& text) {
    const std::string name = "post-" + std::to_string(1000 + number);
    const std::string date =
        std::to_string(2000 + number / 12) + "-" + (number % 12 < 9 ? "0" : "") + std::to_string(number % 12 + 1) + "-01";
    folder_.write("site/content/" + name + ".md", "---\ntitle: " + name + "\ndate: " + date + "\n---\n" + text + "\n");
  }

  void write(const std::string& path, const std::string& text) { folder_.write(path, text); }

  Files build(ServiceWorker worker = ServiceWorker::Publish) {
    BuildOptions options;
    options.site = folder_ / "site";
    options.output = folder_ / "out";
    options.reader_files = folder_ / "reader_files";
    options.hyphenation = folder_ / "hyphen";
    options.now = *parse_date_time("2026-11-23T18:00:00Z");
    options.worker = worker;
    Progress progress(Progress::Mode::Quiet);
    Diagnostics diagnostics;
    EXPECT_TRUE(build_site(options, diagnostics, progress).ok());
    Files files;
    for (auto& [path, bytes] : folder_.all_files("out")) files[path] = bytes;
    return files;
  }

 private:
  TemporaryFolder folder_;
};

Json parse(const std::string& text) {
  const Result<Json> json = Json::parse(text, "test");
  EXPECT_TRUE(json.ok());
  return json ? *json : Json();
}

Json release_of(const Files& files) {
  return parse(files.at(std::string(parse(files.at("octavo.json")).get("release").get("url").string())));
}

std::string short_hash(const std::string& bytes) {
  return integrity_string(sha256(bytes)).substr(7, 16);
}

// The file whose name begins and ends so and whose content has the hash.
const std::string& named(const Files& files, const std::string& stem, std::string_view hash, const std::string& extension) {
  for (const auto& [path, bytes] : files) {
    if (path.starts_with(stem + ".") && path.ends_with(extension) && short_hash(bytes) == hash) return bytes;
  }
  static const std::string none;
  ADD_FAILURE() << stem << " with hash " << hash << " is missing";
  return none;
}

TEST(ReleaseList, EveryHashIsThatOfTheFile) {
  Blog blog;
  for (int i = 0; i < 70; ++i) blog.post(i, "Text " + std::to_string(i));
  const Files files = blog.build();
  const Json release = release_of(files);
  EXPECT_EQ(release.get("posts").integer(), 70);
  const Json named_files = release.get("files");
  EXPECT_EQ(named_files.size(), 7U);  // the seventh are the patterns of English
  EXPECT_EQ(release.get("later").size(), 0U);
  for (std::size_t i = 0; i < named_files.size(); ++i) {
    const Json file = named_files.at(i);
    EXPECT_EQ(integrity_string(sha256(files.at(std::string(file.get("url").string())))), file.get("integrity").string());
  }
  std::set<std::string> pages;
  for (std::size_t i = 0; i < release.get("pages").size(); ++i) {
    const Json page = release.get("pages").at(i);
    const std::string path(page.at(0).string());
    pages.insert(path);
    EXPECT_EQ(short_hash(files.at(path.empty() ? "index.html" : path)), page.at(1).string());
  }
  EXPECT_THAT(pages, testing::ElementsAre("", "icon.svg", "manifest.webmanifest", "offline.html", "reader.html"));
  ASSERT_EQ(release.get("lists").size(), 1U);
  const Json oldest = parse(named(files, "bundle/release-list-1", release.get("lists").at(0).string(), ".json"));
  EXPECT_EQ(oldest.size(), 70U);
  EXPECT_EQ(oldest.at(0).at(0).string(), "post-1000");
  EXPECT_EQ(oldest.at(0).at(1).string(), short_hash(files.at("posts/post-1000/index.html")));
}

TEST(ReleaseList, TheConversationsProgramComesLaterAndOnlyWhereThereAreComments) {
  Blog blog;
  blog.post(1, "Text");
  blog.write("site/octavo.toml", "title = 'Blog'\n[comments]\nendpoint = 'https://comments.example.org/'\n");
  const Files files = blog.build();
  const Json later = release_of(files).get("later");
  ASSERT_EQ(later.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string url(later.at(i).get("url").string());
    EXPECT_TRUE(url.starts_with("assets/conversation."));
    EXPECT_EQ(integrity_string(sha256(files.at(url))), later.at(i).get("integrity").string());
  }
}

TEST(ReleaseList, APageThatIsInNoListMakesAnotherRelease) {
  Blog blog;
  blog.post(1, "Text");
  blog.write("site/content/about.md", "---\ntitle: About\ntype: page\n---\nWho we are.\n");
  const Files before = blog.build();
  const Json page = release_of(before).get("standalone").at(0);
  EXPECT_EQ(page.at(0).string(), "about");
  EXPECT_EQ(page.at(1).string(), short_hash(before.at("posts/about/index.html")));
  blog.write("site/content/about.md", "---\ntitle: About\ntype: page\n---\nWho we are now.\n");
  EXPECT_NE(parse(before.at("octavo.json")).get("release").get("url").string(),
            parse(blog.build().at("octavo.json")).get("release").get("url").string());
}

TEST(ReleaseList, PacksHoldTheBytesOfRowFilesAndTheirPosts) {
  Blog blog;
  for (int i = 0; i < 18; ++i) blog.post(i, "Line\n\nLine " + std::to_string(i));
  const Files files = blog.build();
  const Json pack = release_of(files).get("packs").at(0);
  std::vector<std::string> rows;
  for (const auto& [path, bytes] : files) {
    if (path.starts_with("bundle/rows-")) rows.push_back(bytes + "\n");
  }
  ASSERT_EQ(rows.size(), 2U);
  std::string expected;
  std::size_t number = 0;
  for (const auto& [path, bytes] : files) {
    if (!path.starts_with("bundle/posts/")) continue;
    if (number % kRowsPerFile == 0) expected += rows[number / kRowsPerFile];
    expected += bytes + "\n";  // in the order of their names, which is that of their dates
    ++number;
  }
  EXPECT_EQ(named(files, "bundle/release-pack-1", pack.at(0).string(), ".jsonl"), expected);
  EXPECT_EQ(pack.at(1).integer(), static_cast<std::int64_t>(expected.size()));
}

TEST(ReleaseList, ANewPostLeavesTheOlderPartsAsTheyWere) {
  Blog blog;
  for (int i = 0; i < 260; ++i) blog.post(i, "Text");
  const Json before = release_of(blog.build());
  blog.post(280, "New");
  const Json after = release_of(blog.build());
  ASSERT_EQ(after.get("lists").size(), 3U);
  EXPECT_EQ(before.get("lists").at(0).string(), after.get("lists").at(0).string());
  EXPECT_EQ(before.get("lists").at(1).string(), after.get("lists").at(1).string());
  EXPECT_NE(before.get("lists").at(2).string(), after.get("lists").at(2).string());
}

TEST(ReleaseList, TheEditionChangesWithWhatAllPagesShareAndWithNothingElse) {
  Blog blog;
  blog.post(0, "Text");
  const Files before = blog.build();
  blog.post(0, "Other text");
  const Files changed_post = blog.build();
  const auto build_id = [](const Files& files) { return std::string(parse(files.at("octavo.json")).get("build_id").string()); };
  EXPECT_THAT(build_id(before), testing::MatchesRegex("[0-9a-f]{12}"));
  EXPECT_EQ(build_id(before), build_id(changed_post));
  EXPECT_NE(before.at("octavo.json"), changed_post.at("octavo.json"));
  EXPECT_THAT(before.at("posts/post-1000/index.html"), testing::HasSubstr(build_id(before)));
  EXPECT_NE(build_id(before), build_id(blog.build(ServiceWorker::Kill)));
}

TEST(ReleaseList, TheServiceWorkerCanBeKilled) {
  Blog blog;
  blog.post(0, "Text");
  EXPECT_EQ(blog.build().at("sw.js"), "work();");
  const Files killed = blog.build(ServiceWorker::Kill);
  EXPECT_EQ(killed.at("sw.js"), "kill_sw.js");
  EXPECT_THAT(killed.at("index.html"), testing::Not(testing::HasSubstr("background_tasks")));
}

}  // namespace
}  // namespace octavo
