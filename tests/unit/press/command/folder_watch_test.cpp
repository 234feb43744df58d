// Changes are noticed with real files; waiting without a change has no end, so each wait follows one.
#include "press/command/folder_watch.h"

#include <gtest/gtest.h>

#include <thread>

#include "support/temporary_folder.h"

namespace octavo {
namespace {

TEST(FolderWatch, FilesOfFoldersThatCameLater) {
  const TemporaryFolder folder;
  folder.write("site/a.md", "1");
  Result<FolderWatch> watch = FolderWatch::open({folder / "site"});
  ASSERT_TRUE(watch.ok());
  folder.write("site/a.md", "2");
  EXPECT_TRUE(watch->wait());
  folder.write("site/new/deep/b.md", "1");
  EXPECT_TRUE(watch->wait());
  folder.write("site/new/deep/b.md", "2");
  EXPECT_TRUE(watch->wait());
  std::filesystem::remove_all(folder / "site/new");
  EXPECT_TRUE(watch->wait());
}

TEST(FolderWatch, EditorsOwnFilesAndNeighborsAreNoChange) {
  const TemporaryFolder folder;
  folder.write("site/octavo.toml", "1");
  folder.write("site/content/a.md", "1");
  Result<FolderWatch> watch = FolderWatch::open({folder / "site/content", folder / "site/octavo.toml"});
  ASSERT_TRUE(watch.ok());
  folder.write("site/public/index.html", "x");
  folder.write("site/notes.txt", "x");
  folder.write("site/content/.a.md.swp", "x");
  folder.write("site/content/a.md~", "x");
  EXPECT_FALSE(watch->has_changed());
  folder.write("site/content/a.md", "2");
  EXPECT_TRUE(watch->has_changed());
  EXPECT_FALSE(watch->has_changed());
}

TEST(FolderWatch, StoppingEndsTheWait) {
  const TemporaryFolder folder;
  Result<FolderWatch> watch = FolderWatch::open({folder.path()});
  ASSERT_TRUE(watch.ok());
  std::thread stopping([&] { watch->stop(); });
  EXPECT_FALSE(watch->wait());
  stopping.join();
}

TEST(FolderWatch, OneFileOfAFolder) {
  const TemporaryFolder folder;
  folder.write("octavo.toml", "1");
  Result<FolderWatch> watch = FolderWatch::open({folder / "octavo.toml"});
  ASSERT_TRUE(watch.ok());
  // As editors save: written aside and renamed.
  folder.write("octavo.toml.part", "2");
  std::filesystem::rename(folder / "octavo.toml.part", folder / "octavo.toml");
  EXPECT_TRUE(watch->wait());
}

TEST(FolderWatch, AFolderThatIsNotThere) {
  const TemporaryFolder folder;
  const Result<FolderWatch> watch = FolderWatch::open({folder / "none" / "file"});
  ASSERT_FALSE(watch.ok());
  EXPECT_NE(watch.error().message.find("cannot be watched"), std::string::npos);
}

}  // namespace
}  // namespace octavo
