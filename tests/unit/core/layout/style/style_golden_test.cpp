// A page with every element and part in every size of window: goldens of it, and the proof that they notice each number of the
// style table.
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <vector>

#include "core/layout/display_list.h"
#include "core/layout/layout.h"
#include "core/layout/style/block_style.h"
#include "core/layout/style/style_rules.h"
#include "core/layout/style/stylesheet.h"
#include "support/block_outline.h"
#include "support/golden_file.h"

namespace octavo {
namespace {

// The narrow ones show the gutters, the wide ones the measures; large text puts the sidebar below the article.
struct Window {
  std::string_view name;
  SizeClass size;
  Viewport viewport;
};
constexpr Window kWindows[] = {
    {"phone", SizeClass::Phone, {.width_css = 390}},
    {"phone_small_text", SizeClass::Phone, {.width_css = 599, .text_scale = 0.9F}},
    {"tablet", SizeClass::Tablet, {.width_css = 800}},
    {"tablet_narrow", SizeClass::Tablet, {.width_css = 600}},
    {"desktop", SizeClass::Desktop, {.width_css = 1280}},
    {"desktop_large_text", SizeClass::Desktop, {.width_css = 1080, .text_scale = 1.5F}},
};

const Document& every_style() {
  static const Document document = document_from_outline(read_test_file(tests_folder() + "/fixtures/every_style.txt"));
  return document;
}

std::string dump(const Window& window) {
  FixedTextMeasurer measurer;
  return dump_display_list(build_display_list(layout_page(every_style(), window.viewport, measurer)));
}

class StyleGolden : public testing::TestWithParam<Window> {};

TEST_P(StyleGolden, DumpsAsExpected) {
  const std::string path = tests_folder() + "/golden/style/" + std::string(GetParam().name) + ".txt";
  expect_golden(read_golden_file(path), dump(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Windows, StyleGolden, testing::ValuesIn(kWindows),
                         [](const auto& window) { return std::string(window.param.name); });

// ---- Every number counts -----------------------------------------------------------------------------------------------------

// The table with one number changed.
class ChangedTable {
 public:
  ChangedTable() : rules_(style_table().rules.begin(), style_table().rules.end()), table_(style_table()) {
    table_.rules = rules_;
    replace_style_table(&table_);
  }
  ChangedTable(const ChangedTable&) = delete;
  ChangedTable& operator=(const ChangedTable&) = delete;
  ~ChangedTable() { replace_style_table(nullptr); }

  std::vector<StyleRule>& rules() { return rules_; }
  StyleTable& table() { return table_; }

 private:
  std::vector<StyleRule> rules_;
  StyleTable table_;
};

class EveryNumber : public testing::Test {
 protected:
  enum class Where { LayoutAndCss, LayoutOnly };

  EveryNumber() {
    for (const Window& window : kWindows) before_.push_back(dump(window));
    css_before_ = build_stylesheet();
  }

  // `change` changes one number, for windows of this size.
  void expect_noticed(SizeClass size, const std::string& what, const std::function<void(ChangedTable&)>& change,
                      Where where = Where::LayoutAndCss) {
    ++changes_;
    ChangedTable changed;
    change(changed);
    bool is_noticed = false;
    for (std::size_t i = 0; i < std::size(kWindows) && !is_noticed; ++i) {
      if (kWindows[i].size == size) is_noticed = dump(kWindows[i]) != before_[i];
    }
    EXPECT_TRUE(is_noticed) << what << " for size class " << static_cast<int>(size);
    EXPECT_EQ(build_stylesheet() != css_before_, where == Where::LayoutAndCss) << what << " in the style sheet";
  }

  int changes_ = 0;

 private:
  std::vector<std::string> before_;
  std::string css_before_;
};

constexpr SizeClass kSizes[] = {SizeClass::Phone, SizeClass::Tablet, SizeClass::Desktop};

float& number_of(Sizes& sizes, SizeClass size) {
  return size == SizeClass::Phone ? sizes.phone : size == SizeClass::Tablet ? sizes.tablet : sizes.desktop;
}

TEST_F(EveryNumber, OfARuleIsNoticed) {
  constexpr std::pair<const char*, std::optional<Sizes> StyleValues::*> kLengths[] = {
      {"font_size", &StyleValues::font_size},       {"line_height", &StyleValues::line_height},
      {"space_before", &StyleValues::space_before}, {"padding_x", &StyleValues::padding_x},
      {"padding_y", &StyleValues::padding_y},       {"indent", &StyleValues::indent}};
  const std::span<const StyleRule> rules = style_table().rules;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    for (const auto& [name, member] : kLengths) {
      if (!(rules[i].values.*member)) continue;
      for (const SizeClass size : kSizes) {
        expect_noticed(size, std::string(rules[i].selector) + " " + name,
                       [&, member = member](ChangedTable& table) { number_of(*(table.rules()[i].values.*member), size) += 2; });
      }
    }
  }
  EXPECT_GT(changes_, 400);
}

TEST_F(EveryNumber, AndEveryWordOfARuleIsNoticed) {
  const std::span<const StyleRule> rules = style_table().rules;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::string selector(rules[i].selector);
    const auto expect = [&](const char* name, bool is_set, const std::function<void(StyleValues&)>& change) {
      if (!is_set) return;
      for (const SizeClass size : kSizes) {
        expect_noticed(size, selector + " " + name, [&](ChangedTable& table) { change(table.rules()[i].values); });
      }
    };
    const StyleValues& values = rules[i].values;
    expect("family", values.family.has_value(),
           [](StyleValues& v) { v.family = *v.family == Family::Mono ? Family::Sans : Family::Mono; });
    expect("weight", values.weight.has_value(), [](StyleValues& v) { v.weight = static_cast<std::uint16_t>(*v.weight + 50); });
    expect("italic", values.italic.has_value(), [](StyleValues& v) { v.italic = !*v.italic; });
    expect("color", values.color.has_value(), [](StyleValues& v) { v.color = ColorRole::Focus; });
    expect("link_color", values.link_color.has_value(), [](StyleValues& v) { v.link_color = ColorRole::Focus; });
    expect("underline_links", values.underline_links.has_value(),
           [](StyleValues& v) { v.underline_links = !*v.underline_links; });
  }
  EXPECT_GT(changes_, 200);
}

TEST_F(EveryNumber, OfInlineContentIsNoticed) {
  for (std::size_t i = 0; i < style_table().inlines.size(); ++i) {
    const InlineRule& rule = style_table().inlines[i];
    const auto expect = [&](const char* name, bool is_set, const std::function<void(InlineRule&)>& change) {
      if (!is_set) return;
      for (const SizeClass size : kSizes) {
        expect_noticed(size, "look " + std::to_string(i) + " " + name,
                       [&](ChangedTable& table) { change(table.table().inlines[i]); });
      }
    };
    EXPECT_EQ(static_cast<std::size_t>(rule.look), i) << "the rules are in the order of InlineLook";
    expect("size", rule.size != 1, [](InlineRule& r) { r.size -= 0.1F; });
    expect("up", rule.up != 0, [](InlineRule& r) { r.up += 0.1F; });
    expect("weight", rule.weight.has_value(), [](InlineRule& r) { r.weight = static_cast<std::uint16_t>(*r.weight + 50); });
    expect("family", rule.family.has_value(), [](InlineRule& r) { r.family = Family::Sans; });
    expect("is_italic", rule.is_italic, [](InlineRule& r) { r.is_italic = false; });
    expect("is_underlined", rule.is_underlined, [](InlineRule& r) { r.is_underlined = false; });
    expect("is_struck", rule.is_struck, [](InlineRule& r) { r.is_struck = false; });
    expect("color", rule.color.has_value(), [](InlineRule& r) { r.color = ColorRole::Focus; });
    expect("background", rule.background.has_value(), [](InlineRule& r) { r.background = ColorRole::Focus; });
  }
}

TEST_F(EveryNumber, OfAPartIsNoticed) {
  constexpr std::pair<const char*, float PartLengths::*> kEms[] = {{"background_overhang", &PartLengths::background_overhang},
                                                                   {"single_mark_hang", &PartLengths::single_mark_hang},
                                                                   {"double_mark_hang", &PartLengths::double_mark_hang},
                                                                   {"marker_gap", &PartLengths::marker_gap}};
  constexpr std::pair<const char*, float PartLengths::*> kPixels[] = {{"quote_bar_width", &PartLengths::quote_bar_width},
                                                                      {"code_block_radius", &PartLengths::code_block_radius},
                                                                      {"button_radius", &PartLengths::button_radius},
                                                                      {"inline_radius", &PartLengths::inline_radius},
                                                                      {"button_padding_x", &PartLengths::button_padding_x},
                                                                      {"button_padding_y", &PartLengths::button_padding_y},
                                                                      {"button_line", &PartLengths::button_line},
                                                                      {"field_gap", &PartLengths::field_gap},
                                                                      {"field_line", &PartLengths::field_line},
                                                                      {"field_padding_y", &PartLengths::field_padding_y},
                                                                      {"field_note", &PartLengths::field_note}};
  static_assert(sizeof(PartLengths) == (std::size(kEms) + std::size(kPixels)) * sizeof(float), "a new part is missing here");
  const auto expect = [&](const auto& part, float change) {
    // Markers are the browser's own there.
    const Where where = part.second == &PartLengths::marker_gap ? Where::LayoutOnly : Where::LayoutAndCss;
    for (const SizeClass size : kSizes) {
      expect_noticed(
          size, part.first, [&](ChangedTable& table) { table.table().parts.*(part.second) += change; }, where);
    }
  };
  for (const auto& part : kEms) expect(part, 0.2F);
  for (const auto& part : kPixels) expect(part, 2);
}

TEST_F(EveryNumber, OfThePageIsNoticed) {
  constexpr std::pair<const char*, float PageMetrics::*> kNumbers[] = {{"measure", &PageMetrics::measure},
                                                                       {"gutter", &PageMetrics::gutter},
                                                                       {"sidebar_width", &PageMetrics::sidebar_width},
                                                                       {"sidebar_gap", &PageMetrics::sidebar_gap}};
  static_assert(sizeof(PageMetrics) == std::size(kNumbers) * sizeof(float), "a new number is missing here");
  for (const SizeClass size : kSizes) {
    for (const auto& [name, member] : kNumbers) {
      if (page_metrics(size).*member == 0) continue;
      expect_noticed(size, name, [&, member = member](ChangedTable& table) {
        table.table().pages[static_cast<std::size_t>(size)].*member -= 20;
      });
    }
  }
}

}  // namespace
}  // namespace octavo
