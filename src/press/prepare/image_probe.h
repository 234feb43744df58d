// Width and height of an image from the first bytes of its file, so that pages reserve its place before it has loaded.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace octavo {

// By content, whatever file names and servers claim. SVG and unknown formats are None.
enum class ImageFormat : std::uint8_t { None, Png, Jpeg, Gif, Webp, Avif };
ImageFormat image_format(std::string_view bytes);

struct ImageSize {
  std::uint32_t width = 0;  // as displayed: a photograph's orientation is applied
  std::uint32_t height = 0;
  bool operator==(const ImageSize&) const = default;
};

// PNG, JPEG, GIF, WebP and SVG, told by content. Nothing for others, for damaged headers, and for an SVG without a size in
// pixels. (The libraries for these formats decode whole images and know no SVG; the headers are a few bytes.)
std::optional<ImageSize> image_size(std::string_view bytes);

}  // namespace octavo
