// Image headers, whole, cut and hostile.
#include "press/prepare/image_probe.h"

#include <gtest/gtest.h>

#include <string>

namespace octavo {
namespace {

using std::string_literals::operator""s;

const std::string kPng = "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x01\x02\0\0\0\x03\x08\x06\0\0\0"s;
const std::string kGif = "GIF89a\x02\x01\x03\0\0\0\0"s;
const std::string kWebpLossy = "RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9D\x01\x2A\x02\x01\x03\0"s;
const std::string kWebpLossless = "RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2F\x01\x01\x01\x00"s;
const std::string kWebpExtended = "RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x01\x01\0\x02\0\0"s;
const std::string kJpegFrame = "\xFF\xC0\0\x11\x08\0\x03\x01\x02\x03\x01\x22\0\x02\x11\x01\x03\x11\x01"s;
const std::string kJpeg = "\xFF\xD8\xFF\xE0\0\x04zz"s + kJpegFrame;
// Orientation 6: turned by a quarter.
const std::string kJpegTurned =
    "\xFF\xD8\xFF\xE1\0\x22"s + "Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"s + kJpegFrame;

TEST(ImageSize, OfEveryFormat) {
  const ImageSize size{258, 3};
  EXPECT_EQ(image_size(kPng), size);
  EXPECT_EQ(image_size(kGif), size);
  EXPECT_EQ(image_size(kWebpLossy), size);
  EXPECT_EQ(image_size(kWebpLossless), (ImageSize{258, 5}));
  EXPECT_EQ(image_size(kWebpExtended), size);
  EXPECT_EQ(image_size(kJpeg), size);
}

TEST(ImageSize, TurnedPhotographHasItsSidesExchanged) {
  EXPECT_EQ(image_size(kJpegTurned), (ImageSize{3, 258}));
}

TEST(ImageSize, OfSvg) {
  EXPECT_EQ(image_size("<?xml version='1.0'?>\n<!-- <b> -->\n<svg width=\"30\" height='20.4px'>"), (ImageSize{30, 20}));
  EXPECT_EQ(image_size("<svg xmlns='x' viewBox=\"0 0 400,300\">"), (ImageSize{400, 300}));
  EXPECT_EQ(image_size("<svg width='200' viewBox='0 0 400 300'>"), (ImageSize{200, 150}));
  EXPECT_EQ(image_size("<svg width='72pt' height='1in'>"), (ImageSize{96, 96}));
  EXPECT_EQ(image_size("<svg stroke-width='2' width='100%' height='100%'>"), std::nullopt);
  EXPECT_EQ(image_size("<svg width='nan' height='1e999'>"), std::nullopt);
}

TEST(ImageSize, CutFilesGiveNothingOrTheSameAndNeverReadOutside) {
  for (const std::string& whole : {kPng, kGif, kWebpLossy, kWebpLossless, kWebpExtended, kJpeg, kJpegTurned}) {
    for (std::size_t length = 0; length < whole.size(); ++length) {
      // A copy of its own, so that a sanitizer sees a read behind its end.
      const std::string cut(whole.data(), length);
      const auto size = image_size(cut);
      EXPECT_TRUE(!size || size == image_size(whole)) << length;
    }
  }
}

TEST(ImageSize, HostileHeadersGiveNothing) {
  EXPECT_EQ(image_size("\xFF\xD8\xFF\xE0\0\0\0\0"s), std::nullopt);  // a segment of length 0
  EXPECT_EQ(image_size("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\xFF\xFF\xFF\xFF\0\0\0\x03"s), std::nullopt);
  EXPECT_EQ(image_size(""), std::nullopt);
  EXPECT_EQ(image_size("text"), std::nullopt);
}

}  // namespace
}  // namespace octavo
