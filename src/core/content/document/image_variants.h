// Smaller forms of a picture: which there can be, where each lies, and what a browser needs to know to choose.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace octavo {

// Widths in pixels. A picture has the first few of them, as many as its ImageInfo::smaller says.
inline constexpr std::array<std::uint32_t, 3> kPictureWidths{480, 960, 1440};

// The widest column that a picture is shown in, in CSS pixels at the standard text size.
inline constexpr std::uint32_t kWidestPictureCss = 680;

// "media/a.1234abcd.jpg" -> "media/a.1234abcd-480.jpg", as shell/service_worker/image_variants.js has it.
std::string smaller_picture_url(std::string_view url, std::uint32_t width);

}  // namespace octavo
