// Image headers: PNG (ISO/IEC 15948), JPEG (ITU T.81 and Exif 2.3), GIF89a, WebP (RFC 9649), SVG 1.1.
#include "press/prepare/image_probe.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>

namespace octavo {

namespace {

constexpr std::uint32_t kMaxPixels = 1U << 20;         // per side; more is a damaged or hostile header
constexpr std::size_t kMaxSvgHeaderBytes = 64 * 1024;  // editors put long comments and entity lists before <svg>

enum class Endian { Big, Little };

// Reads outside the bytes give 0, which no valid header has where it matters.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}

  std::uint32_t number(std::size_t offset, std::size_t count, Endian endian) const {
    if (offset > bytes_.size() || bytes_.size() - offset < count) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = endian == Endian::Big ? offset + i : offset + count - 1 - i;
      value = value << 8 | static_cast<unsigned char>(bytes_[at]);
    }
    return value;
  }

  bool has(std::size_t offset, std::string_view text) const {
    return offset <= bytes_.size() && bytes_.substr(offset).starts_with(text);
  }

  Bytes part(std::size_t offset, std::size_t length) const {
    return Bytes(offset <= bytes_.size() ? bytes_.substr(offset, length) : std::string_view());
  }

  std::size_t size() const { return bytes_.size(); }

 private:
  std::string_view bytes_;
};

std::optional<ImageSize> checked(std::uint32_t width, std::uint32_t height) {
  if (width == 0 || height == 0 || width > kMaxPixels || height > kMaxPixels) return std::nullopt;
  return ImageSize{width, height};
}

std::optional<ImageSize> webp_size(const Bytes& file) {
  if (file.has(12, "VP8X") && file.size() >= 30) {
    return checked(file.number(24, 3, Endian::Little) + 1, file.number(27, 3, Endian::Little) + 1);
  }
  if (file.has(12, "VP8L") && file.size() >= 25 && file.number(20, 1, Endian::Little) == 0x2F) {
    const std::uint32_t bits = file.number(21, 4, Endian::Little);
    return checked((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
  }
  if (file.has(12, "VP8 ") && file.has(23, "\x9D\x01\x2A")) {
    return checked(file.number(26, 2, Endian::Little) & 0x3FFF, file.number(28, 2, Endian::Little) & 0x3FFF);
  }
  return std::nullopt;
}

// ---- JPEG ------------------------------------------------------------------------------------------------------------------

// The Exif orientation of an APP1 segment: 5 to 8 turn the image by a quarter.
bool is_turned(const Bytes& segment) {
  if (!segment.has(0, std::string_view("Exif\0\0", 6))) return false;
  const Bytes tiff = segment.part(6, segment.size());
  if (!tiff.has(0, "II") && !tiff.has(0, "MM")) return false;
  const Endian endian = tiff.has(0, "II") ? Endian::Little : Endian::Big;
  const std::size_t directory = tiff.number(4, 4, endian);
  const std::uint32_t entries = tiff.number(directory, 2, endian);
  for (std::uint32_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + std::size_t{i} * 12;
    if (entry + 12 > tiff.size()) return false;
    if (tiff.number(entry, 2, endian) != 0x0112) continue;
    const std::uint32_t orientation = tiff.number(entry + 8, 2, endian);
    return orientation >= 5 && orientation <= 8;
  }
  return false;
}

bool is_frame_header(std::uint32_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

std::optional<ImageSize> jpeg_size(const Bytes& file) {
  bool turned = false;
  for (std::size_t at = 2; at + 4 <= file.size();) {
    if (file.number(at, 1, Endian::Big) != 0xFF) return std::nullopt;
    const std::uint32_t marker = file.number(at + 1, 1, Endian::Big);
    if (marker == 0xFF) {  // fill byte
      ++at;
      continue;
    }
    const std::uint32_t length = file.number(at + 2, 2, Endian::Big);
    if (length < 2) return std::nullopt;
    if (marker == 0xE1) turned = turned || is_turned(file.part(at + 4, length - 2));
    if (is_frame_header(marker)) {
      const std::uint32_t height = file.number(at + 5, 2, Endian::Big);
      const std::uint32_t width = file.number(at + 7, 2, Endian::Big);
      return turned ? checked(height, width) : checked(width, height);
    }
    at += 2 + std::size_t{length};
  }
  return std::nullopt;
}

// ---- SVG -------------------------------------------------------------------------------------------------------------------

// The value of an attribute in the text of a start tag, "" when it has none.
std::string_view attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
    const bool begins = at > 0 && (tag[at - 1] == ' ' || tag[at - 1] == '\t' || tag[at - 1] == '\n' || tag[at - 1] == '\r');
    const std::size_t equals = tag.find_first_not_of(" \t\r\n", at + name.size());
    if (!begins || equals == std::string_view::npos || tag[equals] != '=') continue;
    const std::size_t quote = tag.find_first_not_of(" \t\r\n", equals + 1);
    if (quote == std::string_view::npos || (tag[quote] != '"' && tag[quote] != '\'')) continue;
    const std::size_t end = tag.find(tag[quote], quote + 1);
    return end == std::string_view::npos ? std::string_view() : tag.substr(quote + 1, end - quote - 1);
  }
  return {};
}

struct Length {
  double value = 0;
  std::string_view rest;
};

Length leading_number(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n,"), text.size());
  text.remove_prefix(begin);
  Length length;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length.value);
  if (error != std::errc() || !std::isfinite(length.value)) length.value = 0;
  length.rest = text.substr(static_cast<std::size_t>(end - text.data()));
  return length;
}

// CSS pixels; 0 for percentages and relative units.
double pixels(std::string_view text) {
  const Length length = leading_number(text);
  const std::string_view unit = length.rest.substr(0, 2);
  if (length.rest.empty() || unit == "px") return length.value;
  if (unit == "pt") return length.value * 4 / 3;
  if (unit == "pc") return length.value * 16;
  if (unit == "in") return length.value * 96;
  if (unit == "mm") return length.value * 96 / 25.4;
  if (unit == "cm") return length.value * 96 / 2.54;
  return 0;
}

std::uint32_t whole_pixels(double value) {
  return value >= 0.5 && value <= kMaxPixels ? static_cast<std::uint32_t>(std::lround(value)) : 0;
}

std::optional<ImageSize> svg_size(std::string_view text) {
  text = text.substr(0, kMaxSvgHeaderBytes);
  const std::size_t begin = text.find("<svg");
  if (begin == std::string_view::npos) return std::nullopt;
  const std::string_view tag = text.substr(begin, text.find('>', begin) - begin);
  double width = pixels(attribute(tag, "width"));
  double height = pixels(attribute(tag, "height"));
  const Length min_x = leading_number(attribute(tag, "viewBox"));
  const Length min_y = leading_number(min_x.rest);
  const Length box_width = leading_number(min_y.rest);
  const Length box_height = leading_number(box_width.rest);
  if (box_width.value > 0 && box_height.value > 0) {
    if (width == 0 && height == 0) width = box_width.value;
    if (width == 0) width = height * box_width.value / box_height.value;
    if (height == 0) height = width * box_height.value / box_width.value;
  }
  return checked(whole_pixels(width), whole_pixels(height));
}

bool looks_like_svg(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t begin = bytes.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && bytes[begin] == '<';
}

}  // namespace

ImageFormat image_format(std::string_view bytes) {
  const Bytes file(bytes);
  if (file.has(0, "\x89PNG\r\n\x1A\n")) return ImageFormat::Png;
  if (file.has(0, "\xFF\xD8\xFF")) return ImageFormat::Jpeg;
  if (file.has(0, "GIF87a") || file.has(0, "GIF89a")) return ImageFormat::Gif;
  if (file.has(0, "RIFF") && file.has(8, "WEBP")) return ImageFormat::Webp;
  return file.has(4, "ftypavif") ? ImageFormat::Avif : ImageFormat::None;
}

std::optional<ImageSize> image_size(std::string_view bytes) {
  const Bytes file(bytes);
  switch (image_format(bytes)) {
    case ImageFormat::Png:
      if (!file.has(12, "IHDR")) return std::nullopt;
      return checked(file.number(16, 4, Endian::Big), file.number(20, 4, Endian::Big));
    case ImageFormat::Gif:
      return checked(file.number(6, 2, Endian::Little), file.number(8, 2, Endian::Little));
    case ImageFormat::Webp:
      return webp_size(file);
    case ImageFormat::Jpeg:
      return jpeg_size(file);
    case ImageFormat::Avif:
      return std::nullopt;
    case ImageFormat::None:
      break;
  }
  return looks_like_svg(bytes) ? svg_size(bytes) : std::nullopt;
}

}  // namespace octavo
