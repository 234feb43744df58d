// Whole sites: what is published, what is withheld, and that the same input gives the same bytes.
#include "press/publish/build_site.h"

#include <gmock/gmock.h>

#include "core/base/json.h"
#include "core/content/bundle/bundle.h"
#include "support/temporary_folder.h"

namespace octavo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view kPage =
    "<html lang=\"{{lang}}\"><title>{{title}}</title>{{head}}<link href=\"{{style}}\"><script src=\"{{script}}\" "
    "data-root=\"{{root}}\" data-path=\"{{path}}\" data-wasm=\"{{wasm}}\" data-bundle=\"{{bundle}}\" data-post=\"{{post}}\" "
    "data-integrity=\"{{integrity}}\"></script>{{content}}</html>\n";
constexpr std::string_view kSvg = "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>";

// A site in a folder of its own, built by one call.
class Site {
 public:
  Site() {
    folder.write("reader_files/page.html", kPage);
    folder.write("reader_files/octavo.js", "start();");
    folder.write("reader_files/early.js", "early();");
    folder.write("reader_files/background_tasks.js", "background_tasks();");
    folder.write("reader_files/conversation.js", "conversation();");
    folder.write("reader_files/conversation.wasm", "wasm of the conversation");
    folder.write("reader_files/offline_page.js", "offline();");
    folder.write("reader_files/kill_sw.js", "kill();");
    folder.write("reader_files/octavo.wasm", "wasm");
    folder.write("reader_files/reader.css", "body{}");
    folder.write("reader_files/public/icon.svg", kSvg);
    folder.write("hyphen/hyph_en_US.dic", "UTF-8\n1na\n");
  }

  void post(const std::string& name, const std::string& front_matter, const std::string& body = "Text.\n") const {
    folder.write("site/content/" + name, "---\n" + front_matter + "\n---\n" + body);
  }

  bool build(const std::string& output = "out", Drafts drafts = Drafts::Withhold, const std::string& source = "site") {
    BuildOptions options;
    options.site = folder / source;
    options.output = folder / output;
    options.reader_files = folder / "reader_files";
    options.hyphenation = folder / "hyphen";
    options.now = *parse_date_time("2026-11-23T18:00:00Z");
    options.drafts = drafts;
    options.compression = compression;
    Progress progress(Progress::Mode::Quiet);
    Diagnostics diagnostics;
    const Result<PostCounts> result = build_site(options, diagnostics, progress);
    collect(diagnostics);
    if (result) counts = *result;
    if (!result) messages.push_back(result.error().text());
    return result.ok();
  }

  void check() {
    Progress progress(Progress::Mode::Quiet);
    Diagnostics diagnostics;
    const auto result = check_site(folder / "site", *parse_date_time("2026-11-23T18:00:00Z"), diagnostics, progress);
    collect(diagnostics);
    EXPECT_TRUE(result.ok());
  }

  // Messages without the folder's random name.
  void collect(const Diagnostics& diagnostics) {
    messages.clear();
    for (const Diagnostic& diagnostic : diagnostics.items()) {
      std::string text = diagnostic.text();
      const std::string prefix = folder.path().generic_string() + "/";
      for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) text.erase(at, prefix.size());
      messages.push_back(text);
    }
  }

  bool has(const std::string& path) const { return std::filesystem::exists(folder / path); }

  BundleManifest manifest(const std::string& output = "out") const {
    const auto manifest = parse_manifest(folder.read(output + "/octavo.json"), "octavo.json");
    EXPECT_TRUE(manifest.ok());
    return *manifest;
  }

  IndexFile index_file(const FileReference& reference, const std::string& output = "out") const {
    const auto file = parse_index_file(folder.read(output + "/" + reference.url), reference.url);
    EXPECT_TRUE(file.ok());
    return *file;
  }

  // The head, with the rows of all files, newest first.
  IndexFile index(const std::string& output = "out") const {
    const BundleManifest all = manifest(output);
    IndexFile index = index_file(all.index, output);
    for (const FileReference& part : all.parts) {
      for (const FileReference& rows : index_file(part, output).files) {
        for (const PostSummary& row : index_file(rows, output).posts) index.posts.insert(index.posts.begin(), row);
      }
    }
    return index;
  }

  Post published(std::size_t rank) const {
    const auto post = parse_post(folder.read("out/" + index().posts.at(rank).body.url), "post");
    EXPECT_TRUE(post.ok());
    return *post;
  }

  TemporaryFolder folder;
  std::vector<std::string> messages;
  PostCounts counts;
  Compression compression = Compression::None;
};

std::vector<std::string> slugs(const IndexFile& index) {
  std::vector<std::string> out;
  for (const PostSummary& row : index.posts) out.push_back(row.slug);
  return out;
}

TEST(BuildSite, WritesPagesBundleFeedAndReader) {
  Site site;
  site.folder.write("site/octavo.toml", "title = 'Blog & Co'\nhome_page_url = 'https://example.org/b/'\n");
  site.post("one.md", "title: One\ndate: 2020-01-01\ntags: [Red Fish]\nsummary: S");
  ASSERT_TRUE(site.build()) << testing::PrintToString(site.messages);
  EXPECT_THAT(site.messages, IsEmpty());
  std::vector<std::string> files;
  for (const auto& [path, bytes] : site.folder.all_files("out")) files.push_back(path);
  using testing::MatchesRegex;
  EXPECT_THAT(
      files,
      ElementsAre(
          ".nojekyll", ".octavo-files", "404.html", "_headers", "archive/2020/index.html", "archive/index.html",
          MatchesRegex("assets/background_tasks\\.[0-9a-f]{12}\\.js"), MatchesRegex("assets/conversation\\.[0-9a-f]{12}\\.js"),
          MatchesRegex("assets/conversation\\.[0-9a-f]{12}\\.wasm"), MatchesRegex("assets/early\\.[0-9a-f]{12}\\.js"),
          MatchesRegex("assets/octavo\\.[0-9a-f]{12}\\.js"), MatchesRegex("assets/octavo\\.[0-9a-f]{12}\\.wasm"),
          MatchesRegex("assets/offline\\.[0-9a-f]{12}\\.js"), MatchesRegex("assets/style\\.[0-9a-f]{12}\\.css"),
          MatchesRegex("bundle/hyphenation/en\\.[0-9a-f]{12}\\.txt"), MatchesRegex("bundle/index-1\\.[0-9a-f]{12}\\.json"),
          MatchesRegex("bundle/index\\.[0-9a-f]{12}\\.json"), MatchesRegex("bundle/posts/one\\.[0-9a-f]{12}\\.json"),
          MatchesRegex("bundle/release-list-1\\.[0-9a-f]{12}\\.json"),
          MatchesRegex("bundle/release-pack-1\\.[0-9a-f]{12}\\.jsonl"), MatchesRegex("bundle/release\\.[0-9a-f]{12}\\.json"),
          MatchesRegex("bundle/rows-1\\.[0-9a-f]{12}\\.json"), "feed.json", "feed.xml", "icon.svg", "index.html",
          "manifest.webmanifest", "octavo.json", "offline.html", "posts/one/index.html", "reader.html", "robots.txt",
          "sitemap.xml", "tags/red-fish/index.html"));
  const std::string page = site.folder.read("out/posts/one/index.html");
  EXPECT_THAT(page, HasSubstr("data-root=\"../../\" data-path=\"posts/one/\" data-wasm=\"assets/octavo."));
  EXPECT_THAT(page, HasSubstr("src=\"../../assets/octavo."));
  EXPECT_THAT(page, HasSubstr("data-bundle=\"octavo.json\" data-post=\"bundle/posts/one."));
  EXPECT_THAT(page, HasSubstr("data-integrity=\"" + site.index().posts[0].body.integrity));
  EXPECT_THAT(page, HasSubstr("<link rel=\"canonical\" href=\"https://example.org/b/posts/one/\">"));
  EXPECT_THAT(page, HasSubstr("Text."));
  EXPECT_THAT(site.folder.read("out/index.html"), HasSubstr("data-root=\"./\" data-path=\"\""));
  EXPECT_THAT(site.folder.read("out/404.html"), HasSubstr("data-root=\"/b/\""));
  EXPECT_THAT(site.folder.read("out/404.html"), HasSubstr("href=\"/b/"));
  EXPECT_THAT(site.folder.read("out/404.html"), Not(HasSubstr("href=\"./")));
  EXPECT_EQ(site.counts.published, 1U);
}

TEST(BuildSite, StaticFilesArePublishedAsTheyAre) {
  Site site;
  site.post("tea.md", "title: Tea");
  const std::map<std::string, std::string> files = {{"CNAME", "example.org"},
                                                    {"robots.txt", "User-agent: *\nDisallow: /x\n"},
                                                    {".well-known/security.txt", "Contact: x"},
                                                    {"files/a b.bin", std::string("\0\xFF", 2)}};
  for (const auto& [path, text] : files) site.folder.write("site/static/" + path, text);
  site.folder.write("site/static/.git/HEAD", "ref");
  site.folder.write("secret.txt", "secret");
  std::filesystem::create_symlink(site.folder / "secret.txt", site.folder / "site/static/link.txt");
  ASSERT_TRUE(site.build());
  for (const auto& [path, text] : files) EXPECT_EQ(site.folder.read("out/" + path), text) << path;
  EXPECT_FALSE(std::filesystem::exists(site.folder / "out/.git"));
  EXPECT_FALSE(std::filesystem::exists(site.folder / "out/link.txt"));
  EXPECT_THAT(site.messages, testing::Contains(testing::AllOf(HasSubstr("link.txt"), HasSubstr("symbolic link"))));
}

// The reader of a page should not lose it because its owner is in the middle of a change.
TEST(BuildSite, APostWithAnErrorStaysAsItWasPublished) {
  Site site;
  site.post("tea.md", "title: Tea\ndate: 2024-05-01\ntags: [drinks]", "![Leaf](leaf.svg) Green.\n");
  site.folder.write("site/content/leaf.svg", kSvg);
  site.post("cake.md", "title: Cake\nslug: sweet\ndate: 2024-05-02", "[Tea](tea.md)\n");
  site.post("bread.md", "title: Bread", "Rye.\n");
  ASSERT_TRUE(site.build());
  const auto before = site.folder.all_files("out");
  site.post("tea.md", "title: Tea\ndate: 2024-05-01\ntags: [drinks", "Changed.\n");
  ASSERT_TRUE(site.build());
  EXPECT_EQ(site.counts.kept, 1U);
  EXPECT_EQ(site.counts.left_out, 0U);
  EXPECT_EQ(site.folder.all_files("out"), before);
  EXPECT_THAT(site.messages, testing::Contains(testing::AllOf(HasSubstr("tea.md"), HasSubstr("stays as it is"))));
  // An address that the broken file no longer says cannot be found, and a post that is deleted goes.
  site.post("cake.md", "title: [Cake", "Changed.\n");
  std::filesystem::remove(site.folder / "site/content/bread.md");
  ASSERT_TRUE(site.build());
  EXPECT_EQ(site.counts.kept, 1U);
  EXPECT_EQ(site.counts.left_out, 1U);
  EXPECT_FALSE(std::filesystem::exists(site.folder / "out/posts/bread"));
  // Another post that has taken the address since has it.
  site.post("green.md", "title: Green\nslug: tea", "New.\n");
  ASSERT_TRUE(site.build());
  EXPECT_EQ(site.counts.kept, 0U);
  EXPECT_THAT(site.folder.read("out/posts/tea/index.html"), HasSubstr("New."));
}

TEST(BuildSite, AStaticFileDoesNotReplaceAPage) {
  Site site;
  site.post("tea.md", "title: Tea");
  site.folder.write("site/static/posts/tea/index.html", "mine");
  EXPECT_FALSE(site.build());
  EXPECT_THAT(site.messages, testing::Contains(testing::AllOf(HasSubstr("posts/tea/index.html"), HasSubstr("static/"))));
  EXPECT_FALSE(std::filesystem::exists(site.folder / "out"));
}

TEST(BuildSite, OldAddressesLeadToThePost) {
  Site site;
  site.post(
      "one.md",
      "title: One & only\ndate: 2020-01-01\naliases: [/2010/old/, /a.html, \"posts/one/\", /posts/two/, \"/?p=1\", /x/../y]");
  site.post("two.md", "title: Two\ndate: 2020-01-02");
  site.post("draft.md", "title: D\ndate: 2020-01-02\ndraft: true\naliases: [/leak/]");
  ASSERT_TRUE(site.build());
  EXPECT_THAT(
      site.messages,
      ElementsAre("site/content/one.md: warning: \"/posts/two/\" has a page of its own, so it does not lead to this post.",
                  HasSubstr("The alias \"/?p=1\" cannot be used"), HasSubstr("The alias \"/x/../y\" cannot be used")));
  EXPECT_EQ(site.folder.read("out/_redirects"), "/2010/old/ /posts/one/ 301\n/a.html /posts/one/ 301\n");
  const std::string page = site.folder.read("out/2010/old/index.html");
  EXPECT_THAT(page, HasSubstr("content=\"0; url=../../posts/one/\""));
  EXPECT_THAT(page, HasSubstr("<a href=\"../../posts/one/\">One &amp; only</a>"));
  EXPECT_THAT(site.folder.read("out/a.html"), HasSubstr("url=posts/one/\""));
  EXPECT_FALSE(site.has("out/leak"));
}

TEST(BuildSite, ThePolicyNamesTheHostsOfImagesAndComments) {
  Site site;
  site.folder.write("site/octavo.toml",
                    "image_hosts = ['https://avatars.example.com/x']\n[[authors]]\nname = 'A'\navatar = "
                    "'https://faces.example.com/a.png'\n[comments]\nendpoint = 'https://c.example.com:8443/api'\n");
  site.post("one.md", "title: One\ndate: 2020-01-01", "![a](https://IMG.example.com/a.png) ![b](b.svg)\n");
  site.post("two.md", "title: Two\ndate: 2020-01-01\ndraft: true", "![a](https://leak.example.com/a.png)\n");
  site.folder.write("site/content/b.svg", kSvg);
  site.folder.write("reader_files/page.html", "<meta content=\"{{policy}}\">{{content}}{{head}}");
  ASSERT_TRUE(site.build());
  const std::string headers = site.folder.read("out/_headers");
  EXPECT_THAT(
      headers,
      HasSubstr("img-src 'self' data: blob: https://avatars.example.com https://faces.example.com https://img.example.com;"));
  EXPECT_THAT(headers, HasSubstr("connect-src 'self' https://c.example.com:8443;"));
  EXPECT_THAT(headers, HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(headers, Not(HasSubstr("leak")));
  const std::string page = site.folder.read("out/posts/one/index.html");
  EXPECT_THAT(page, HasSubstr("<meta content=\"default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"));
  EXPECT_THAT(page, Not(HasSubstr("frame-ancestors")));
}

TEST(BuildSite, CompressedFilesLieBesideThePlainOnes) {
  Site site;
  site.compression = Compression::Beside;
  site.post("one.md", "title: One\ndate: 2020-01-01", std::string(5000, 'x') + "\n");
  ASSERT_TRUE(site.build());
  for (const char* suffix : {".br", ".gz"}) {
    EXPECT_TRUE(site.has(std::string("out/posts/one/index.html") + suffix)) << suffix;
    EXPECT_FALSE(site.has(std::string("out/icon.svg") + suffix)) << suffix;  // too small
  }
  EXPECT_LT(site.folder.read("out/posts/one/index.html.br").size(), 1000U);
}

TEST(BuildSite, NothingOfWithheldPostsIsInTheOutput) {
  Site site;
  const std::string body = "LEAK ![p](LEAK.svg) [f](LEAK.txt)\n";
  site.folder.write("site/content/LEAK.svg", kSvg);
  site.folder.write("site/content/LEAK.txt", "x");
  site.post("a-draft-LEAK.md", "title: LEAK\ndate: 2020-01-01\ndraft: true\ntags: [LEAK]\nauthors: [LEAK]", body);
  site.post("b-future-LEAK.md", "title: LEAK\ndate: 2026-11-23T18:00:01Z\ntags: [LEAK]", body);
  site.post("c-embargo-LEAK.md", "title: LEAK\ndate: 2020-01-01\npublishDate: 2027-01-01", body);
  site.post("d-expired-LEAK.md", "title: LEAK\ndate: 2020-01-01\nexpiry: 2026-11-23T18:00:00Z", body);
  site.post("e-hidden-LEAK.md", "title: LEAK\ndate: 2020-01-01\npublished: false", body);
  site.post("_drafts/f-LEAK.md", "title: LEAK\ndate: 2020-01-01", body);
  site.post("g-unclear-LEAK.md", "title: LEAK\ndraft: perhaps", body);
  site.post("h-broken-LEAK.md", "title: [LEAK", body);
  site.folder.write("site/content/i-open-LEAK.md", "---\ntitle: LEAK\n" + body);
  site.folder.write("site/content/a-draft-LEAK.comments.json", R"({"comments": [{"id": "1", "text": "LEAK"}]})");
  site.post("shown.md", "title: Shown\ndate: 2026-11-23T18:00:00Z");
  ASSERT_TRUE(site.build());
  for (const auto& [path, bytes] : site.folder.all_files("out")) {
    EXPECT_THAT(path, Not(HasSubstr("LEAK")));
    EXPECT_THAT(bytes, Not(HasSubstr("LEAK"))) << path;
  }
  EXPECT_THAT(summary_text(site.counts),
              testing::StartsWith("1 post published, 3 drafts, 2 future, 1 expired withheld, 3 left out because of problems\n"));
}

TEST(BuildSite, SaysWhatIsDueNext) {
  Site site;
  site.post("later.md", "title: A\ndate: 2027-01-01");
  site.post("soon.md", "title: B\ndate: 2020-01-01\npublishDate: 2026-12-01T09:00:00+01:00");
  site.post("never.md", "title: C\ndate: 2026-11-30\nexpiry: 2026-11-29");
  site.post("draft.md", "title: D\ndate: 2026-11-24\ndraft: true");
  ASSERT_TRUE(site.build());
  EXPECT_THAT(summary_text(site.counts), HasSubstr("\nNext due: 2026-12-01T09:00:00+01:00, "));
  EXPECT_THAT(summary_text(site.counts), HasSubstr("content/soon.md appears; build again then."));
  site.post("ends.md", "title: E\ndate: 2020-01-01\nexpiry: 2026-11-25");
  ASSERT_TRUE(site.build());
  EXPECT_THAT(summary_text(site.counts), HasSubstr("Next due: 2026-11-25T00:00:00Z, "));
  EXPECT_THAT(summary_text(site.counts), HasSubstr("content/ends.md expires"));
}

// ---- Lists and links to other posts ---------------------------------------------------------------------------------

TEST(BuildSite, PagesHaveAnAddressAndAreInNoListAndNoFeed) {
  Site site;
  site.folder.write("site/octavo.toml", "title = 'B'\nhome_page_url = 'https://example.org/'\n");
  site.post("about.md", "title: About us\ntype: page\ndate: 2026-01-01\ntags: [News]\nauthors: [Ann]", "We are.\n");
  site.post("a.md", "title: A\ndate: 2020-01-01\ntags: [News]", "[We](about.md)\n");
  ASSERT_TRUE(site.build()) << testing::PrintToString(site.messages);
  EXPECT_THAT(slugs(site.index()), ElementsAre("a"));
  ASSERT_EQ(site.index().pages.size(), 1U);
  EXPECT_EQ(site.index().pages[0].slug, "about");
  EXPECT_FALSE(site.has("out/archive/2026/index.html"));
  EXPECT_FALSE(site.published(0).newer);
  EXPECT_EQ(site.published(0).links.at("about.md"), "posts/about/");
  for (const char* file : {"feed.json", "feed.xml", "index.html", "tags/news/index.html"}) {
    EXPECT_THAT(site.folder.read(std::string("out/") + file), Not(HasSubstr("About us"))) << file;
  }
  const std::string page = site.folder.read("out/posts/about/index.html");
  EXPECT_THAT(page, HasSubstr("We are."));
  EXPECT_THAT(page, Not(HasSubstr("Be the first to like this")));
  EXPECT_THAT(site.folder.read("out/sitemap.xml"), HasSubstr("https://example.org/posts/about/"));
}

TEST(BuildSite, SeriesAndAuthorsHaveLists) {
  Site site;
  site.post("one.md", "title: One\ndate: 2020-01-01\nseries: On Trees\nauthors: [Ann, Bob]");
  site.post("between.md", "title: Between\ndate: 2020-01-15\nauthors: [ann]");
  site.post("two.md", "title: Two\ndate: 2020-02-01\nseries: [On Trees, Other]\nauthor: Bob");
  ASSERT_TRUE(site.build()) << testing::PrintToString(site.messages);
  EXPECT_THAT(site.messages, IsEmpty());
  const Post two = site.published(0);
  ASSERT_TRUE(two.series);
  EXPECT_EQ(two.series->slug, "on-trees");
  EXPECT_EQ(two.series->part, 2U);
  EXPECT_EQ(two.series->count, 2U);
  EXPECT_EQ(two.older->slug, "between");
  EXPECT_THAT(site.folder.read("out/posts/two/index.html"), HasSubstr("Part 2 of 2 of <a href=\"../../series/on-trees/\">"));
  const std::string series = site.folder.read("out/series/on-trees/index.html");
  EXPECT_LT(series.find("posts/one/"), series.find("posts/two/"));
  EXPECT_THAT(site.folder.read("out/authors/ann/index.html"), HasSubstr("2 posts"));
  EXPECT_THAT(site.folder.read("out/authors/bob/index.html"), Not(HasSubstr("posts/between/")));
  const std::string archive = site.folder.read("out/archive/index.html");
  for (const char* list : {"2020/", "../series/on-trees/", "../authors/ann/", "../authors/bob/"}) {
    EXPECT_THAT(archive, HasSubstr("href=\"" + std::string(list) + "\"")) << list;
  }
}

TEST(BuildSite, OneAuthorAloneHasNoList) {
  Site site;
  site.post("one.md", "title: One\ndate: 2020-01-01\nauthors: [Ann]");
  site.post("two.md", "title: Two\ndate: 2020-01-02\nauthors: [Ann]");
  ASSERT_TRUE(site.build());
  EXPECT_FALSE(site.has("out/authors"));
}

TEST(BuildSite, IdsOfPostsStayInFeeds) {
  Site site;
  site.folder.write("site/octavo.toml", "title = 'B'\nhome_page_url = 'https://example.org/'\n");
  site.post("a.md", "title: A\ndate: 2020-01-02\nid: https://old.example/?p=7");
  site.post("b.md", "title: B\ndate: 2020-01-01\nid: post seven");
  ASSERT_TRUE(site.build());
  EXPECT_THAT(site.folder.read("out/feed.json"),
              HasSubstr(R"("id":"https://old.example/?p=7","url":"https://example.org/posts/a/")"));
  EXPECT_THAT(site.folder.read("out/feed.json"), HasSubstr(R"("id":"post seven")"));
  EXPECT_THAT(site.folder.read("out/feed.xml"), HasSubstr("<id>https://old.example/?p=7</id>"));
  EXPECT_THAT(site.folder.read("out/feed.xml"), Not(HasSubstr("post seven")));
}

TEST(BuildSite, CommentsBesideAPostAreInItsBundleFile) {
  Site site;
  site.post("a.md", "title: A\ndate: 2020-01-01");
  site.folder.write("site/content/a.comments.json", R"({"comments": [
    {"id": "2", "parent": "1", "author": "Bob", "date": "2020-01-03T00:00:00Z", "text": "*Yes*"},
    {"id": "1", "author": "Ann", "author_url": "https://ann.example/", "date": "2020-01-02T00:00:00Z", "text": "First"}]})");
  site.post("b.md", "title: B\ndate: 2019-01-01");
  site.folder.write("site/content/b.comments.json", R"({"comments": [{"id": "1"}]})");
  ASSERT_TRUE(site.build());
  EXPECT_THAT(site.messages,
              ElementsAre(HasSubstr("site/content/b.comments.json: error: comments[0].text is missing. The comments of this "
                                    "file are left out.")));
  const Post post = site.published(0);
  ASSERT_EQ(post.comments.size(), 2U);
  EXPECT_EQ(post.comments[0].author_url, "https://ann.example/");
  EXPECT_EQ(post.comments[1].parent, "1");
  EXPECT_EQ(post.comments[1].markdown, "_Yes_\n");
  EXPECT_THAT(site.folder.read("out/posts/a/index.html"), HasSubstr("<em>Yes</em>"));
  EXPECT_THAT(site.published(1).comments, IsEmpty());
}

TEST(BuildSite, PostsHaveTheKeysThatAnotherCommentEngineKnowsThemBy) {
  Site site;
  site.post("a.md", "title: A\ndate: 2020-01-01\ncomments: {id: 12}");
  site.post("b.md", "title: B\ndate: 2019-01-01");
  site.post("c.md", "title: C\ndate: 2018-01-01\ncomments: {id: tea}");
  site.post("about.md", "title: About\ndate: 2017-01-01\ntype: page\ncomments: {id: 13}");
  const auto threads = [&](const std::string& comments) {
    site.folder.write("site/octavo.toml", "home_page_url = 'https://b.example/blog/'\n[comments]\n" + comments);
    EXPECT_TRUE(site.build());
    return std::vector<std::string>{site.published(0).thread, site.published(1).thread, site.published(2).thread};
  };
  EXPECT_THAT(threads("endpoint = 'https://wp.example/wp-json/'\nengine = 'wordpress'\n"), ElementsAre("12", "", ""));
  EXPECT_THAT(
      site.messages,
      ElementsAre(
          "site/content/c.md:4:16: error: `id` in `comments` is \"tea\", but wordpress knows a post by a number; nobody can "
          "comment on this one.",
          "site/octavo.toml: warning: Nobody can comment on 2 posts without the number that wordpress has for it: `id` in "
          "`[comments]` of front matter. The newest is \"b\"."));
  EXPECT_THAT(site.folder.read("out/posts/b/index.html"), HasSubstr("Comments are closed on this page."));
  EXPECT_THAT(site.folder.read("out/posts/a/index.html"), Not(HasSubstr("Comments are closed on this page.")));
  EXPECT_THAT(site.folder.read("out/posts/a/index.html"), Not(HasSubstr("data-action=\"like\"")));
  EXPECT_THAT(threads("endpoint = 'https://isso.example/'\nengine = 'isso'\n"), ElementsAre("12", "/blog/posts/b/", "tea"));
  EXPECT_THAT(threads("endpoint = 'https://r.example/'\nengine = 'remark42'\nsite = 'b'\n"),
              ElementsAre("12", "https://b.example/blog/posts/b/", "tea"));
  EXPECT_EQ(site.index().site->comments.site, "b");
  EXPECT_THAT(threads("endpoint = '_comments/v1/'\n"), ElementsAre("", "", ""));
  EXPECT_THAT(site.messages, IsEmpty());
}

TEST(BuildSite, DraftsAreIncludedOnRequestOnly) {
  Site site;
  site.post("a.md", "title: A\ndate: 2020-01-01\ndraft: true");
  site.post("b.md", "title: B\ndate: 2030-01-01\ndraft: true");
  ASSERT_TRUE(site.build("out", Drafts::Include));
  EXPECT_THAT(slugs(site.index()), ElementsAre("a"));
}

TEST(BuildSite, SameInputGivesSameBytes) {
  Site site;
  for (int i = 0; i < 60; ++i) {
    site.post("p" + std::to_string(i) + ".md",
              "title: P\ndate: 2020-01-0" + std::to_string(i % 9 + 1) + "\ntags: [a, b" + std::to_string(i % 3) + "]",
              "![x](a.svg)\n\n[next](p" + std::to_string((i + 1) % 60) + ".md#x)\n");
  }
  site.folder.write("site/content/a.svg", kSvg);
  ASSERT_TRUE(site.build("one"));
  ASSERT_TRUE(site.build("two"));
  ASSERT_TRUE(site.build("two"));
  EXPECT_EQ(site.folder.all_files("one"), site.folder.all_files("two"));
  EXPECT_TRUE(site.has("one/page/3/index.html"));
  EXPECT_FALSE(site.has("one/page/4/index.html"));
  EXPECT_TRUE(site.has("one/tags/a/page/3/index.html"));
}

TEST(BuildSite, SecondPostOfTheSameAddressIsLeftOut) {
  Site site;
  site.post("a.md", "title: First\ndate: 2020-01-01\nslug: Same");
  site.post("b.md", "title: Second\ndate: 2021-01-01\nslug: same");
  ASSERT_TRUE(site.build());
  EXPECT_THAT(site.messages,
              ElementsAre("site/content/b.md:4:7: error: The address \"same\" is taken by site/content/a.md; this post is "
                          "left out until one of the two has another `slug`."));
  EXPECT_THAT(slugs(site.index()), ElementsAre("Same"));
  EXPECT_EQ(site.index().posts[0].title, "First");
}

TEST(BuildSite, NewestFirstAndUndatedLast) {
  Site site;
  site.post("a.md", "title: A");
  site.post("b.md", "title: B\ndate: 2020-01-01");
  site.post("c.md", "title: C\ndate: 2021-01-01");
  site.post("d.md", "title: D\ndate: 2020-01-01");
  ASSERT_TRUE(site.build());
  EXPECT_THAT(slugs(site.index()), ElementsAre("c", "b", "d", "a"));
}

TEST(BuildSite, ImagesBesideThePostArePublishedWithTheirSize) {
  Site site;
  site.folder.write("site/content/x/my pic.svg", kSvg);
  site.folder.write("site/content/top.svg", kSvg);
  site.folder.write("site/content/x/raw.svg", kSvg);
  site.post(
      "x/index.md", "title: X\ndate: 2020-01-01\nimage: /top.svg",
      "![a](my%20pic.svg) ![b](/top.svg) ![r](https://example.org/r.png)\n\n<p><img src=\"raw.svg\"></p>\n\n[f](../top.svg#v)\n");
  ASSERT_TRUE(site.build());
  EXPECT_THAT(site.messages, IsEmpty());
  const Post post = site.published(0);
  ASSERT_THAT(post.images, testing::SizeIs(3));
  const ImageInfo& image = post.images.at("my%20pic.svg");
  EXPECT_THAT(image.url, testing::MatchesRegex("media/my%20pic\\.[0-9a-f]{8}\\.svg"));
  EXPECT_EQ(image.width, 30U);
  EXPECT_EQ(image.height, 20U);
  EXPECT_TRUE(post.images.contains("raw.svg"));
  EXPECT_TRUE(site.has("out/" + post.images.at("/top.svg").url));
  EXPECT_EQ(post.links.at("../top.svg#v"), post.images.at("/top.svg").url + "#v");
  EXPECT_EQ(post.summary.image->url, post.images.at("/top.svg").url);
  EXPECT_THAT(site.folder.read("out/posts/x/index.html"), HasSubstr("src=\"../../" + post.images.at("raw.svg").url + "\""));
}

TEST(BuildSite, LinksBetweenPostsLeadToTheirPages) {
  Site site;
  site.post("a.md", "title: A\ndate: 2020-01-02",
            "[1](b.md#s) [2](x/index.md) [3](@/b.md) [4](x/) [5](/2019/old/) [6](#here) [7](./b.md?q#f) [8](/2019/alias.html) "
            "[9](/)\n");
  site.post("b.md", "title: B\ndate: 2020-01-01\naliases: [2019/alias.html]");
  site.post("x/index.md", "title: X\npath: 2019/old\ndate: 2020-01-01");
  ASSERT_TRUE(site.build());
  EXPECT_THAT(site.messages, IsEmpty());
  using testing::Pair;
  EXPECT_THAT(site.published(0).links,
              ElementsAre(Pair("./b.md?q#f", "posts/b/#f"), Pair("/", ""), Pair("/2019/alias.html", "posts/b/"),
                          Pair("/2019/old/", "posts/2019/old/"), Pair("@/b.md", "posts/b/"), Pair("b.md#s", "posts/b/#s"),
                          Pair("x/", "posts/2019/old/"), Pair("x/index.md", "posts/2019/old/")));
}

TEST(BuildSite, FilesBesideAnotherPostAreFoundByItsAddress) {
  Site site;
  site.folder.write("site/content/x/pic.svg", kSvg);
  site.post("x/index.md", "title: X\npath: 2019/01/02/old");
  site.post("a.md", "title: A\npath: 2020/01/02/new", "![p](../../../../2019/01/02/old/pic.svg) ![q](/2019/01/02/old/pic.svg)\n");
  ASSERT_TRUE(site.build());
  EXPECT_THAT(site.messages, IsEmpty());
  EXPECT_THAT(site.published(0).images, testing::SizeIs(2));
}

TEST(BuildSite, MissingAndForbiddenReferencesAreReportedWithTheirLine) {
  Site site;
  site.folder.write("site/secret.txt", "TOP SECRET");
  site.post("a.md", "title: A\ndate: 2020-01-01", "Text\n\n![x](gone.png)\n[y](gone.md)\n![z](../secret.txt)\n[d](draft.md)\n");
  site.post("draft.md", "title: D\ndraft: true");
  ASSERT_TRUE(site.build());
  EXPECT_THAT(
      site.messages,
      ElementsAre("site/content/a.md:7:6: warning: \"gone.png\" leads to no file or post of this site.",
                  "site/content/a.md:8:5: warning: \"gone.md\" leads to no file or post of this site.",
                  "site/content/a.md:9:6: error: \"../secret.txt\" leads out of the content folder or to a hidden file; it "
                  "is not published.",
                  "site/content/a.md:10:5: warning: The link \"draft.md\" leads to a post that is not published.",
                  "site/content/draft.md: note: The post has no date; it comes after all dated ones."));
  for (const auto& [path, bytes] : site.folder.all_files("out")) EXPECT_THAT(bytes, Not(HasSubstr("TOP SECRET"))) << path;
}

TEST(BuildSite, CheckReadsWithheldPostsToo) {
  Site site;
  site.post("draft.md", "title: D\ndate: 2020-01-01\ndraft: true", "![x](gone.png)\n");
  site.check();
  EXPECT_THAT(site.messages, testing::Contains(HasSubstr("site/content/draft.md:6:6: warning: \"gone.png\"")));
  EXPECT_FALSE(site.has("out"));
}

TEST(BuildSite, SummaryIsTheFirstParagraphCutAtAWord) {
  Site site;
  std::string words;
  for (int i = 0; i < 60; ++i) words += "wörd ";
  site.post("a.md", "title: A\ndate: 2020-01-02", "## H\n\n" + words + "\n");
  site.post("b.md", "title: B\ndate: 2020-01-01", "Short *one*.\n\nMore.\n");
  ASSERT_TRUE(site.build());
  std::string expected;
  for (int i = 0; i < 40; ++i) expected += i == 0 ? "wörd" : " wörd";
  EXPECT_EQ(site.index().posts[0].summary, expected + "…");
  EXPECT_EQ(site.index().posts[1].summary, "Short one.");
  EXPECT_EQ(site.index().posts[1].words, 3U);
}

TEST(BuildSite, IndexIsSplitIntoFilesOfBoundedSizeFromTheOldestPostOn) {
  Site site;
  for (int i = 0; i < 401; ++i) site.post("p" + std::to_string(i + 1000) + ".md", "title: P\ndate: 2020-01-01\ntags: [t]");
  ASSERT_TRUE(site.build());
  const BundleManifest manifest = site.manifest();
  EXPECT_EQ(manifest.total_rows, 401U);
  ASSERT_EQ(manifest.parts.size(), 4U);
  const IndexFile first = site.index_file(manifest.parts[0]);
  EXPECT_EQ(first.files.size(), kRowFilesPerPart);
  EXPECT_EQ(first.slug_fingerprints.size(), kRowsPerPart * kSlugFingerprintCharacters);
  EXPECT_EQ(site.index_file(first.files[0]).posts[0].slug, "p1400");  // of equal dates the last name is the oldest
  const IndexFile last = site.index_file(manifest.parts[3]);
  EXPECT_EQ(last.first_row, 384U);
  ASSERT_EQ(last.files.size(), 2U);
  const IndexFile rows = site.index_file(last.files[1]);
  EXPECT_EQ(rows.first_row, 400U);
  ASSERT_EQ(rows.posts.size(), 1U);
  EXPECT_EQ(last.slug_fingerprints.substr(16 * kSlugFingerprintCharacters), slug_fingerprint(rows.posts[0].slug));
  ASSERT_EQ(last.group_rows.size(), 2U);
  EXPECT_EQ(last.group_rows[0].slug, "t");
  EXPECT_EQ(last.group_rows[0].rows.size(), 17U);
  EXPECT_EQ(last.group_rows[1].kind, GroupInfo::Kind::Year);
  const IndexFile head = site.index_file(manifest.index);
  ASSERT_FALSE(head.groups.empty());
  EXPECT_EQ(head.groups[0].kind, GroupInfo::Kind::Tag);
  EXPECT_EQ(head.groups[0].count, 0U);  // a new post leaves the head as it is
  EXPECT_THAT(last.group_counts, ElementsAre(401U, 401U));
}

TEST(BuildSite, ANewPostLeavesFullIndexFilesAsTheyWere) {
  Site site;
  for (int i = 0; i < 140; ++i) site.post("p" + std::to_string(i) + ".md", "title: P\ndate: 2020-01-01\ntags: [t]");
  ASSERT_TRUE(site.build());
  const BundleManifest before = site.manifest();
  const std::vector<FileReference> rows_before = site.index_file(before.parts[1]).files;
  site.post("new.md", "title: New\ndate: 2020-01-02\ntags: [t]");
  ASSERT_TRUE(site.build());
  const BundleManifest after = site.manifest();
  EXPECT_EQ(after.index.url, before.index.url);
  EXPECT_EQ(after.parts[0].url, before.parts[0].url);
  EXPECT_NE(after.parts[1].url, before.parts[1].url);
  ASSERT_EQ(rows_before.size(), 1U);
}

TEST(BuildSite, FeedHasAbsoluteAddresses) {
  Site site;
  site.folder.write("site/octavo.toml", "home_page_url = 'https://example.org/b/'\n");
  site.folder.write("site/content/p.svg", kSvg);
  site.post("a.md", "title: A\ndate: 2020-01-02", "![x](p.svg) [b](b.md)\n");
  site.post("b.md", "title: B\ndate: 2020-01-01");
  ASSERT_TRUE(site.build());
  const Result<Json> feed = Json::parse(site.folder.read("out/feed.json"), "feed.json");
  ASSERT_TRUE(feed.ok());
  EXPECT_TRUE(is_json_feed(site.folder.read("out/feed.json")));
  const std::string html(feed->get("items").at(0).get("content_html").string());
  EXPECT_THAT(html, HasSubstr("src=\"https://example.org/b/media/p."));
  EXPECT_THAT(html, HasSubstr("href=\"https://example.org/b/posts/b/\""));
}

TEST(BuildSite, JsonFeedIsASiteAsWell) {
  Site site;
  site.folder.write("feed.json", R"({"version": "https://jsonfeed.org/version/1.1", "title": "Feed", "items": [
    {"id": "1", "url": "https://example.org/one", "title": "One", "content_html": "<p>Hello <script>x</script></p>", "date_published": "2020-01-01T00:00:00Z"},
    {"id": "2", "title": "LEAK", "content_text": "LEAK", "date_published": "2030-01-01T00:00:00Z"}]})");
  ASSERT_TRUE(site.build("out", Drafts::Withhold, "feed.json")) << testing::PrintToString(site.messages);
  ASSERT_EQ(site.index().posts.size(), 1U);
  EXPECT_EQ(site.index().site->title, "Feed");
  EXPECT_EQ(site.counts.future, 1U);
  const std::string slug = site.index().posts[0].slug;
  EXPECT_THAT(site.folder.read("out/posts/" + slug + "/index.html"), HasSubstr("Hello"));
  for (const auto& [path, bytes] : site.folder.all_files("out")) EXPECT_THAT(bytes, Not(HasSubstr("LEAK"))) << path;
}

TEST(BuildSite, HostileFeedIdsStayInsideTheOutput) {
  Site site;
  site.folder.write("feed.json", R"({"version": "https://jsonfeed.org/version/1.1", "title": "Feed", "items": [
    {"id": "../../../escape", "_octavo": {"slug": "../../../escape"}, "content_text": "x"},
    {"id": "posts/../../../escape/", "content_text": "x"}]})");
  ASSERT_TRUE(site.build("out", Drafts::Withhold, "feed.json"));
  EXPECT_FALSE(site.has("escape"));
  EXPECT_FALSE(site.has("out/escape"));
  for (const auto& entry : std::filesystem::directory_iterator(site.folder.path())) {
    EXPECT_THAT(entry.path().filename().string(), testing::AnyOf("feed.json", "hyphen", "out", "reader_files"));
  }
}

TEST(BuildSite, WithoutReaderPagesAreBuiltAndANoteSaysSo) {
  Site site;
  std::filesystem::remove(site.folder / "reader_files/octavo.wasm");
  site.post("a.md", "title: A\ndate: 2020-01-01");
  ASSERT_TRUE(site.build());
  ASSERT_EQ(site.messages.size(), 1U);
  EXPECT_THAT(site.messages[0], HasSubstr("reader_files: note: There is no octavo.wasm here"));
  const std::string page = site.folder.read("out/posts/a/index.html");
  EXPECT_THAT(page, HasSubstr("<!DOCTYPE html>"));
  EXPECT_THAT(page, Not(HasSubstr("<script src")));
}

TEST(BuildSite, EmptySiteIsWarnedAboutAndStillBuilt) {
  Site site;
  std::filesystem::create_directories(site.folder / "site/content");
  ASSERT_TRUE(site.build());
  EXPECT_THAT(site.messages, ElementsAre("site: warning: The site has no posts to publish."));
  EXPECT_TRUE(site.has("out/index.html"));
  EXPECT_TRUE(site.index().posts.empty());
}

TEST(BuildSite, FailedBuildLeavesThePreviousOutput) {
  Site site;
  site.post("a.md", "title: A\ndate: 2020-01-01");
  ASSERT_TRUE(site.build());
  const auto before = site.folder.all_files("out");
  site.folder.write("reader_files/public/index.html", "collides with a page");
  EXPECT_FALSE(site.build());
  EXPECT_EQ(site.folder.all_files("out"), before);
  EXPECT_FALSE(site.has("out.new"));
}

TEST(BuildSite, MissingSiteAndUnknownFileAreErrors) {
  Site site;
  EXPECT_FALSE(site.build());
  EXPECT_THAT(site.messages.back(), HasSubstr("The site's folder does not exist."));
  site.folder.write("notes.txt", "hello");
  EXPECT_FALSE(site.build("out", Drafts::Withhold, "notes.txt"));
  EXPECT_THAT(site.messages.back(), HasSubstr("must be a JSON Feed"));
  site.folder.write("other.json", "{}");
  EXPECT_FALSE(site.build("out", Drafts::Withhold, "other.json"));
  EXPECT_THAT(site.messages.back(), HasSubstr("not a JSON Feed"));
  EXPECT_FALSE(site.has("out"));
}

TEST(BuildSite, AFeedMayBeginWithAByteOrderMarkAndALoneSurrogateHasItsPlace) {
  Site site;
  const std::string head = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"F\",\n\"items\":[{\"id\":\"1\",";
  site.folder.write("good.json", "\xEF\xBB\xBF" + head + "\"content_text\":\"a\"}]}");
  EXPECT_TRUE(site.build("out", Drafts::Withhold, "good.json"));
  for (const char* lone : {"\\ud800", "\\udfff", "\\ud800\\ud800", "\\ud800x"}) {
    site.folder.write("bad.json", "\xEF\xBB\xBF" + head + "\"content_text\":\"a" + lone + "\"}]}");
    EXPECT_FALSE(site.build("out2", Drafts::Withhold, "bad.json")) << lone;
    EXPECT_THAT(site.messages.back(), HasSubstr("bad.json:2:")) << lone;
    EXPECT_THAT(site.messages.back(), HasSubstr("surrogate")) << lone;
    EXPECT_FALSE(site.has("out2"));
  }
}

}  // namespace
}  // namespace octavo
