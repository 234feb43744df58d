// What a reference inside a post may lead to.
#include "press/source/content_folder.h"

#include <gmock/gmock.h>

#include "support/temporary_folder.h"

namespace octavo {
namespace {

using State = FoundFile::State;

TEST(ContentFolder, FindsPostsSortedWithoutSectionsAndHiddenFiles) {
  const TemporaryFolder folder;
  for (const char* name : {"content/b.md", "content/a/index.md", "content/_index.md", "content/.git/x.md", "content/note.txt",
                           "content/c.markdown", "outside.md"}) {
    folder.write(name, "x");
  }
  Diagnostics diagnostics;
  const Result<ContentFolder> content = ContentFolder::open(folder.path(), diagnostics);
  ASSERT_TRUE(content.ok());
  EXPECT_THAT(content->posts(), testing::ElementsAre("a/index.md", "b.md", "c.markdown"));
  EXPECT_TRUE(diagnostics.empty());
}

TEST(ContentFolder, FolderWithoutContentFolderIsTheContent) {
  const TemporaryFolder folder;
  folder.write("b.md", "x");
  Diagnostics diagnostics;
  const Result<ContentFolder> content = ContentFolder::open(folder.path(), diagnostics);
  ASSERT_TRUE(content.ok());
  EXPECT_THAT(content->posts(), testing::ElementsAre("b.md"));
}

TEST(ContentFolder, ReferencesStayInside) {
  const TemporaryFolder folder;
  folder.write("content/a/post.md", "x");
  folder.write("content/a/b.png", "x");
  folder.write("content/c.png", "x");
  folder.write("content/.env", "x");
  folder.write("secret.txt", "x");
  std::filesystem::create_symlink(folder / "secret.txt", folder / "content/link.txt");
  std::filesystem::create_symlink(folder.path(), folder / "content/up");
  Diagnostics diagnostics;
  const Result<ContentFolder> content = ContentFolder::open(folder.path(), diagnostics);
  ASSERT_TRUE(content.ok());
  EXPECT_EQ(content->find("a", "b.png").state, State::File);
  EXPECT_EQ(content->find("a", "./../c.png").relative, "c.png");
  EXPECT_EQ(content->find("a", "/c.png").state, State::File);
  EXPECT_EQ(content->find("a", ".").state, State::Folder);
  EXPECT_EQ(content->find("a", "d.png").state, State::Missing);
  EXPECT_EQ(content->find("a", "../../secret.txt").state, State::Refused);
  EXPECT_EQ(content->find("a", "/../secret.txt").state, State::Refused);
  EXPECT_EQ(content->find("", ".env").state, State::Refused);
  EXPECT_EQ(content->find("", "link.txt").state, State::Refused);
  EXPECT_EQ(content->find("", "up/secret.txt").state, State::Refused);
  EXPECT_EQ(content->find("", std::string("c.png\0.md", 9)).state, State::Refused);
}

TEST(ContentFolder, LinksThatLeadOutAreProblems) {
  const TemporaryFolder folder;
  folder.write("secret.md", "x");
  folder.write("content/a.md", "x");
  std::filesystem::create_symlink(folder / "secret.md", folder / "content/b.md");
  Diagnostics diagnostics;
  const Result<ContentFolder> content = ContentFolder::open(folder.path(), diagnostics);
  ASSERT_TRUE(content.ok());
  EXPECT_THAT(content->posts(), testing::ElementsAre("a.md"));
  ASSERT_EQ(diagnostics.count(Severity::Error), 1U);
  EXPECT_THAT(diagnostics.items()[0].text(), testing::HasSubstr("content/b.md: error: The symbolic link leads out"));
}

TEST(ContentFolder, MissingFolderIsAnError) {
  Diagnostics diagnostics;
  const Result<ContentFolder> content = ContentFolder::open("/nonexistent/site", diagnostics);
  ASSERT_FALSE(content.ok());
  EXPECT_EQ(content.error().text(), "/nonexistent/site: The site's folder does not exist.");
}

}  // namespace
}  // namespace octavo
