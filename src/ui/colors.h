// Colors of the palette as Dear ImGui packs them, and blends of two.
#pragma once

#include <cstdint>

#include "core/layout/style/style.h"

namespace octavo {

// IM_COL32: red in the lowest byte.
constexpr std::uint32_t packed_color(Color color) {
  return (color >> 24U) | ((color >> 8U) & 0x0000FF00U) | ((color << 8U) & 0x00FF0000U) | (color << 24U);
}

// `share` of `b` in `a`, 0 to 1, in sRGB as browsers blend.
constexpr Color mixed_color(Color a, Color b, float share) {
  Color result = 0;
  for (std::uint32_t shift = 0; shift < 32; shift += 8) {
    const auto from = static_cast<float>((a >> shift) & 0xFFU);
    const auto to = static_cast<float>((b >> shift) & 0xFFU);
    result |= static_cast<Color>(from + (to - from) * share + 0.5F) << shift;
  }
  return result;
}

}  // namespace octavo
