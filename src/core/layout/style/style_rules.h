// The style table: the rules of blocks, the looks of inline content, and the lengths of parts. Layout reads it as numbers, and
// build_stylesheet() writes it as CSS.
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

// The blocks that a rule applies to; members that are not set match everything.
struct StyleMatch {
  std::optional<BlockKind> kind{};
  std::optional<Variant> variant{};
  std::optional<Role> role{};
  std::optional<Role> region{};
  std::optional<BlockKind> parent{};
  std::optional<Role> parent_role{};
  std::uint8_t level = 0;  // of a heading; 0 = any
  std::optional<bool> parent_tight{};
  std::optional<bool> is_header{};  // of a cell
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

// The look of inline content, in the order of InlineLook.
struct InlineRule {
  InlineLook look = InlineLook::Plain;
  std::optional<Family> family{};
  float size = 1;  // in em of the surrounding text
  float up = 0;    // from the baseline, in em of the element's text
  std::optional<std::uint16_t> weight{};
  bool is_italic = false;
  bool is_underlined = false;
  bool is_struck = false;
  std::optional<ColorRole> color{};
  std::optional<ColorRole> background{};
};

// Lengths of the parts that blocks and inlines consist of.
struct PartLengths {
  // In em of the text.
  float background_overhang = 0.2F;  // how far an inline background reaches beyond its text
  float single_mark_hang = 0.25F;    // how far an opening quotation mark hangs: about its width
  float double_mark_hang = 0.44F;
  float marker_gap = 0.4F;  // between a list marker and its item
  // CSS pixels.
  float quote_bar_width = 3;
  float code_block_radius = 6;
  float button_radius = 6;  // and that of fields
  float inline_radius = 3;
  // CSS pixels that grow with the text.
  float button_padding_x = 16;
  float button_padding_y = 8;
  float button_line = 24;
  float field_gap = 4;  // between label, frame and note
  float field_line = 26;
  float field_padding_y = 10;
  float field_note = 22;
};

struct StyleTable {
  std::span<const StyleRule> rules;  // in cascade order; the first one is for all text
  std::array<InlineRule, static_cast<std::size_t>(InlineLook::Count)> inlines{};
  std::array<PageMetrics, 3> pages{};  // by SizeClass
  PartLengths parts;

  const InlineRule& rule(InlineLook look) const { return inlines[static_cast<std::size_t>(look)]; }
};

const StyleTable& style_table();

// For tests: replaces the product's table; `nullptr` restores it. The table must outlive its use.
void replace_style_table(const StyleTable* table);

}  // namespace octavo
