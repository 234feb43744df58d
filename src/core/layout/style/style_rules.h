// The style rules behind block_style() and build_stylesheet(): one ordered table, read as a cascade by C++ and written as CSS.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "core/layout/style/style.h"

namespace octavo {

// A value per SizeClass, in CSS pixels.
struct Sizes {
  float phone = 0;
  float tablet = 0;
  float desktop = 0;

  constexpr Sizes(float all) : phone(all), tablet(all), desktop(all) {}
  constexpr Sizes(float on_phone, float on_tablet, float on_desktop) : phone(on_phone), tablet(on_tablet), desktop(on_desktop) {}
  constexpr float at(SizeClass size) const {
    return size == SizeClass::Phone ? phone : size == SizeClass::Tablet ? tablet : desktop;
  }
};

// Which blocks a rule is for; what is not set matches everything.
struct StyleMatch {
  std::optional<BlockKind> kind{};
  std::optional<Variant> variant{};
  std::optional<Role> role{};
  std::optional<Role> region{};
  std::optional<BlockKind> parent{};
  std::optional<Role> parent_role{};
  std::uint8_t level = 0;  // of a heading; 0 = any
  std::optional<bool> parent_tight{};
};

// What a rule sets; later rules win over earlier ones, property by property.
struct StyleValues {
  std::optional<Family> family{};
  std::optional<Sizes> font_size{};
  std::optional<Sizes> line_height{};
  std::optional<std::uint16_t> weight{};
  std::optional<bool> italic{};
  std::optional<Sizes> space_before{};
  std::optional<ColorRole> color{};
  std::optional<ColorRole> link_color{};
  std::optional<bool> underline_links{};
  std::optional<Sizes> padding_x{};
  std::optional<Sizes> padding_y{};
  std::optional<Sizes> indent{};
};

struct StyleRule {
  std::string_view selector;  // the same blocks in CSS
  StyleMatch match;
  StyleValues values;
};

// All rules in cascade order.
std::span<const StyleRule> style_rules();

}  // namespace octavo
