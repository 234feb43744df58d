// Faces, palettes and size classes.
#include "core/layout/style/style.h"

#include <initializer_list>

namespace octavo {

namespace {

constexpr Palette make_palette(std::initializer_list<Color> rgb) {
  Palette result;
  std::size_t index = 0;
  for (const Color color : rgb) result.colors[index++] = (color << 8) | 0xFF;
  return result;
}

// In the order of ColorRole: Page, Surface, Ink, Muted, Heading, Link, Accent, AccentInk, Hairline, CodeInk, Highlight, Focus,
// Danger, CodeKeyword, CodeName, CodeString, CodeNumber, CodeComment.
constexpr Palette kLight =
    make_palette({0xFCFBF8, 0xF3F1EB, 0x24221F, 0x67625A, 0x151412, 0x1B5A9E, 0x0F6767, 0xFFFFFF, 0xDFDBD2, 0x2B2926, 0xFFF0A6,
                  0x1B5A9E, 0xAF2018, 0x8A2F6B, 0x1F5A8C, 0x3C6422, 0x8C4A10, 0x6A655C});
constexpr Palette kDark =
    make_palette({0x16171A, 0x212328, 0xDDDBD6, 0xA39F97, 0xF3F1EC, 0x8DBAF2, 0x62C0B8, 0x0D1817, 0x383A41, 0xD9D7D1, 0x5A4E12,
                  0x8DBAF2, 0xF4A49B, 0xE0A3CB, 0x93C0EA, 0xAFCB93, 0xE3B583, 0x9C978D});
constexpr Palette kSepia =
    make_palette({0xF5EDDA, 0xEAE0C8, 0x3A2F20, 0x65563F, 0x2A2116, 0x7A3B0E, 0x74451B, 0xFFFAEC, 0xD9CCB0, 0x3A2F20, 0xEFD67E,
                  0x7A3B0E, 0x971A12, 0x7F2A5B, 0x1F4F7A, 0x41591A, 0x83400E, 0x66583F});

constexpr Palette kLightContrast =
    make_palette({0xFFFFFF, 0xF4F4F4, 0x000000, 0x2E2E2E, 0x000000, 0x003B8E, 0x004646, 0xFFFFFF, 0x5A5A5A, 0x000000, 0xFFEE88,
                  0x003B8E, 0x8A0000, 0x6E1450, 0x00396B, 0x24480F, 0x663000, 0x454139});
constexpr Palette kDarkContrast =
    make_palette({0x000000, 0x161616, 0xFFFFFF, 0xD8D8D8, 0xFFFFFF, 0xB4D7FF, 0x8FE8E0, 0x000000, 0x9A9A9A, 0xFFFFFF, 0x4A3F00,
                  0xB4D7FF, 0xFFC2BC, 0xF4BEE0, 0xB4D7FF, 0xC8E6A8, 0xF7CE9C, 0xC4BFB4});

}  // namespace

std::string_view family_stack(Family family) {
  switch (family) {
    case Family::Serif:
      return "Charter, \"Bitstream Charter\", \"Iowan Old Style\", \"Source Serif 4\", \"Noto Serif\", Georgia, \"Times New "
             "Roman\", serif";
    case Family::Sans:
      return "system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", \"Helvetica Neue\", Arial, sans-serif";
    case Family::Mono:
      return "ui-monospace, \"SF Mono\", Menlo, Consolas, \"Noto Sans Mono\", \"DejaVu Sans Mono\", \"Liberation Mono\", "
             "monospace";
  }
  return "serif";
}

std::string_view color_role_name(ColorRole role) {
  static constexpr std::array<std::string_view, static_cast<std::size_t>(ColorRole::Count)> kNames{
      "page",     "surface",   "ink",   "muted",  "heading",      "link",      "accent",      "accent-ink",  "hairline",
      "code-ink", "highlight", "focus", "danger", "code-keyword", "code-name", "code-string", "code-number", "code-comment"};
  return kNames[static_cast<std::size_t>(role)];
}

const Palette& palette(ThemeKind theme) {
  switch (theme) {
    case ThemeKind::Light:
      return kLight;
    case ThemeKind::Dark:
      return kDark;
    case ThemeKind::Sepia:
      return kSepia;
    case ThemeKind::LightContrast:
      return kLightContrast;
    case ThemeKind::DarkContrast:
      return kDarkContrast;
  }
  return kLight;
}

SizeClass size_class(float width_css) {
  if (width_css >= kDesktopMinWidthCss) return SizeClass::Desktop;
  return width_css >= kTabletMinWidthCss ? SizeClass::Tablet : SizeClass::Phone;
}

}  // namespace octavo
