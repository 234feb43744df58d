// The table of the look. Each row names its blocks twice, as a CSS selector and as a match: keep the two alike.
#include "core/layout/style/style_rules.h"

#include <algorithm>
#include <iterator>

namespace octavo {

namespace {

using enum BlockKind;
constexpr auto kSerif = Family::Serif;
constexpr auto kSans = Family::Sans;

// Running text: about 66 characters a line at the measure of page_metrics().
constexpr Sizes kBodySize{18, 19, 20};
constexpr Sizes kBodyLine{28, 30, 32};
constexpr Sizes kParagraphSpace{16, 18, 20};
constexpr Sizes kNoteSize{16, 16, 17};
constexpr Sizes kNoteLine{24, 24, 26};
constexpr Sizes kListIndent{26, 30, 32};

const StyleRule kRules[] = {
    // Text of every kind starts from the body face; list items carry the text of tight lists themselves.
    {"p, li, td, th, dt, dd, figcaption, summary, h1, h2, h3, h4, h5, h6",
     {},
     {.family = kSerif,
      .font_size = kBodySize,
      .line_height = kBodyLine,
      .weight = 400,
      .italic = false,
      .color = ColorRole::Ink,
      .link_color = ColorRole::Link,
      .underline_links = true}},
    {"p", {.kind = Paragraph}, {.space_before = kParagraphSpace}},

    // Headings.
    {"h1, h2, h3, h4, h5, h6",
     {.kind = Heading},
     {.weight = 700, .color = ColorRole::Heading, .link_color = ColorRole::Heading, .underline_links = false}},
    {"h1",
     {.kind = Heading, .level = 1},
     {.font_size = Sizes{30, 36, 42}, .line_height = Sizes{36, 44, 50}, .space_before = Sizes{40, 44, 52}}},
    {"h2",
     {.kind = Heading, .level = 2},
     {.font_size = Sizes{24, 26, 28}, .line_height = Sizes{32, 34, 36}, .space_before = Sizes{36, 42, 48}}},
    {"h3",
     {.kind = Heading, .level = 3},
     {.font_size = Sizes{21, 22, 23}, .line_height = Sizes{28, 30, 32}, .space_before = Sizes{30, 34, 38}}},
    {"h4", {.kind = Heading, .level = 4}, {.font_size = kBodySize, .line_height = kBodyLine, .space_before = Sizes{26, 28, 32}}},
    {"h5",
     {.kind = Heading, .level = 5},
     {.family = kSans, .font_size = Sizes{15, 16, 16}, .line_height = Sizes{24}, .space_before = Sizes{24, 26, 28}}},
    {"h6",
     {.kind = Heading, .level = 6},
     {.family = kSans,
      .font_size = Sizes{15, 16, 16},
      .line_height = Sizes{24},
      .weight = 500,
      .space_before = Sizes{24, 26, 28},
      .color = ColorRole::Muted,
      .link_color = ColorRole::Muted}},

    // Containers.
    {"blockquote", {.kind = Quote}, {.space_before = kParagraphSpace, .indent = Sizes{18, 24, 26}}},
    {"ul, ol", {.kind = List}, {.space_before = kParagraphSpace, .indent = kListIndent}},
    {"li > ul, li > ol", {.kind = List, .parent = ListItem}, {.space_before = Sizes{6}}},
    {"li", {.kind = ListItem}, {.space_before = Sizes{10, 11, 12}}},
    {".tight > li", {.kind = ListItem, .parent_tight = true}, {.space_before = Sizes{6}}},
    {"dl", {.kind = DescriptionList}, {.space_before = kParagraphSpace}},
    {"dt", {.kind = DescriptionTerm}, {.weight = 700, .space_before = Sizes{12}}},
    {"dd", {.kind = DescriptionDetails}, {.space_before = Sizes{4}, .indent = kListIndent}},
    {"details", {.kind = Details}, {.space_before = kParagraphSpace}},
    {"summary", {.kind = Summary}, {.weight = 700}},
    {"figure", {.kind = Figure}, {.space_before = Sizes{28, 32, 36}}},
    {"figcaption",
     {.kind = Caption},
     {.family = kSans,
      .font_size = Sizes{14, 15, 15},
      .line_height = Sizes{20, 22, 22},
      .space_before = Sizes{10},
      .color = ColorRole::Muted}},
    {"pre",
     {.kind = CodeBlock},
     {.family = Family::Mono,
      .font_size = Sizes{14, 15, 15},
      .line_height = Sizes{22, 24, 24},
      .weight = 400,
      .italic = false,
      .space_before = Sizes{20, 22, 24},
      .color = ColorRole::CodeInk,
      .padding_x = Sizes{14, 18, 20},
      .padding_y = Sizes{12, 14, 16}}},
    {"hr", {.kind = Rule}, {.space_before = Sizes{32, 36, 40}}},
    {".table", {.kind = Table}, {.space_before = Sizes{24, 26, 28}}},
    {"td, th",
     {.kind = TableCell},
     {.family = kSans,
      .font_size = Sizes{15, 16, 16},
      .line_height = Sizes{22, 24, 24},
      .padding_x = Sizes{10, 12, 12},
      .padding_y = Sizes{8}}},
    {"th", {.kind = TableCell, .is_header = true}, {.weight = 600}},

    // The page's frame.
    {".page > header", {.kind = Section, .role = Role::Banner}, {.padding_y = Sizes{20, 28, 36}}},
    {".site-title",
     {.variant = Variant::SiteTitle},
     {.family = kSans,
      .font_size = Sizes{20, 21, 22},
      .line_height = Sizes{28},
      .weight = 700,
      .space_before = Sizes{0},
      .color = ColorRole::Heading,
      .link_color = ColorRole::Heading,
      .underline_links = false}},
    {".tagline",
     {.variant = Variant::Tagline},
     {.family = kSans, .font_size = Sizes{15}, .line_height = Sizes{22}, .space_before = Sizes{2}, .color = ColorRole::Muted}},
    {"nav", {.kind = Section, .role = Role::Navigation}, {.space_before = Sizes{12}}},
    {"main > nav", {.kind = Section, .role = Role::Navigation, .region = Role::Main}, {.space_before = Sizes{48, 56, 64}}},
    {"article > nav", {.kind = Section, .role = Role::Navigation, .region = Role::Article}, {.space_before = Sizes{36, 42, 48}}},
    {".menu",
     {.variant = Variant::Menu},
     {.family = kSans,
      .font_size = Sizes{16},
      .line_height = Sizes{28},
      .space_before = Sizes{0},
      .link_color = ColorRole::Link,
      .underline_links = false}},
    {"main", {.kind = Section, .role = Role::Main}, {.space_before = Sizes{16, 24, 28}}},
    {"aside", {.kind = Section, .role = Role::Complementary}, {.space_before = Sizes{64, 64, 28}}},
    {".page > footer",
     {.kind = Section, .role = Role::ContentInfo},
     {.space_before = Sizes{64, 72, 80}, .padding_y = Sizes{28, 32, 36}}},
    {".preferences", {.kind = Section, .role = Role::Preferences}, {.padding_y = Sizes{4}}},
    {".post-list", {.kind = Section, .role = Role::PostList}, {.space_before = Sizes{24, 28, 32}}},
    {".post-list > article",
     {.kind = Section, .role = Role::Article, .parent_role = Role::PostList},
     {.space_before = Sizes{40, 44, 48}}},
    {".prose", {.kind = Section, .role = Role::Prose}, {.space_before = Sizes{28, 32, 36}}},
    {".reactions", {.kind = Section, .role = Role::Reactions}, {.space_before = Sizes{40, 44, 48}}},
    {".reply", {.kind = Section, .role = Role::Reply}, {.space_before = Sizes{40, 44, 48}}},

    // Small texts of the frame.
    {".entry-title",
     {.kind = Heading, .variant = Variant::EntryTitle},
     {.font_size = Sizes{23, 25, 27}, .line_height = Sizes{30, 32, 34}}},
    {".byline",
     {.variant = Variant::Byline},
     {.family = kSans,
      .font_size = Sizes{15},
      .line_height = Sizes{22},
      .space_before = Sizes{8},
      .color = ColorRole::Muted,
      .link_color = ColorRole::Muted}},
    {".entry-summary", {.variant = Variant::EntrySummary}, {.space_before = Sizes{8}}},
    {".tags",
     {.variant = Variant::Tags},
     {.family = kSans,
      .font_size = Sizes{15},
      .line_height = Sizes{26},
      .space_before = Sizes{28, 32, 36},
      .color = ColorRole::Muted,
      .link_color = ColorRole::Muted,
      .underline_links = false}},
    {".post-list .tags", {.variant = Variant::Tags, .region = Role::PostList}, {.space_before = Sizes{8}}},
    {"aside .tags", {.variant = Variant::Tags, .region = Role::Complementary}, {.space_before = Sizes{8}}},
    {".label",
     {.variant = Variant::Label},
     {.family = kSans,
      .font_size = Sizes{15},
      .line_height = Sizes{22},
      .weight = 600,
      .space_before = Sizes{32},
      .color = ColorRole::Muted,
      .link_color = ColorRole::Muted}},
    {".notice",
     {.variant = Variant::Notice},
     {.family = kSans,
      .font_size = Sizes{15, 16, 16},
      .line_height = Sizes{24},
      .space_before = Sizes{12},
      .color = ColorRole::Muted}},
    {".fine-print",
     {.variant = Variant::FinePrint},
     {.family = kSans,
      .font_size = Sizes{14},
      .line_height = Sizes{22},
      .space_before = Sizes{6},
      .color = ColorRole::Muted,
      .link_color = ColorRole::Muted}},
    {".actions, .placeholder",
     {.variant = Variant::Actions},
     {.family = kSans, .font_size = Sizes{16}, .line_height = Sizes{44}, .weight = 600, .space_before = Sizes{12}}},
    {".preferences .actions",
     {.variant = Variant::Actions, .region = Role::Preferences},
     {.font_size = Sizes{15}, .weight = 400, .space_before = Sizes{0}, .color = ColorRole::Muted}},
    {".placeholder",
     {.variant = Variant::Placeholder},
     {.family = kSans,
      .font_size = Sizes{16},
      .line_height = Sizes{44},
      .weight = 400,
      .space_before = Sizes{12},
      .color = ColorRole::Muted}},

    // A table of contents is for those who look for it.
    {".contents", {.kind = Section, .role = Role::Contents}, {.space_before = Sizes{24, 28, 32}}},
    {".contents p:not([class]), .contents li",
     {.variant = Variant::Body, .region = Role::Contents},
     {.family = kSans, .font_size = Sizes{16, 16, 15}, .line_height = Sizes{26, 26, 24}, .underline_links = false}},
    {".contents ul", {.kind = List, .region = Role::Contents}, {.space_before = Sizes{6}, .indent = Sizes{0}}},
    {".contents li > ul",
     {.kind = List, .region = Role::Contents, .parent = ListItem},
     {.space_before = Sizes{2}, .indent = Sizes{20}}},
    {".contents li", {.kind = ListItem, .region = Role::Contents}, {.space_before = Sizes{2}}},
    // The conversation below a post.
    {".comments", {.kind = Section, .role = Role::Comments}, {.space_before = Sizes{40, 44, 48}}},
    {".comment", {.kind = Section, .role = Role::Comment}, {.space_before = Sizes{28, 32, 32}}},
    {".replies", {.kind = Section, .role = Role::Replies}, {.space_before = Sizes{24, 28, 28}, .indent = Sizes{16, 28, 32}}},
    {".comment p:not([class])",
     {.kind = Paragraph, .variant = Variant::Body, .region = Role::Comment},
     {.font_size = kNoteSize, .line_height = kNoteLine, .space_before = Sizes{10}}},
    {".comment blockquote", {.kind = Quote, .region = Role::Comment}, {.space_before = Sizes{12}}},
    {".comment :is(ul,ol)", {.kind = List, .region = Role::Comment}, {.space_before = Sizes{10}}},
    {".comment li", {.kind = ListItem, .region = Role::Comment}, {.font_size = kNoteSize, .line_height = kNoteLine}},
    {".comment :is(h4,h5,h6)",
     {.kind = Heading, .region = Role::Comment},
     {.font_size = kNoteSize, .line_height = kNoteLine, .space_before = Sizes{12}}},
    {".comment .actions",
     {.variant = Variant::Actions, .region = Role::Comment},
     {.font_size = Sizes{15}, .weight = 400, .space_before = Sizes{2}, .color = ColorRole::Muted}},
    {".toolbar .actions",
     {.variant = Variant::Actions, .region = Role::Toolbar},
     {.font_size = Sizes{15}, .weight = 400, .space_before = Sizes{2}, .color = ColorRole::Muted}},
    {".composer", {.kind = Section, .role = Role::Composer}, {.space_before = Sizes{16}}},
    {".toolbar", {.kind = Section, .role = Role::Toolbar}, {.space_before = Sizes{4}}},
    {".problem",
     {.variant = Variant::Problem},
     {.family = kSans, .font_size = Sizes{15}, .line_height = Sizes{22}, .space_before = Sizes{12}, .color = ColorRole::Danger}},
    {".field",
     {.kind = Field, .variant = Variant::Body},
     {.family = kSans, .font_size = Sizes{15}, .line_height = Sizes{22}, .weight = 600, .space_before = Sizes{12}}},
    {".check",
     {.kind = Field, .variant = Variant::Check},
     {.family = kSans, .font_size = Sizes{15}, .line_height = Sizes{22}, .space_before = Sizes{12}, .indent = Sizes{30}}},

    // Notes are set smaller than the text that they belong to.
    {".endnotes", {.kind = Section, .role = Role::Endnotes}, {.space_before = Sizes{36, 42, 48}}},
    {".endnotes p", {.kind = Paragraph, .region = Role::Endnotes}, {.font_size = kNoteSize, .line_height = kNoteLine}},
    {".endnotes li", {.kind = ListItem, .region = Role::Endnotes}, {.font_size = kNoteSize, .line_height = kNoteLine}},

    // The sidebar is set smaller than the article.
    {"aside p:not([class]), aside li",
     {.variant = Variant::Body, .region = Role::Complementary},
     {.family = kSans, .font_size = Sizes{16, 16, 15}, .line_height = Sizes{28, 28, 26}, .underline_links = false}},
    {"aside ul", {.kind = List, .region = Role::Complementary}, {.space_before = Sizes{6}, .indent = Sizes{0}}},
    {"aside li", {.kind = ListItem, .region = Role::Complementary}, {.space_before = Sizes{2}}},
};

// ---- Inline content

constexpr InlineRule kInlineRules[] = {
    {.look = InlineLook::Plain},
    {.look = InlineLook::Italic, .is_italic = true},
    {.look = InlineLook::Bold, .weight = 700},
    {.look = InlineLook::Struck, .is_struck = true},
    {.look = InlineLook::Underlined, .is_underlined = true},
    {.look = InlineLook::Code, .family = Family::Mono, .size = 0.9F, .background = ColorRole::Surface},
    {.look = InlineLook::Marked, .color = ColorRole::Ink, .background = ColorRole::Highlight},
    {.look = InlineLook::Small, .size = 0.85F},
    {.look = InlineLook::Subscript, .size = 0.75F, .up = -0.25F},
    {.look = InlineLook::Superscript, .size = 0.75F, .up = 0.4F},
    // The colors of these depend on what they are.
    {.look = InlineLook::Link},
    {.look = InlineLook::Button, .weight = 600},
    {.look = InlineLook::Token},
};

// ---- The page

constexpr PageMetrics kPages[] = {
    {.measure = 620, .gutter = 20},
    {.measure = 640, .gutter = 32},
    {.measure = 680, .gutter = 40, .sidebar_width = 232, .sidebar_gap = 72},
};

StyleTable make_table() {
  StyleTable table;
  table.rules = kRules;
  std::copy(std::begin(kInlineRules), std::end(kInlineRules), table.inlines.begin());
  std::copy(std::begin(kPages), std::end(kPages), table.pages.begin());
  return table;
}

const StyleTable* replaced_table = nullptr;

}  // namespace

const StyleTable& style_table() {
  static const StyleTable table = make_table();
  return replaced_table == nullptr ? table : *replaced_table;
}

void replace_style_table(const StyleTable* table) {
  replaced_table = table;
}

}  // namespace octavo
