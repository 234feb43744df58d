// Enums whose values have names outside of the program.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace octavo {

// `names` has the name of each enumerator, in their order from 0. nullopt for other names.
template <typename Enum>
constexpr std::optional<Enum> enum_from_name(std::span<const std::string_view> names, std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace octavo
