// The look as a table: C++ and CSS agree, sizes are whole, and every text color can be read on its background.
#include "core/layout/style/style.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/content/document/image_variants.h"
#include "core/layout/style/block_style.h"
#include "core/layout/style/style_rules.h"
#include "core/layout/style/stylesheet.h"

namespace octavo {
namespace {

double luminance(Color color) {
  const auto channel = [&](int shift) {
    const double value = ((color >> shift) & 0xFF) / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(24) + 0.7152 * channel(16) + 0.0722 * channel(8);
}

// WCAG 2.2, "contrast ratio".
double contrast(Color a, Color b) {
  const double light = std::max(luminance(a), luminance(b));
  const double dark = std::min(luminance(a), luminance(b));
  return (light + 0.05) / (dark + 0.05);
}

TEST(PageMetrics, BrowsersAreToldOfTheWidestColumn) {
  float widest = 0;
  for (const SizeClass size : {SizeClass::Phone, SizeClass::Tablet, SizeClass::Desktop}) {
    widest = std::max(widest, page_metrics(size).measure);
  }
  EXPECT_EQ(static_cast<float>(kWidestImageCss), widest);
}

TEST(Palette, EveryTextColorReachesAaContrast) {
  EXPECT_NEAR(contrast(0xFFFFFFFF, 0x000000FF), 21.0, 0.01);
  for (const ThemeKind theme :
       {ThemeKind::Light, ThemeKind::Dark, ThemeKind::Sepia, ThemeKind::LightContrast, ThemeKind::DarkContrast}) {
    const Palette& colors = palette(theme);
    for (const ColorRole text :
         {ColorRole::Ink, ColorRole::Muted, ColorRole::Heading, ColorRole::Link, ColorRole::CodeInk, ColorRole::Danger,
          ColorRole::CodeKeyword, ColorRole::CodeName, ColorRole::CodeString, ColorRole::CodeNumber, ColorRole::CodeComment}) {
      for (const ColorRole background : {ColorRole::Page, ColorRole::Surface}) {
        EXPECT_GE(contrast(colors[text], colors[background]), 4.5)
            << color_role_name(text) << " on " << color_role_name(background) << " in theme " << static_cast<int>(theme);
      }
    }
    EXPECT_GE(contrast(colors[ColorRole::AccentInk], colors[ColorRole::Accent]), 4.5);
    EXPECT_GE(contrast(colors[ColorRole::Ink], colors[ColorRole::Highlight]), 4.5);
    EXPECT_GE(contrast(colors[ColorRole::Focus], colors[ColorRole::Page]), 3.0);
  }
}

TEST(Palette, MoreContrastReachesAaa) {
  for (const ThemeKind theme : {ThemeKind::LightContrast, ThemeKind::DarkContrast}) {
    const Palette& colors = palette(theme);
    for (const ColorRole text :
         {ColorRole::Ink, ColorRole::Muted, ColorRole::Heading, ColorRole::Link, ColorRole::CodeInk, ColorRole::Danger,
          ColorRole::CodeKeyword, ColorRole::CodeName, ColorRole::CodeString, ColorRole::CodeNumber, ColorRole::CodeComment}) {
      for (const ColorRole background : {ColorRole::Page, ColorRole::Surface}) {
        EXPECT_GE(contrast(colors[text], colors[background]), 7.0)
            << color_role_name(text) << " on " << color_role_name(background);
      }
    }
    EXPECT_GE(contrast(colors[ColorRole::AccentInk], colors[ColorRole::Accent]), 7.0);
    EXPECT_GE(contrast(colors[ColorRole::Ink], colors[ColorRole::Highlight]), 7.0);
    // Frames of controls (1.4.11), which hairlines are here.
    EXPECT_GE(contrast(colors[ColorRole::Hairline], colors[ColorRole::Page]), 3.0);
  }
}

TEST(StyleRules, LineHeightsAndSpacesAreWholeCssPixels) {
  for (const StyleRule& rule : style_table().rules) {
    for (const SizeClass size : {SizeClass::Phone, SizeClass::Tablet, SizeClass::Desktop}) {
      for (const auto& value : {rule.values.line_height, rule.values.space_before, rule.values.padding_y}) {
        if (value) {
          EXPECT_EQ(value->at(size), std::round(value->at(size))) << rule.selector;
        }
      }
      if (rule.values.line_height && rule.values.font_size && rule.match.kind != BlockKind::Rule) {
        EXPECT_GE(rule.values.line_height->at(size), rule.values.font_size->at(size) * 1.15F) << rule.selector;
      }
    }
  }
}

TEST(StyleRules, EveryRuleIsInTheStylesheet) {
  const std::string css = build_stylesheet();
  for (const StyleRule& rule : style_table().rules) {
    EXPECT_NE(css.find(":where(" + std::string(rule.selector) + "){"), std::string::npos) << rule.selector;
  }
}

TEST(BlockStyle, LaterRulesWin) {
  Block list{.kind = BlockKind::List};
  list.tight = true;
  const Block item{.kind = BlockKind::ListItem};
  const float tight = block_style(item, {.parent = &list, .region = Role::Prose, .size = SizeClass::Desktop}).space_before;
  list.tight = false;
  const float loose = block_style(item, {.parent = &list, .region = Role::Prose, .size = SizeClass::Desktop}).space_before;
  EXPECT_LT(tight, loose);
}

TEST(BlockStyle, RegionDecidesTheFaceOfTheSidebar) {
  const Block paragraph{.kind = BlockKind::Paragraph};
  EXPECT_EQ(block_style(paragraph, {.region = Role::Prose}).face.family, Family::Serif);
  EXPECT_EQ(block_style(paragraph, {.region = Role::Complementary}).face.family, Family::Sans);
}

TEST(BlockStyle, AnEntryOfAListStandsInTheList) {
  const Block entry{.kind = BlockKind::Section, .role = Role::Article};
  EXPECT_EQ(child_region(entry, Role::PostList), Role::PostList);
  EXPECT_EQ(child_region(entry, Role::Main), Role::Article);
}

TEST(SizeClass, ChangesAtTheNamedWidths) {
  EXPECT_EQ(size_class(599.5F), SizeClass::Phone);
  EXPECT_EQ(size_class(600), SizeClass::Tablet);
  EXPECT_EQ(size_class(1079.9F), SizeClass::Tablet);
  EXPECT_EQ(size_class(1080), SizeClass::Desktop);
}

}  // namespace
}  // namespace octavo
