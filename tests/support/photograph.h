// Photographs for tests: files of any size and format, the same in every run.
#pragma once

#include <gtest/gtest.h>

#include <QBuffer>
#include <QImage>
#include <QImageWriter>
#include <string>

namespace octavo {

// Noise, as in photographs; red on the left, blue on the right.
inline QImage photograph(int width, int height) {
  QImage image(width, height, QImage::Format_RGB32);
  unsigned noise = 1;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      noise = noise * 1664525 + 1013904223;
      const int grain = static_cast<int>(noise >> 27);
      image.setPixel(x, y, x < width / 2 ? qRgb(220 + grain, 40, 40 + grain) : qRgb(40, 40 + grain, 220 + grain));
    }
  }
  return image;
}

inline std::string file_of(const QImage& image, const char* format, int quality = 90) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QImageWriter writer(&buffer, format);
  writer.setQuality(quality);
  EXPECT_TRUE(writer.write(image)) << format;
  return bytes.toStdString();
}

}  // namespace octavo
