// Smaller forms of photographs, for small screens: what a browser chooses from by `srcset`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace octavo {

struct ImageVariants {
  std::vector<std::string> files;  // bytes, in the widths of the first kImageVariantWidths
  std::string problem;             // why a photograph has none; empty for what needs none
};

// How much memory making them takes at most; 0 for what has none: other formats than PNG, JPEG and WebP, animations, drawings
// (PNG of few bytes a pixel), small files, and images that are hardly wider than the smallest form.
std::uint64_t memory_for_smaller(std::string_view bytes);

// Upright as the orientation mark says, in the colour space of the original, and without anything else that cameras write down.
// A form that is not smaller in bytes is left out, and all wider ones with it. The same bytes give the same files.
ImageVariants make_image_variants(std::string_view bytes);

}  // namespace octavo
