// Uses Qt's image readers and writers (libjpeg-turbo, libpng, libwebp), whose plugins are loaded for the first photograph.
#include "press/prepare/image_variants.h"

#include <QBuffer>
#include <QColorSpace>
#include <QImage>
#include <QImageReader>
#include <QImageWriter>
#include <algorithm>
#include <optional>

#include "core/content/document/image_variants.h"
#include "press/prepare/image_probe.h"

namespace octavo {

namespace {

constexpr std::uint64_t kMaxPixels = 64'000'000;    // 256 MB decoded
constexpr std::uint64_t kMemoryPerPixel = 6;        // decoded, and the coefficients of a progressive JPEG
constexpr std::size_t kMinFileBytes = 24UL * 1024;  // smaller files load fast enough
constexpr std::uint64_t kDrawingPixelsPerByte = 2;  // a PNG with more pixels per byte is not a photograph
constexpr int kQuality = 80;                        // of JPEG and WebP
constexpr int kLossless = 100;                      // as in Qt's WebP writer

using Format = ImageFormat;

// Variants are made of these three formats.
bool has_variants(Format format) {
  return format == Format::Png || format == Format::Jpeg || format == Format::Webp;
}

const char* name_of(Format format) {
  return format == Format::Png ? "png" : format == Format::Jpeg ? "jpeg" : "webp";
}

bool is_animated(std::string_view bytes, Format format) {
  constexpr std::size_t kFlags = 20;
  constexpr unsigned char kAnimation = 2;
  if (format == Format::Webp && bytes.size() > kFlags && bytes.substr(12).starts_with("VP8X"))
    return (static_cast<unsigned char>(bytes[kFlags]) & kAnimation) != 0;
  return format == Format::Png && bytes.find("acTL") < bytes.find("IDAT");
}

bool has_profile(std::string_view bytes, Format format) {
  const std::string_view mark = format == Format::Png ? "iCCP" : format == Format::Jpeg ? "ICC_PROFILE" : "ICCP";
  return bytes.find(mark) != std::string_view::npos;
}

bool is_worth_it(std::uint32_t width, const ImageSize& size) {
  return std::uint64_t{width} * 5 <= std::uint64_t{size.width} * 4;
}

// The widest variant that the image gets; 0 = none.
std::uint32_t widest_variant(const ImageSize& size) {
  std::uint32_t widest = 0;
  for (const std::uint32_t width : kImageVariantWidths) {
    if (is_worth_it(width, size)) widest = width;
  }
  return widest;
}

// Collects the libraries' messages while they read; everything else goes to Qt's log.
thread_local std::string* qt_messages = nullptr;
QtMessageHandler previous_handler = nullptr;

void keep_qt_message(QtMsgType type, const QMessageLogContext& context, const QString& text) {
  if (qt_messages != nullptr) {
    *qt_messages = text.toStdString();
  } else {
    previous_handler(type, context, text);
  }
}

class QtMessages {
 public:
  QtMessages() {
    static const bool is_installed = [] {
      previous_handler = qInstallMessageHandler(keep_qt_message);
      return true;
    }();
    static_cast<void>(is_installed);
    qt_messages = &text_;
  }
  QtMessages(const QtMessages&) = delete;
  QtMessages& operator=(const QtMessages&) = delete;
  ~QtMessages() { qt_messages = nullptr; }

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// Upright, and a JPEG no larger than needed, since its decoder can skip what only large sizes show.
QImage decode(std::string_view bytes, Format format, std::uint32_t widest, std::string& problem) {
  const QtMessages messages;
  QByteArray data = QByteArray::fromRawData(bytes.data(), static_cast<int>(bytes.size()));
  QBuffer buffer(&data);
  buffer.open(QIODevice::ReadOnly);
  QImageReader reader(&buffer, name_of(format));
  reader.setAutoDetectImageFormat(false);
  reader.setAutoTransform(true);
  const QSize size = reader.size();
  const bool is_turned = (reader.transformation() & QImageIOHandler::TransformationRotate90) != 0;
  const auto shown_width = static_cast<std::uint32_t>(std::max(0, is_turned ? size.height() : size.width()));
  if (format == Format::Jpeg) {
    int part = 8;
    while (part > 1 && shown_width / static_cast<std::uint32_t>(part) < widest) part /= 2;
    reader.setScaledSize({(size.width() + part - 1) / part, (size.height() + part - 1) / part});
  }
  QImage image = reader.read();
  if (image.isNull()) problem = messages.text().empty() ? reader.errorString().toStdString() : messages.text();
  // libjpeg goes on with gray where the file ends or is damaged.
  if (format == Format::Jpeg && !messages.text().empty()) problem = messages.text();
  return image;
}

QImage scaled(const QImage& image, std::uint32_t width, const ImageSize& size) {
  const std::uint64_t height = (std::uint64_t{size.height} * width + size.width / 2) / size.width;
  QImage variant = image.scaled(static_cast<int>(width), static_cast<int>(std::max<std::uint64_t>(1, height)),
                                Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
  return image.format() == QImage::Format_Grayscale8 ? variant.convertToFormat(QImage::Format_Grayscale8) : variant;
}

std::optional<std::string> encode(const QImage& image, Format format, const QColorSpace& space, bool is_lossless) {
  // Pixels alone: the QImage itself would carry the texts of its file along.
  QImage pixels(image.constBits(), image.width(), image.height(), image.bytesPerLine(), image.format());
  pixels.setColorSpace(space);
  QByteArray out;
  QBuffer buffer(&out);
  buffer.open(QIODevice::WriteOnly);
  QImageWriter writer(&buffer, name_of(format));
  if (format != Format::Png) writer.setQuality(is_lossless ? kLossless : kQuality);
  writer.setOptimizedWrite(true);
  writer.setProgressiveScanWrite(true);
  if (!writer.write(pixels)) return std::nullopt;
  return out.toStdString();
}

}  // namespace

std::uint64_t variant_memory(std::string_view bytes) {
  const Format format = image_format(bytes);
  if (!has_variants(format) || bytes.size() < kMinFileBytes || is_animated(bytes, format)) return 0;
  const std::optional<ImageSize> size = image_size(bytes);
  if (!size || widest_variant(*size) == 0) return 0;
  const std::uint64_t pixels = std::uint64_t{size->width} * size->height;
  const bool is_drawing = format == Format::Png && pixels > bytes.size() * kDrawingPixelsPerByte;
  if (is_drawing && pixels <= kMaxPixels) return 0;
  return pixels * kMemoryPerPixel;
}

ImageVariants make_image_variants(std::string_view bytes) {
  ImageVariants made;
  if (variant_memory(bytes) == 0) return made;
  const Format format = image_format(bytes);
  const ImageSize size = *image_size(bytes);
  if (std::uint64_t{size.width} * size.height > kMaxPixels) {
    made.problem = "it has more than 64 million pixels";
    return made;
  }
  QImage image = decode(bytes, format, widest_variant(size), made.problem);
  if (!made.problem.empty()) made.problem = "it is damaged (" + made.problem + ")";
  if (image.isNull() || !made.problem.empty()) return made;
  QColorSpace space = image.colorSpace();
  if (!space.isValid() && has_profile(bytes, format)) {
    made.problem = "its color profile cannot be kept";
    return made;
  }
  if (space == QColorSpace(QColorSpace::SRgb)) space = QColorSpace();  // the meaning of an image without a profile
  if (image.hasAlphaChannel()) image = image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
  const bool is_lossless = format == Format::Webp && bytes.find("VP8L") != std::string_view::npos;
  for (const std::uint32_t width : kImageVariantWidths) {
    if (!is_worth_it(width, size)) break;
    std::optional<std::string> file = encode(scaled(image, width, size), format, space, is_lossless);
    if (!file || file->size() >= bytes.size()) break;
    made.files.push_back(std::move(*file));
  }
  return made;
}

}  // namespace octavo
