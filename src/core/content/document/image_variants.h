// Image variants: which an image can have, their addresses, and what a browser needs to choose one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace octavo {

// Widths in pixels. An image has the first few of them, as many as its ImageInfo::variant_count says.
inline constexpr std::array<std::uint32_t, 3> kImageVariantWidths{480, 960, 1440};

// The widest column that an image is shown in, in CSS pixels at the standard text size.
inline constexpr std::uint32_t kWidestImageCss = 680;

// "media/a.1234abcd.jpg" -> "media/a.1234abcd-480.jpg", as in shell/service_worker/image_variants.js.
std::string image_variant_url(std::string_view url, std::uint32_t width);

}  // namespace octavo
