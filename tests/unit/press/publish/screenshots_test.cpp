// The owner's screenshots: published with their size, or left out with a reason.
#include "press/publish/screenshots.h"

#include <gmock/gmock.h>

#include "support/temporary_folder.h"

namespace octavo {
namespace {

// The beginning of a PNG, which is all that is read of it.
std::string png(std::uint32_t width, std::uint32_t height) {
  std::string bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  for (const std::uint32_t side : {width, height}) {
    for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(side >> shift & 255);
  }
  return bytes + std::string("\x08\x06\0\0\0", 5);
}

class ScreenshotsTest : public testing::Test {
 protected:
  std::vector<Screenshot> publish(const std::string& image) {
    BuildCache cache;
    AssetPublisher media(nullptr, cache);
    return publish_screenshots({{image, "Label", 7}}, folder / "site", media, diagnostics);
  }

  TemporaryFolder folder;
  Diagnostics diagnostics;
};

TEST_F(ScreenshotsTest, AreMeasured) {
  folder.write("site/images/phone.png", png(360, 640));
  const std::vector<Screenshot> shots = publish("images/phone.png");
  ASSERT_EQ(shots.size(), 1U);
  EXPECT_THAT(shots[0].url, testing::MatchesRegex("media/phone\\.[0-9a-f]+\\.png"));
  EXPECT_EQ(shots[0].type, "image/png");
  EXPECT_EQ(shots[0].width, 360U);
  EXPECT_EQ(shots[0].height, 640U);
  EXPECT_TRUE(diagnostics.empty());
}

TEST_F(ScreenshotsTest, WhatBrowsersWouldNotTakeIsAProblem) {
  folder.write("site/small.png", png(300, 640));
  folder.write("site/long.png", png(400, 1000));
  folder.write("site/huge.png", png(3841, 3000));
  folder.write("site/drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='400'/>");
  folder.write("secret.png", png(400, 400));
  for (const char* image :
       {"small.png", "long.png", "huge.png", "drawing.svg", "missing.png", "../secret.png", "/etc/passwd.png"}) {
    diagnostics = {};
    EXPECT_TRUE(publish(image).empty()) << image;
    EXPECT_EQ(diagnostics.count(Severity::Error), 1U) << image;
  }
}

}  // namespace
}  // namespace octavo
