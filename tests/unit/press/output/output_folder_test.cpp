// Swaps a new output in: nothing else is ever damaged.
#include "press/output/output_folder.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <map>

#include "support/temporary_folder.h"

namespace octavo {
namespace {

using testing::HasSubstr;

Status write_site(const std::filesystem::path& folder, std::string_view text) {
  Result<OutputFolder> output = OutputFolder::open(folder);
  if (!output) return output.error();
  if (Status status = output->write("octavo.json", "{}"); !status) return status;
  if (Status status = output->write("a/b.txt", text); !status) return status;
  return output->commit();
}

TEST(OutputFolder, ReplacesPreviousOutputAsAWhole) {
  const TemporaryFolder folder;
  ASSERT_TRUE(write_site(folder / "out", "one").ok());
  ASSERT_TRUE(write_site(folder / "out/", "two").ok());
  EXPECT_EQ(folder.read("out/a/b.txt"), "two");
  EXPECT_FALSE(std::filesystem::exists(folder / "out/.octavo-unfinished"));
  EXPECT_FALSE(std::filesystem::exists(folder / "out.new"));
  EXPECT_FALSE(std::filesystem::exists(folder / "out.old"));
}

TEST(OutputFolder, AbandonedBuildLeavesPreviousOutput) {
  const TemporaryFolder folder;
  ASSERT_TRUE(write_site(folder / "out", "one").ok());
  {
    Result<OutputFolder> output = OutputFolder::open(folder / "out");
    ASSERT_TRUE(output.ok());
    ASSERT_TRUE(output->write("a/b.txt", "two").ok());
  }
  EXPECT_EQ(folder.read("out/a/b.txt"), "one");
  EXPECT_FALSE(std::filesystem::exists(folder / "out.new"));
}

TEST(OutputFolder, RefusesFolderWithOtherFiles) {
  const TemporaryFolder folder;
  folder.write("out/thesis.txt", "x");
  const Status status = write_site(folder / "out", "one");
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(status.error().message, HasSubstr("not empty and holds no previous output"));
  EXPECT_EQ(folder.read("out/thesis.txt"), "x");
}

TEST(OutputFolder, RefusesNeighborsOfOthers) {
  const TemporaryFolder folder;
  folder.write("out.new/thesis.txt", "x");
  ASSERT_FALSE(write_site(folder / "out", "one").ok());
  EXPECT_EQ(folder.read("out.new/thesis.txt"), "x");

  const TemporaryFolder both;
  ASSERT_TRUE(write_site(both / "out.new", "another site").ok());
  ASSERT_FALSE(write_site(both / "out", "one").ok());
  EXPECT_EQ(both.read("out.new/a/b.txt"), "another site");

  const TemporaryFolder other;
  ASSERT_TRUE(write_site(other / "out", "one").ok());
  other.write("out.old/thesis.txt", "x");
  // Where the file system can exchange two names, none is needed for the previous output.
  const bool is_written = write_site(other / "out", "two").ok();
  EXPECT_EQ(other.read("out.old/thesis.txt"), "x");
  EXPECT_EQ(other.read("out/a/b.txt"), is_written ? "two" : "one");
}

TEST(OutputFolder, RemovesLeftoversOfAnInterruptedBuild) {
  const TemporaryFolder folder;
  folder.write("out.new/.octavo-unfinished", "");
  folder.write("out.new/junk.txt", "x");
  ASSERT_TRUE(write_site(folder / "out", "one").ok());
  EXPECT_FALSE(std::filesystem::exists(folder / "out/junk.txt"));
}

TEST(OutputFolder, RefusesFileAndRoot) {
  const TemporaryFolder folder;
  folder.write("out", "x");
  EXPECT_FALSE(write_site(folder / "out", "one").ok());
  EXPECT_FALSE(OutputFolder::open("/").ok());
}

TEST(OutputFolder, RefusesTheSamePathTwice) {
  const TemporaryFolder folder;
  Result<OutputFolder> output = OutputFolder::open(folder / "out");
  ASSERT_TRUE(output.ok());
  EXPECT_TRUE(output->write("a.txt", "1").ok());
  EXPECT_FALSE(output->write("a.txt", "2").ok());
}

using Files = std::vector<std::pair<std::string, std::string>>;

Status write_files(const std::filesystem::path& folder, const Files& files) {
  Result<OutputFolder> output = OutputFolder::open(folder);
  if (!output) return output.error();
  if (Status status = output->write("octavo.json", "{}"); !status) return status;
  for (const auto& [path, text] : files) {
    if (Status status = output->write(path, text); !status) return status;
  }
  return output->commit();
}

Files many_files() {
  Files files;
  for (int i = 0; i < 20; ++i) files.emplace_back("posts/" + std::to_string(i) + "/index.html", "post " + std::to_string(i));
  return files;
}

ino_t inode(const std::filesystem::path& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

TEST(OutputFolder, FilesThatAreTheSameStay) {
  for (const bool are_few : {true, false}) {
    const TemporaryFolder folder;
    Files files = many_files();
    ASSERT_TRUE(write_files(folder / "out", files).ok());
    const ino_t kept = inode(folder / "out/posts/0/index.html");
    const ino_t whole = inode(folder / "out");
    for (int i = 3; i < (are_few ? 4 : 15); ++i) files[i].second = "changed";
    files.pop_back();
    files.emplace_back("new/deep/page.html", "new");
    ASSERT_TRUE(write_files(folder / "out", files).ok());
    EXPECT_EQ(inode(folder / "out/posts/0/index.html"), kept);
    EXPECT_EQ(inode(folder / "out") == whole, are_few) << "many changes: the folder is exchanged at once";
    std::map<std::string, std::string> wanted(files.begin(), files.end());
    wanted["octavo.json"] = "{}";
    std::map<std::string, std::string> found = folder.all_files("out");
    EXPECT_THAT(found.extract(".octavo-files").mapped(), HasSubstr("new/deep/page.html\n"));
    EXPECT_EQ(found, wanted);
    EXPECT_FALSE(std::filesystem::exists(folder / "out/posts/19")) << "an empty folder goes, too";
    EXPECT_FALSE(std::filesystem::exists(folder / "out.new"));
  }
}

TEST(OutputFolder, AChangeThatCannotBeMadeIsTakenBack) {
  const TemporaryFolder folder;
  const Files files = many_files();
  ASSERT_TRUE(write_files(folder / "out", files).ok());
  Result<OutputFolder> output = OutputFolder::open(folder / "out");
  ASSERT_TRUE(output.ok());
  ASSERT_TRUE(output->write("octavo.json", "{}").ok());
  ASSERT_TRUE(output->write("new.html", "new").ok());
  for (const auto& [path, text] : files) {
    const bool is_changed = path == files[1].first || path == files[2].first;
    ASSERT_TRUE(output->write(path, is_changed ? "changed" : text).ok());
  }
  // Somebody removes a file in the meantime, so that it cannot be exchanged for its new form.
  std::filesystem::remove(folder / ("out/" + files[2].first));
  const auto before = folder.all_files("out");
  EXPECT_FALSE(output->commit().ok());
  EXPECT_EQ(folder.all_files("out"), before);
}

TEST(OutputFolder, FilesBecomeFoldersAndBack) {
  const TemporaryFolder folder;
  Files files = many_files();
  files.emplace_back("a", "file");
  ASSERT_TRUE(write_files(folder / "out", files).ok());
  files.back() = {"a/b", "file"};
  ASSERT_TRUE(write_files(folder / "out", files).ok());
  EXPECT_EQ(folder.read("out/a/b"), "file");
  files.back() = {"a", "file"};
  ASSERT_TRUE(write_files(folder / "out", files).ok());
  EXPECT_EQ(folder.read("out/a"), "file");
}

TEST(OutputFolder, NothingIsWrittenThroughLinks) {
  const TemporaryFolder folder;
  Files files = many_files();
  ASSERT_TRUE(write_files(folder / "out", files).ok());
  folder.write("elsewhere/index.html", "mine");
  std::filesystem::remove_all(folder / "out/posts/3");
  std::filesystem::create_directory_symlink(folder / "elsewhere", folder / "out/posts/3");
  files[3].second = "changed";
  const Status status = write_files(folder / "out", files);
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(status.error().text(), HasSubstr("out/posts/3"));
  EXPECT_EQ(folder.read("elsewhere/index.html"), "mine");
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "out/posts/3"));
}

TEST(OutputFolder, WhatNoBuildWroteStaysHoweverMuchChanges) {
  for (const int changes : {0, 1, 20}) {
    const TemporaryFolder folder;
    Files files = many_files();
    ASSERT_TRUE(write_files(folder / "out", files).ok());
    const std::map<std::string, std::string> own = {{".git/HEAD", "ref"},
                                                    {".git/objects/ab/cd", "object"},
                                                    {"CNAME", "example.org"},
                                                    {"ads.txt", "ads"},
                                                    {".well-known/security.txt", "s"},
                                                    {"posts/7/note.txt", "n"},
                                                    {"posts/19/mine", "m"},
                                                    {".env", "e"}};
    for (const auto& [path, text] : own) folder.write("out/" + path, text);
    std::filesystem::create_symlink("CNAME", folder / "out/link");
    std::filesystem::create_directory(folder / "out/empty");
    for (int i = 0; i < changes; ++i) files[i].second = "changed";
    files.pop_back();
    files.emplace_back("new/page.html", "new");
    ASSERT_TRUE(write_files(folder / "out", files).ok());
    std::map<std::string, std::string> wanted(files.begin(), files.end());
    wanted["octavo.json"] = "{}";
    wanted.insert(own.begin(), own.end());
    wanted["link"] = "example.org";
    std::map<std::string, std::string> found = folder.all_files("out");
    found.erase(".octavo-files");
    EXPECT_EQ(found, wanted);
    EXPECT_TRUE(std::filesystem::is_symlink(folder / "out/link"));
    EXPECT_TRUE(std::filesystem::is_directory(folder / "out/empty"));
  }
}

TEST(OutputFolder, AFileOfTheOwnersIsNotReplaced) {
  const TemporaryFolder folder;
  Files files = many_files();
  ASSERT_TRUE(write_files(folder / "out", files).ok());
  folder.write("out/CNAME", "example.org");
  const auto before = folder.all_files("out");
  for (const std::string path : {"CNAME", "CNAME/page.html"}) {
    files.emplace_back(path, "of the site");
    const Status status = write_files(folder / "out", files);
    ASSERT_FALSE(status.ok());
    EXPECT_THAT(status.error().text(), HasSubstr("out/CNAME"));
    EXPECT_THAT(status.error().text(), HasSubstr("move it elsewhere"));
    EXPECT_EQ(folder.all_files("out"), before);
    files.pop_back();
  }
}

// Octavo of before there were lists.
TEST(OutputFolder, NothingGoesFromAnOutputWithoutAList) {
  const TemporaryFolder folder;
  Files files = many_files();
  ASSERT_TRUE(write_files(folder / "out", files).ok());
  std::filesystem::remove(folder / "out/.octavo-files");
  folder.write("out/.git/HEAD", "ref");
  for (auto& [path, text] : files) text = "changed";
  files.pop_back();
  ASSERT_TRUE(write_files(folder / "out", files).ok());
  EXPECT_EQ(folder.read("out/.git/HEAD"), "ref");
  EXPECT_EQ(folder.read("out/posts/0/index.html"), "changed");
  EXPECT_EQ(folder.read("out/posts/19/index.html"), "post 19");
}

TEST(OutputFolder, AListThatSomebodyHasEditedLeadsNowhereElse) {
  const TemporaryFolder folder;
  Files files = many_files();
  ASSERT_TRUE(write_files(folder / "out", files).ok());
  folder.write("thesis.txt", "x");
  folder.write("out/.octavo-files", folder.read("out/.octavo-files") + "../thesis.txt\n\nposts/../../thesis.txt\n");
  ASSERT_TRUE(write_files(folder / "out", files).ok());
  EXPECT_EQ(folder.read("thesis.txt"), "x");
}

TEST(OutputFolder, SaysWhyItCannotWrite) {
  const TemporaryFolder folder;
  folder.write("file", "x");
  const Result<OutputFolder> output = OutputFolder::open(folder / "file/out");
  ASSERT_FALSE(output.ok());
  EXPECT_THAT(output.error().text(), HasSubstr("file/out"));
  EXPECT_THAT(output.error().message, HasSubstr("cannot be written"));
}

}  // namespace
}  // namespace octavo
