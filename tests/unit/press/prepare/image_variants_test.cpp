// Image variants of files that Qt writes here: whole, turned, in another color space, damaged.
#include "press/prepare/image_variants.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QBuffer>
#include <QColorSpace>
#include <QImage>
#include <QImageReader>

#include "press/prepare/image_probe.h"
#include "support/photograph.h"

namespace octavo {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

QImage image_from(const std::string& file, const char* format) {
  QByteArray bytes = QByteArray::fromStdString(file);
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::ReadOnly);
  return QImageReader(&buffer, format).read();
}

// An APP1 segment after the start of a JPEG: orientation, and a place on the earth as text.
std::string with_exif(const std::string& jpeg, char orientation) {
  using std::string_literals::operator""s;
  const std::string tiff = "MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"s + orientation + "\0\0\0\0\0\0GPS 51.5"s;
  const std::string payload = "Exif\0\0"s + tiff;
  std::string segment = "\xFF\xE1"s;
  segment += '\0';
  segment += static_cast<char>(payload.size() + 2);
  return jpeg.substr(0, 2) + segment + payload + jpeg.substr(2);
}

class OfFormat : public testing::TestWithParam<const char*> {};

TEST_P(OfFormat, HasTheWidthsBelowItsOwnAndTheirShape) {
  const std::string file = file_of(photograph(1300, 975), GetParam());
  const ImageVariants made = make_image_variants(file);
  EXPECT_THAT(made.problem, IsEmpty());
  ASSERT_THAT(made.files, SizeIs(2)) << "1440 would enlarge it";
  EXPECT_EQ(image_size(made.files[0]), (ImageSize{480, 360}));
  EXPECT_EQ(image_size(made.files[1]), (ImageSize{960, 720}));
  EXPECT_LT(made.files[0].size(), made.files[1].size());
  EXPECT_LT(made.files[1].size(), file.size());
  const QImage small = image_from(made.files[0], GetParam());
  EXPECT_GT(qRed(small.pixel(100, 100)), 180);
  EXPECT_GT(qBlue(small.pixel(400, 100)), 180);
}

TEST_P(OfFormat, TheSameBytesGiveTheSameFiles) {
  const std::string file = file_of(photograph(1300, 975), GetParam());
  EXPECT_EQ(make_image_variants(file).files, make_image_variants(file).files);
}

TEST_P(OfFormat, DamagedFilesHaveNoneAndSayWhy) {
  const std::string file = file_of(photograph(1300, 975), GetParam());
  for (const std::size_t length : {file.size() / 4, file.size() / 2, file.size() - 200}) {
    const ImageVariants made = make_image_variants(file.substr(0, length));
    EXPECT_THAT(made.files, IsEmpty()) << length;
    EXPECT_THAT(made.problem, HasSubstr("damaged")) << length;
  }
}

TEST_P(OfFormat, KeepsAWideColorSpace) {
  QImage image = photograph(1300, 975);
  image.setColorSpace(QColorSpace(QColorSpace::DisplayP3));
  const ImageVariants made = make_image_variants(file_of(image, GetParam()));
  ASSERT_THAT(made.files, SizeIs(2));
  EXPECT_EQ(image_from(made.files[0], GetParam()).colorSpace(), QColorSpace(QColorSpace::DisplayP3));
}

TEST_P(OfFormat, ProfileThatCannotBeReadLeavesTheImageAlone) {
  QImage image = photograph(1300, 975);
  image.setColorSpace(QColorSpace(QColorSpace::DisplayP3));
  std::string file = file_of(image, GetParam());
  if (std::string(GetParam()) == "png") return;  // compressed there, and damage of it is damage of the file
  const std::size_t space = file.find("RGB XYZ");
  ASSERT_NE(space, std::string::npos);
  file.replace(space, 3, "CMY");
  const ImageVariants made = make_image_variants(file);
  EXPECT_THAT(made.files, IsEmpty());
  EXPECT_THAT(made.problem, HasSubstr("color profile"));
}

INSTANTIATE_TEST_SUITE_P(Formats, OfFormat, testing::Values("jpeg", "png", "webp"));

TEST(ImageVariants, AreUprightAndTellNothingOfThePlace) {
  const std::string file = with_exif(file_of(photograph(1600, 1200), "jpeg"), 6);
  ASSERT_EQ(image_size(file), (ImageSize{1200, 1600}));
  const ImageVariants made = make_image_variants(file);
  ASSERT_THAT(made.files, SizeIs(2)) << made.problem;
  EXPECT_EQ(image_size(made.files[0]), (ImageSize{480, 640}));
  for (const std::string& variant : made.files) EXPECT_THAT(variant, Not(testing::AnyOf(HasSubstr("Exif"), HasSubstr("GPS"))));
  // Orientation 6: what was on the left is at the top.
  const QImage small = image_from(made.files[0], "jpeg");
  EXPECT_GT(qRed(small.pixel(240, 100)), 180);
  EXPECT_GT(qBlue(small.pixel(240, 540)), 180);
}

TEST(ImageVariants, TextsOfAFileStayBehind) {
  QImage image = photograph(1300, 975);
  image.setText("Author", "Somebody");
  const std::string file = file_of(image, "png");
  ASSERT_THAT(file, HasSubstr("Author"));
  const ImageVariants made = make_image_variants(file);
  ASSERT_THAT(made.files, SizeIs(2));
  EXPECT_THAT(made.files[0], Not(HasSubstr("Author")));
}

TEST(ImageVariants, KeepTransparency) {
  QImage image = photograph(1300, 975).convertToFormat(QImage::Format_ARGB32);
  for (int y = 0; y < 400; ++y) {
    for (int x = 0; x < 1300; ++x) image.setPixel(x, y, 0);
  }
  const ImageVariants made = make_image_variants(file_of(image, "png"));
  ASSERT_THAT(made.files, SizeIs(2)) << made.problem;
  const QImage small = image_from(made.files[0], "png");
  EXPECT_EQ(qAlpha(small.pixel(100, 50)), 0);
  EXPECT_EQ(qAlpha(small.pixel(100, 300)), 255);
}

TEST(ImageVariants, NoneOfWhatIsNoLargePhotograph) {
  const std::string jpeg = file_of(photograph(1300, 975), "jpeg");
  EXPECT_GT(variant_memory(jpeg), 0U);
  EXPECT_EQ(variant_memory(file_of(photograph(590, 400), "jpeg")), 0U) << "hardly wider than 480";
  QImage drawing(2000, 1500, QImage::Format_RGB32);
  drawing.fill(Qt::white);
  EXPECT_EQ(variant_memory(file_of(drawing, "png", 0)), 0U);
  EXPECT_EQ(variant_memory("GIF89a" + std::string(100'000, 'x')), 0U);
  EXPECT_EQ(variant_memory("<svg width='2000' height='1000'>" + std::string(100'000, ' ')), 0U);
  std::string animated = file_of(photograph(1300, 975), "png");
  animated.insert(33, std::string("\0\0\0\x08", 4) + "acTL" + std::string(12, '\0'));
  EXPECT_EQ(variant_memory(animated), 0U);
}

TEST(ImageVariants, AHugeImageIsNotDecoded) {
  std::string file = file_of(photograph(1300, 975), "jpeg");
  const std::size_t frame = file.find("\xFF\xC0");
  ASSERT_NE(frame, std::string::npos);
  file.replace(frame + 5, 4, "\xFF\xFF\xFF\xFF");
  const ImageVariants made = make_image_variants(file);
  EXPECT_THAT(made.files, IsEmpty());
  EXPECT_THAT(made.problem, HasSubstr("64 million pixels"));
}

}  // namespace
}  // namespace octavo
