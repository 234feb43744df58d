// Photographs in the output, from one build to the next.
#include "press/prepare/asset_publisher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/content/document/image_variants.h"
#include "support/photograph.h"
#include "support/temporary_folder.h"

namespace octavo {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::MatchesRegex;

class Photographs : public testing::Test {
 protected:
  Photographs() { folder.write("pic.jpg", file_of(photograph(1300, 975), "jpeg")); }

  // One build of the images named, with what an earlier one has left.
  std::vector<ImageInfo> build(const std::vector<std::string>& names) {
    Result<OutputFolder> output = OutputFolder::open(folder / "out");
    EXPECT_TRUE(output.ok());
    BuildCache cache = BuildCache::load(folder / "cache");
    AssetPublisher media(&*output, cache);
    std::vector<ImageInfo> infos;
    for (const std::string& name : names) {
      const Result<ImageInfo> info = media.add(folder / name);
      EXPECT_TRUE(info.ok());
      infos.push_back(info ? *info : ImageInfo());
    }
    EXPECT_TRUE(output->write(std::string(kManifestFileName), "{}").ok());
    EXPECT_TRUE(output->commit().ok());
    cache.save();
    diagnostics = Diagnostics();
    media.report(diagnostics);
    return infos;
  }

  TemporaryFolder folder;
  Diagnostics diagnostics;
};

TEST_F(Photographs, HaveVariantsBesideThem) {
  const ImageInfo info = build({"pic.jpg"})[0];
  EXPECT_THAT(info.url, MatchesRegex("media/pic\\.[0-9a-f]{8}\\.jpg"));
  EXPECT_EQ(info.width, 1300U);
  EXPECT_EQ(info.height, 975U);
  EXPECT_EQ(info.variant_count, 2U);
  EXPECT_EQ(folder.read("out/" + info.url), folder.read("pic.jpg"));
  EXPECT_LT(folder.read("out/" + image_variant_url(info.url, 480)).size(), folder.read("pic.jpg").size());
  EXPECT_FALSE(std::filesystem::exists(folder / ("out/" + image_variant_url(info.url, 1440))));
  EXPECT_TRUE(diagnostics.empty());
}

TEST_F(Photographs, WhatDidNotChangeIsKeptAndWhatIsMissingComesBack) {
  const ImageInfo info = build({"pic.jpg"})[0];
  const auto first = folder.all_files("out");
  const std::string small = "out/" + image_variant_url(info.url, 480);
  const auto written = std::filesystem::last_write_time(folder / small);
  EXPECT_EQ(build({"pic.jpg"})[0].url, info.url);
  EXPECT_EQ(std::filesystem::last_write_time(folder / small), written);
  EXPECT_EQ(folder.all_files("out"), first);
  std::filesystem::remove(folder / small);
  build({"pic.jpg"});
  EXPECT_EQ(folder.all_files("out"), first);
  folder.write(small, "damaged");
  build({"pic.jpg"});
  EXPECT_EQ(folder.all_files("out"), first);
  // Without anything remembered the same comes out.
  std::filesystem::remove(folder / "cache");
  std::filesystem::remove_all(folder / "out");
  build({"pic.jpg"});
  EXPECT_EQ(folder.all_files("out"), first);
}

TEST_F(Photographs, VariantsOfAnImageThatIsGoneGoWithIt) {
  build({"pic.jpg"});
  EXPECT_THAT(build({}), IsEmpty());
  EXPECT_EQ(folder.all_files("out").size(), 2U);
}

TEST_F(Photographs, DamagedOnesArePublishedAsTheyAreAndNamed) {
  const std::string whole = folder.read("pic.jpg");
  folder.write("cut.jpg", whole.substr(0, whole.size() / 2));
  for (int builds = 0; builds < 2; ++builds) {
    const std::vector<ImageInfo> infos = build({"pic.jpg", "cut.jpg", "cut.jpg"});
    EXPECT_EQ(infos[1].variant_count, 0U);
    EXPECT_EQ(folder.read("out/" + infos[1].url), folder.read("cut.jpg"));
    ASSERT_EQ(diagnostics.items().size(), 1U) << "also when it is known from the build before";
    EXPECT_THAT(diagnostics.items()[0].text(),
                testing::HasSubstr("cut.jpg: warning: The image is published without smaller variants"));
  }
}

TEST_F(Photographs, CopiesShareTheirFiles) {
  folder.write("a/pic.jpg", folder.read("pic.jpg"));
  const std::vector<ImageInfo> infos = build({"pic.jpg", "a/pic.jpg"});
  EXPECT_EQ(infos[0].url, infos[1].url);
  EXPECT_EQ(infos[0].variant_count, infos[1].variant_count);
}

}  // namespace
}  // namespace octavo
