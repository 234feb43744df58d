// Makes variants of photographs for small screens, from which a browser chooses by `srcset`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace octavo {

struct ImageVariants {
  std::vector<std::string> files;  // bytes, in the widths of the first kImageVariantWidths
  std::string problem;             // why a photograph has none; empty for an image that needs none
};

// How much memory making them takes at most; 0 for images without variants: other formats than PNG, JPEG and WebP, animations,
// drawings (PNG of few bytes a pixel), small files, and images hardly wider than the smallest variant.
std::uint64_t variant_memory(std::string_view bytes);

// Upright by the orientation mark, in the color space of the original, and without other metadata.
// A variant that does not have fewer bytes is left out, with all wider ones. The same bytes give the same files.
ImageVariants make_image_variants(std::string_view bytes);

}  // namespace octavo
