// Importing as a whole: bad input, what happens to the output folder, drafts on request.
#include "press/import/import_site.h"

#include <gmock/gmock.h>

#include "core/content/document/content_limits.h"
#include "support/temporary_folder.h"

namespace octavo {
namespace {

using testing::HasSubstr;
using testing::Not;

// One import in a folder of its own.
class Import {
 public:
  bool run(const std::string& source, Drafts drafts = Drafts::Withhold) {
    ImportOptions options;
    options.source = folder / source;
    options.output = folder / "out";
    options.now = *parse_date_time("2026-11-25T00:00:00Z");
    options.drafts = drafts;
    Progress progress(Progress::Mode::Quiet);
    Diagnostics diagnostics;
    auto outcome = import_site(options, diagnostics, progress);
    messages.clear();
    for (const Diagnostic& diagnostic : diagnostics.items()) add_message(diagnostic.text());
    if (outcome) {
      report = outcome->report;
    } else {
      add_message(outcome.error().text());
    }
    return outcome.ok();
  }

  void add_message(std::string text) {
    const std::string prefix = folder.path().generic_string() + "/";
    for (std::size_t at; (at = text.find(prefix)) != std::string::npos;) text.erase(at, prefix.size());
    messages += text + "\n";
  }

  bool has(const std::string& path) const { return std::filesystem::exists(folder / path); }

  TemporaryFolder folder;
  std::string messages;
  ImportReport report;
};

std::string wxr(const std::string& items) {
  return "<?xml version=\"1.0\"?>\n<rss xmlns:wp=\"http://wordpress.org/export/1.0/\" "
         "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>T</title>\n"
         "<wp:wxr_version>1.0</wp:wxr_version>\n" +
         items + "</channel></rss>\n";
}

std::string item(const std::string& id, const std::string& status = "publish", const std::string& name = "") {
  return "<item><title>Post " + id + "</title><content:encoded><![CDATA[Body " + id + "]]></content:encoded><wp:post_id>" + id +
         "</wp:post_id><wp:post_name>" + name + "</wp:post_name><wp:status>" + status +
         "</wp:status><wp:post_type>post</wp:post_type></item>\n";
}

TEST(ImportSite, ABrokenEntryIsNamedAndTheRestIsImported) {
  Import import;
  import.folder.write("a.xml", wxr(item("1") + "<item><title>Broken</title><b></c></item>\n" + item("3")));
  ASSERT_TRUE(import.run("a.xml"));
  EXPECT_THAT(import.messages, HasSubstr("a.xml:5:"));
  EXPECT_THAT(import.messages, HasSubstr("The entry is left out."));
  EXPECT_TRUE(import.has("out/content/post-1.md"));
  EXPECT_TRUE(import.has("out/content/post-3.md"));
  EXPECT_EQ(import.report.count("posts").written, 2u);
  EXPECT_EQ(import.report.count("other items").failed, 1u);
  EXPECT_TRUE(import.report.adds_up());
  EXPECT_TRUE(import.report.has_failures());
}

TEST(ImportSite, AnExportThatIsCutOffKeepsWhatIsWhole) {
  Import import;
  const std::string whole = wxr(item("1") + item("2"));
  import.folder.write("a.xml", whole.substr(0, whole.find("Body 2") + 3));
  ASSERT_TRUE(import.run("a.xml"));
  EXPECT_TRUE(import.has("out/content/post-1.md"));
  EXPECT_FALSE(import.has("out/content/post-2.md"));
  EXPECT_EQ(import.report.count("other items").failed, 1u);
}

TEST(ImportSite, EntityDefinitionsAreRefused) {
  Import import;
  import.folder.write(
      "a.xml", "<?xml version=\"1.0\"?>\n<!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<rss><channel/></rss>");
  EXPECT_FALSE(import.run("a.xml"));
  EXPECT_THAT(import.messages, HasSubstr("a.xml:2:1: The document defines entities"));
  EXPECT_FALSE(import.has("out"));
}

TEST(ImportSite, DeepNestingIsRefusedWithoutExhaustingTheStack) {
  Import import;
  std::string deep;
  for (int i = 0; i < 200000; ++i) deep += "<a>";
  import.folder.write("a.xml", "<rss><channel><item>" + deep);
  EXPECT_FALSE(import.run("a.xml"));
  EXPECT_THAT(import.messages, HasSubstr("nested more than"));
}

TEST(ImportSite, AFeedMayBeginWithAByteOrderMarkAndALoneSurrogateHasItsPlace) {
  Import import;
  const std::string head =
      "\xEF\xBB\xBF{\"version\":\"https://jsonfeed.org/version/1.1\",\n\"items\":[{\"id\":\"1\",\"content_html\":";
  import.folder.write("good.json", head + "\"<p>a</p>\"}]}");
  EXPECT_TRUE(import.run("good.json")) << import.messages;
  EXPECT_EQ(import.report.count("posts").written, 1u);
  Import broken;
  broken.folder.write("bad.json", head + "\"a\\udc00\"}]}");
  EXPECT_FALSE(broken.run("bad.json"));
  EXPECT_THAT(broken.messages, HasSubstr("bad.json:2:"));
}

TEST(ImportSite, APostIsTakenUpToTheLimitAndRefusedOneByteAboveIt) {
  Import import;
  const std::string head =
      "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"title\":\"T\",\"content_text\":\"";
  import.folder.write("a.json", head + std::string(kMaxPostBytes - 1, 'a') + "\\n\"}]}");
  ASSERT_TRUE(import.run("a.json"));
  EXPECT_EQ(import.report.count("posts").written, 1u);
  Import above;
  above.folder.write("a.json", head + std::string(kMaxPostBytes, 'a') + "\\n\"}]}");
  ASSERT_TRUE(above.run("a.json"));
  EXPECT_EQ(above.report.count("posts").failed, 1u);
  EXPECT_TRUE(above.report.adds_up());
  EXPECT_THAT(above.messages, HasSubstr("A post may have 16 MiB"));
}

TEST(ImportSite, EncodingsAreConvertedOrNamed) {
  Import import;
  std::string latin = wxr(item("1"));
  latin.replace(latin.find("?>"), 0, " encoding=\"ISO-8859-1\"");
  latin.replace(latin.find("Post 1"), 6, "Caf\xE9");
  import.folder.write("latin.xml", latin);
  ASSERT_TRUE(import.run("latin.xml"));
  EXPECT_THAT(import.folder.read("out/content/caf\xC3\xA9.md"), HasSubstr("title = \"Caf\xC3\xA9\""));

  Import unknown;
  unknown.folder.write("a.xml", "<?xml version=\"1.0\" encoding=\"KLINGON-7\"?><rss/>");
  EXPECT_FALSE(unknown.run("a.xml"));
  EXPECT_THAT(unknown.messages, HasSubstr("The encoding \"KLINGON-7\" is not known here"));
}

TEST(ImportSite, AddressesThatDifferOnlyInCaseAreBothKept) {
  Import import;
  import.folder.write("a.xml", wxr(item("1", "publish", "Hello") + item("2", "publish", "hello")));
  ASSERT_TRUE(import.run("a.xml"));
  EXPECT_TRUE(import.has("out/content/Hello.md"));
  EXPECT_TRUE(import.has("out/content/hello-2.md"));
  EXPECT_EQ(import.report.count("posts").written, 2u);
}

TEST(ImportSite, HostileNamesStayInsideTheFolder) {
  Import import;
  import.folder.write("a.xml",
                      wxr(item("1", "publish", "../../../etc/passwd") + item("2", "publish", "%2e%2e/x") +
                          item("3", "publish", "_index") + item("4", "publish", "_drafts/x") + item("5", "publish", ".hidden")));
  ASSERT_TRUE(import.run("a.xml"));
  EXPECT_EQ(import.report.count("posts").written, 5u);
  for (const auto& [name, bytes] : import.folder.all_files("out")) EXPECT_THAT(name, Not(HasSubstr("..")));
  EXPECT_TRUE(import.has("out/content/post_index.md"));
}

TEST(ImportSite, AFolderThatIsNotEmptyIsNeverWrittenOver) {
  Import import;
  import.folder.write("a.xml", wxr(item("1")));
  import.folder.write("out/mine.md", "mine");
  EXPECT_FALSE(import.run("a.xml"));
  EXPECT_THAT(import.messages, HasSubstr("the folder is not empty"));
  EXPECT_EQ(import.folder.read("out/mine.md"), "mine");
  EXPECT_FALSE(import.has("out/octavo.toml"));
}

TEST(ImportSite, DraftsComeOnRequestAndStayDrafts) {
  Import import;
  import.folder.write("a.xml", wxr(item("1", "draft") + item("2", "private") + item("3", "trash")));
  ASSERT_TRUE(import.run("a.xml", Drafts::Include));
  EXPECT_THAT(import.folder.read("out/content/post-1.md"), HasSubstr("draft = true\n"));
  EXPECT_FALSE(import.has("out/content/post-2.md"));
  EXPECT_EQ(import.report.count("posts").withheld, 2u);
}

TEST(ImportSite, WhatIsNoBlogIsAnErrorThatSaysSo) {
  Import import;
  import.folder.write("a.xml", "<html><body/></html>");
  EXPECT_FALSE(import.run("a.xml"));
  EXPECT_THAT(import.messages, HasSubstr("neither a WordPress export nor a feed"));
  EXPECT_FALSE(import.run("missing.xml"));
  EXPECT_THAT(import.messages, HasSubstr("There is no such file"));
}

}  // namespace
}  // namespace octavo
