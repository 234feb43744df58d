// Swapping a new output in: nothing else is ever damaged.
#include "press/output_folder.h"

#include <gmock/gmock.h>

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

TEST(OutputFolder, ReplacesFormerOutputAsAWhole) {
  const TemporaryFolder folder;
  ASSERT_TRUE(write_site(folder / "out", "one").ok());
  folder.write("out/stale.txt", "x");
  ASSERT_TRUE(write_site(folder / "out/", "two").ok());
  EXPECT_EQ(folder.read("out/a/b.txt"), "two");
  EXPECT_FALSE(std::filesystem::exists(folder / "out/stale.txt"));
  EXPECT_FALSE(std::filesystem::exists(folder / "out/.octavo-unfinished"));
  EXPECT_FALSE(std::filesystem::exists(folder / "out.new"));
  EXPECT_FALSE(std::filesystem::exists(folder / "out.old"));
}

TEST(OutputFolder, AbandonedBuildLeavesFormerOutput) {
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
  EXPECT_THAT(status.error().message, HasSubstr("not empty and holds no former output"));
  EXPECT_EQ(folder.read("out/thesis.txt"), "x");
}

TEST(OutputFolder, RefusesForeignNeighbours) {
  const TemporaryFolder folder;
  folder.write("out.new/thesis.txt", "x");
  ASSERT_FALSE(write_site(folder / "out", "one").ok());
  EXPECT_EQ(folder.read("out.new/thesis.txt"), "x");

  const TemporaryFolder other;
  ASSERT_TRUE(write_site(other / "out", "one").ok());
  other.write("out.old/thesis.txt", "x");
  // Where the file system can exchange two names, none is needed for the former output.
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
