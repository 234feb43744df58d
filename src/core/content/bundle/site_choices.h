// Choices of a site's owner that have names in octavo.toml and octavo.json. Inside the program they are values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace octavo {

// System = light or dark, as the reader's system has it.
enum class Theme : std::uint8_t { System, Light, Sepia, Dark };
// In the order of Theme.
inline constexpr std::array<std::string_view, 4> kThemeNames{"system", "light", "sepia", "dark"};

// Who has the comments of `<post>.comments.json`: the post's page alone, or Octavo's own server as well.
enum class PrebuiltPlace : std::uint8_t { Page, Server };
// In the order of PrebuiltPlace.
inline constexpr std::array<std::string_view, 2> kPrebuiltPlaceNames{"page", "server"};

constexpr std::string_view theme_name(Theme theme) {
  return kThemeNames[static_cast<std::size_t>(theme)];
}
constexpr std::string_view prebuilt_place_name(PrebuiltPlace place) {
  return kPrebuiltPlaceNames[static_cast<std::size_t>(place)];
}

}  // namespace octavo
