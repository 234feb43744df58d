// Faces, colors, size classes of windows, and what the style table says about one block and the page.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/content/document/document.h"

namespace octavo {

enum class Family : std::uint8_t { Serif, Sans, Mono };

// The CSS font-family list of system faces. No font is shipped.
std::string_view family_stack(Family family);

enum class ColorRole : std::uint8_t {
  Page,     // background of everything
  Surface,  // panels: code, table heads, placeholders
  Ink,      // running text
  Muted,    // bylines, captions, fine print
  Heading,
  Link,
  Accent,     // buttons, marks of quotations
  AccentInk,  // text on Accent
  Hairline,   // rules and borders
  CodeInk,
  Highlight,    // background of <mark>
  Focus,        // focus ring
  Danger,       // text of errors
  CodeKeyword,  // in the order of TokenClass
  CodeName,
  CodeString,
  CodeNumber,
  CodeComment,
  Count,
};
std::string_view color_role_name(ColorRole role);  // "page", "muted"; the CSS custom property is --page, --muted

constexpr ColorRole token_color(TokenClass token) {
  return static_cast<ColorRole>(static_cast<std::uint8_t>(ColorRole::CodeKeyword) + static_cast<std::uint8_t>(token));
}
static_assert(token_color(TokenClass::Comment) == ColorRole::CodeComment);

// sRGB, 0xRRGGBBAA.
using Color = std::uint32_t;
struct Palette {
  std::array<Color, static_cast<std::size_t>(ColorRole::Count)> colors{};
  Color operator[](ColorRole role) const { return colors[static_cast<std::size_t>(role)]; }
};
// The last two are for readers who ask their system for more contrast.
enum class ThemeKind : std::uint8_t { Light, Dark, Sepia, LightContrast, DarkContrast };
// Every text color on its background reaches a contrast of 4.5:1 (WCAG 2.2, 1.4.3), 7:1 in the last two themes (1.4.6).
const Palette& palette(ThemeKind theme);

// One face at one size, in device pixels once it is part of a layout (CSS pixels in the style table).
struct Face {
  Family family = Family::Serif;
  float size = 16;
  std::uint16_t weight = 400;
  bool italic = false;
  bool operator==(const Face&) const = default;
};

// Text sizes that a reader can choose, percent. The lengths of the style table are for 100 and for the browser's standard size of
// 16 CSS pixels; in the style sheet they are in rem, so that both choices count.
inline constexpr std::array<int, 5> kTextSizes{90, 100, 110, 125, 150};
inline constexpr float kStandardFontSizeCss = 16;

// Widths of the window at which sizes change, in CSS pixels.
enum class SizeClass : std::uint8_t { Phone, Tablet, Desktop };
inline constexpr float kTabletMinWidthCss = 600;
inline constexpr float kDesktopMinWidthCss = 1080;  // from here on the sidebar is beside the article
SizeClass size_class(float width_css);

// Deep nesting eats the column up; a block whose children would have less than this does not indent them.
inline constexpr float kLeastColumnCss = 36;
// The links of menus and tags are kept whole in windows wider than this.
inline constexpr float kWrappingLinksCss = 160;
// Punctuation hangs no further than this, whatever the text size: it is the narrowest margin of the page.
inline constexpr float kMostHangCss = 20;
// The padding at each side of a button is at most this share of the column.
inline constexpr float kMostButtonPadding = 0.06F;

// The style of one block, CSS pixels. Spaces come before a block only, and not before the first of its container, so
// nothing collapses.
struct BlockStyle {
  Face face;
  float line_height = 0;  // a whole number of CSS pixels
  float space_before = 0;
  ColorRole color = ColorRole::Ink;
  ColorRole link_color = ColorRole::Link;
  bool underline_links = true;
  Align align = Align::Default;
  float padding_x = 0;
  float padding_y = 0;
  float indent = 0;  // of the children, at the start side
};

// Page geometry in CSS pixels.
struct PageMetrics {
  float measure = 0;        // maximum width of the text column
  float gutter = 0;         // minimum space at the window's edges
  float sidebar_width = 0;  // 0 = the sidebar follows below the article
  float sidebar_gap = 0;
};

}  // namespace octavo
