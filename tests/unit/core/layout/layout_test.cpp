// Layout of whole documents: lines, directions, boxes, hit targets, and properties that hold for every window.
#include "core/layout/layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/utf8.h"
#include "core/content/markdown/markdown.h"
#include "core/layout/display_list.h"
#include "core/layout/text/text_analysis.h"
#include "support/growth.h"

namespace octavo {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;
using testing::IsEmpty;
using testing::Lt;
using testing::SizeIs;

Layout lay_out(Document document, Viewport viewport = {.width_css = 600}) {
  number_blocks(document);
  FixedTextMeasurer measurer;
  return layout_page(document, viewport, measurer);
}

Layout lay_out(std::string_view markdown, Viewport viewport = {.width_css = 600}) {
  return lay_out(parse_markdown(markdown), viewport);
}

Block paragraph(std::string text, std::vector<Span> spans = {}) {
  Block block;
  block.inlines.text = std::move(text);
  block.inlines.spans = std::move(spans);
  return block;
}

Block section(Role role, std::vector<Block> children) {
  Block block;
  block.kind = BlockKind::Section;
  block.role = role;
  block.children = std::move(children);
  return block;
}

Document document_of(std::vector<Block> children) {
  Document document;
  document.root = section(Role::Page, std::move(children));
  return document;
}

std::string fragment_text(const Layout& layout, const TextFragment& fragment) {
  return layout.text.substr(fragment.text_begin, fragment.text_end - fragment.text_begin);
}

std::vector<std::string> words_of(const Layout& layout, const LineBox& line) {
  std::vector<std::string> words;
  for (std::uint32_t i = 0; i < line.fragment_count; ++i) {
    words.push_back(fragment_text(layout, layout.fragments[line.first_fragment + i]));
  }
  return words;
}

std::vector<std::string> lines_of(const Layout& layout) {
  std::vector<std::string> lines;
  for (const LineBox& line : layout.lines) {
    std::string text;
    for (const std::string& word : words_of(layout, line)) text += (text.empty() ? "" : " ") + word;
    lines.push_back(text);
  }
  return lines;
}

const Box& box_of(const Layout& layout, BlockKind kind) {
  return *std::ranges::find(layout.boxes, kind, &Box::kind);
}

// ---- Lines -----------------------------------------------------------------------------------------------------------

TEST(Layout, CollapsesWhiteSpaceAndSoftBreaks) {
  EXPECT_THAT(lines_of(lay_out(document_of({paragraph("  one \n two\t\tthree ")}))), ElementsAre("one two three"));
}

TEST(Layout, SpacesHangAtLineEnds) {
  // Phone: 18 px serif, 9 px a character, 140 px of column hold 15 characters.
  const Layout layout = lay_out(document_of({paragraph("123456789012345 next")}), {.width_css = 180});
  ASSERT_THAT(lines_of(layout), ElementsAre("123456789012345", "next"));
  EXPECT_EQ(layout.lines[0].rect.width, 135);
  ASSERT_THAT(layout.breaks, SizeIs(1));
  EXPECT_EQ(layout.breaks[0].breaks[0].offset, 15U);
  EXPECT_EQ(layout.breaks[0].breaks[0].kind, BreakKind::Space);
}

TEST(Layout, HardBreaksEndLinesAndAreNoSoftBreaks) {
  const Layout layout = lay_out(document_of({paragraph("a\n\nb", {{.kind = InlineKind::HardBreak, .begin = 1, .end = 2},
                                                                  {.kind = InlineKind::HardBreak, .begin = 2, .end = 3}})}));
  EXPECT_THAT(lines_of(layout), ElementsAre("a", "", "b"));
  EXPECT_THAT(layout.breaks[0].breaks, IsEmpty());
}

TEST(Layout, StylesWithinAWordDoNotBreakIt) {
  const Layout layout = lay_out("aaaa bbbbb**ccccc**ddddd\n", {.width_css = 200});
  EXPECT_THAT(lines_of(layout), ElementsAre("aaaa", "bbbbb ccccc ddddd"));
}

TEST(Layout, SoftHyphensShowOnlyWhereALineEnds) {
  const Layout whole = lay_out("Silben\u00ADtrennung\n");
  EXPECT_THAT(lines_of(whole), ElementsAre("Silben trennung"));
  EXPECT_FLOAT_EQ(whole.fragments[1].x, whole.fragments[0].x + whole.fragments[0].width);
  const Layout broken = lay_out("Silben\u00ADtrennung\n", {.width_css = 160});
  EXPECT_THAT(lines_of(broken), ElementsAre("Silben \u2010", "trennung"));
  EXPECT_EQ(broken.breaks[0].breaks[0].kind, BreakKind::Hyphen);
  EXPECT_EQ(broken.breaks[0].breaks[0].offset, 8U);
}

TEST(Layout, LongWordsBreakBetweenGraphemes) {
  std::string word;
  for (int i = 0; i < 40; ++i) word += "e\u0301";
  const Layout layout = lay_out(document_of({paragraph(word)}), {.width_css = 180});
  ASSERT_THAT(layout.lines, SizeIs(3));
  for (const SoftBreak& soft : layout.breaks[0].breaks) EXPECT_EQ(soft.offset % 3, 0U);
  for (const LineBox& line : layout.lines) EXPECT_LE(line.rect.width, 140);
}

TEST(Layout, LongWordsInSeveralStylesBreakToo) {
  const Layout layout = lay_out("aaaaaaaaaa**bbbbbbbbbb**cccccccccc x\n", {.width_css = 180});
  EXPECT_THAT(lines_of(layout), ElementsAre("aaaaaaaaaa bbbbb", "bbbbb cccccccccc", "x"));
}

TEST(Layout, ChinesePunctuationDoesNotBeginALine) {
  std::string text;
  for (int i = 0; i < 7; ++i) text += "汉";
  text += "，汉";
  const Layout layout = lay_out(document_of({paragraph(text)}), {.width_css = 169});  // 129 px: seven characters of 18 px
  ASSERT_THAT(layout.lines, SizeIs(2));
  EXPECT_THAT(words_of(layout, layout.lines[1]), ElementsAre("汉，", "汉"));
  EXPECT_EQ(layout.breaks[0].breaks[0].kind, BreakKind::Between);
}

class ThaiMeasurer final : public TextMeasurer {
 public:
  void measure(const Face& face, std::string_view language, std::span<const std::string_view> words,
               std::span<float> widths) override {
    fixed_.measure(face, language, words, widths);
  }
  FaceMetrics metrics(const Face& face, std::string_view language) override { return fixed_.metrics(face, language); }
  void grapheme_ends(std::string_view text, std::vector<std::uint32_t>& ends) override { fixed_.grapheme_ends(text, ends); }
  void dictionary_breaks(std::string_view text, std::string_view, std::vector<std::uint32_t>& offsets) override {
    offsets.clear();
    for (std::uint32_t i = 12; i < text.size(); i += 12) offsets.push_back(i);  // four letters a word
  }

 private:
  FixedTextMeasurer fixed_;
};

TEST(Layout, ThaiBreaksWhereTheDictionarySays) {
  std::string text;
  for (int i = 0; i < 24; ++i) text += "ก";
  Document document = document_of({paragraph(text)});
  number_blocks(document);
  ThaiMeasurer measurer;
  const Layout layout = layout_page(document, {.width_css = 180}, measurer);
  ASSERT_THAT(layout.breaks[0].breaks, SizeIs(1));
  EXPECT_EQ(layout.breaks[0].breaks[0].offset, 36U);
}

class TallArabicMeasurer final : public TextMeasurer {
 public:
  void measure(const Face& face, std::string_view language, std::span<const std::string_view> words,
               std::span<float> widths) override {
    fixed_.measure(face, language, words, widths);
  }
  FaceMetrics metrics(const Face& face, std::string_view language) override {
    return {.ascent = face.size, .descent = language == "ar" ? face.size : 0};
  }
  void grapheme_ends(std::string_view text, std::vector<std::uint32_t>& ends) override { fixed_.grapheme_ends(text, ends); }

 private:
  FixedTextMeasurer fixed_;
};

// Counts the words of each call, and asks for nothing else.
class CountingMeasurer final : public TextMeasurer {
 public:
  void measure(const Face& face, std::string_view language, std::span<const std::string_view> words,
               std::span<float> widths) override {
    counts.push_back(words.size());
    fixed_.measure(face, language, words, widths);
  }
  FaceMetrics metrics(const Face& face, std::string_view language) override { return fixed_.metrics(face, language); }
  void grapheme_ends(std::string_view text, std::vector<std::uint32_t>& ends) override { fixed_.grapheme_ends(text, ends); }

  std::vector<std::size_t> counts;

 private:
  FixedTextMeasurer fixed_;
};

TEST(Layout, InStepsItIsTheSame) {
  std::string markdown = "# A heading of *two* faces\n\n";
  for (int i = 0; i < 30; ++i) markdown += "word" + std::to_string(i) + " and **bold" + std::to_string(i) + "** text, ";
  Document document = parse_markdown(markdown);
  number_blocks(document);
  CountingMeasurer measurer;
  const Viewport viewport{.width_css = 400};
  IncrementalLayout layout(document, viewport, measurer, {});
  int steps = 1;
  while (layout.step(7) != IncrementalLayout::Step::None) ++steps;
  EXPECT_GT(steps, 10);
  EXPECT_THAT(measurer.counts, Each(testing::Le(7U)));
  EXPECT_EQ(layout.step(7), IncrementalLayout::Step::None);
  EXPECT_EQ(dump_layout(layout.take()), dump_layout(lay_out(document, viewport)));
}

TEST(Layout, BaselinesAreThoseOfTheFontOfTheLanguage) {
  Document document = document_of({paragraph("a"), paragraph("a")});
  document.root.children[1].language = "ar";
  number_blocks(document);
  TallArabicMeasurer measurer;
  const Layout layout = layout_page(document, {}, measurer);
  const auto below_top = [&](std::size_t i) { return layout.lines[i].baseline - layout.lines[i].rect.y; };
  EXPECT_GT(below_top(0), below_top(1));
}

TEST(Layout, LettersAreNotSmallerThanTheBrowserAllows) {
  const auto sizes_at = [](const Viewport& viewport) {
    std::vector<float> sizes;
    for (const Face& face : lay_out(parse_markdown("a `b` <sub>c</sub>\n"), viewport).faces) sizes.push_back(face.size);
    return sizes;
  };
  EXPECT_THAT(sizes_at({.device_pixel_ratio = 2, .min_font_css = 30}), Each(60.0F));
  EXPECT_THAT(sizes_at({.device_pixel_ratio = 2}), AllOf(Each(Lt(60.0F)), SizeIs(Ge(2U))));
}

TEST(Layout, FontSizesAreHalfCssPixels) {
  for (const float ratio : {1.0F, 1.1F, 1.5F, 2.625F}) {
    for (const Face& face : lay_out(parse_markdown("a `b`\n"), {.device_pixel_ratio = ratio, .text_scale = 1.1F}).faces) {
      const float halves = face.size / ratio * 2;
      EXPECT_NEAR(halves, std::round(halves), 1e-3F) << face.size;
    }
  }
}

// ---- Direction -------------------------------------------------------------------------------------------------------

TEST(Layout, HebrewRunsFromTheRightWithLatinAndDigitsInside) {
  const Layout layout = lay_out(document_of({paragraph("אבג abc def דהו 12")}));
  ASSERT_THAT(layout.lines, SizeIs(1));
  EXPECT_THAT(words_of(layout, layout.lines[0]), ElementsAre("12", "דהו", "abc", "def", "אבג"));
  EXPECT_EQ(layout.lines[0].rect.right(), layout.boxes[1].rect.right());
  EXPECT_EQ(layout.fragments[0].direction, Direction::LeftToRight);
  EXPECT_EQ(layout.fragments[1].direction, Direction::RightToLeft);
}

TEST(Layout, EachLineIsReorderedByItself) {
  const Layout layout = lay_out(document_of({paragraph("אבגד הוזחט יכלמנ")}), {.width_css = 180});
  ASSERT_THAT(layout.lines, SizeIs(2));
  EXPECT_THAT(words_of(layout, layout.lines[0]), ElementsAre("הוזחט", "אבגד"));
  EXPECT_THAT(words_of(layout, layout.lines[1]), ElementsAre("יכלמנ"));
}

TEST(Layout, HebrewWithinLatinKeepsTheLineFromTheLeft) {
  const Layout layout = lay_out(document_of({paragraph("abc אבג דהו def")}));
  EXPECT_THAT(words_of(layout, layout.lines[0]), ElementsAre("abc", "דהו", "אבג", "def"));
  EXPECT_EQ(layout.lines[0].rect.x, layout.boxes[1].rect.x);
}

TEST(Layout, RightToLeftListsPutMarkersAtTheRight) {
  Document document = parse_markdown("- אבג\n");
  document.root.direction = "rtl";
  const Layout layout = lay_out(std::move(document));
  const Box& item = box_of(layout, BlockKind::ListItem);
  EXPECT_EQ(words_of(layout, layout.lines[0]).back(), "•");
  EXPECT_GT(layout.fragments.back().x, item.rect.right());
}

// ---- Blocks ----------------------------------------------------------------------------------------------------------

TEST(Layout, FirstBlockOfAContainerHasNoSpaceBefore) {
  const Layout layout = lay_out("> a\n>\n> b\n");
  const Box& quote = box_of(layout, BlockKind::Quote);
  EXPECT_EQ(quote.rect.y, 0);
  EXPECT_EQ(layout.lines[0].rect.y, 0);
  EXPECT_GT(layout.lines[1].rect.y, layout.lines[0].rect.bottom());
}

TEST(Layout, NumberedItemsCountFromStart) {
  const Layout layout = lay_out("7. a\n8. b\n");
  EXPECT_EQ(words_of(layout, layout.lines[0]).front(), "7.");
  EXPECT_EQ(words_of(layout, layout.lines[1]).front(), "8.");
}

TEST(Layout, MarkersOfNestedFirstItemsShareTheLine) {
  const Layout layout = lay_out("- - a\n");
  EXPECT_THAT(words_of(layout, layout.lines[0]), ElementsAre("•", "•", "a"));
}

TEST(Layout, EmptyListItemsKeepTheirMarkerAndHeight) {
  const Layout layout = lay_out("- \n- b\n");
  ASSERT_THAT(layout.lines, SizeIs(2));
  EXPECT_THAT(words_of(layout, layout.lines[0]), ElementsAre("•"));
  EXPECT_GE(layout.lines[1].rect.y, layout.lines[0].rect.bottom());
}

TEST(Layout, CodeKeepsBlanksTabsAndEmptyLines) {
  const Layout layout = lay_out("```\na\tb\n\n  c\n```\n");
  EXPECT_THAT(lines_of(layout), ElementsAre("a b", "", "c"));
  const float cell = layout.fragments[0].width;
  EXPECT_NEAR(layout.fragments[1].x - layout.fragments[0].x, 4 * cell, 0.1);
  EXPECT_NEAR(layout.fragments[2].x - layout.fragments[0].x, 2 * cell, 0.1);
}

TEST(Layout, TableCellsAlign) {
  const Layout layout = lay_out("| wide header | wide header | wide header |\n|:--|:-:|--:|\n| l | c | r |\n");
  const auto cell_of = [&](std::size_t i) { return layout.boxes[layout.lines[3 + i].block_id].rect; };
  const auto text_of = [&](std::size_t i) { return layout.lines[3 + i].rect; };
  const float padding = text_of(0).x - cell_of(0).x;
  EXPECT_GT(padding, 0);
  EXPECT_NEAR(text_of(1).x + text_of(1).width / 2, cell_of(1).x + cell_of(1).width / 2, 0.6);
  EXPECT_NEAR(text_of(2).right(), cell_of(2).right() - padding, 0.1);
}

TEST(Layout, TableThatCannotShrinkScrollsWithinItsColumn) {
  constexpr std::string_view kTable = "| aaaaaaaaaaaaaaaa | bbbbbbbbbbbbbbbbbb |\n|--|--|\n| c | [d](/d) |\n";
  const Layout layout = lay_out(kTable, {.width_css = 200});
  const Box& table = box_of(layout, BlockKind::Table);
  EXPECT_EQ(table.rect.width, box_of(layout, BlockKind::Section).rect.width);
  ASSERT_THAT(layout.table_columns, SizeIs(1));
  EXPECT_THAT(layout.table_columns[0].second, SizeIs(2));
  ASSERT_THAT(layout.scrolled_tables, SizeIs(1));
  EXPECT_EQ(layout.scrolled_tables[0].begin, table.block_id);
  EXPECT_EQ(layout.scrolled_tables[0].end, layout.boxes.size());
  // The page layer shows all of it; a scroll bar that takes room makes it higher.
  const DisplayList list = build_display_list(layout);
  EXPECT_THAT(list.items, IsEmpty());
  ASSERT_THAT(list.hit_targets, SizeIs(1));
  EXPECT_THAT(list.hit_targets[0].rects, IsEmpty());
  EXPECT_THAT(layout.hit_targets[0].rects, SizeIs(1));
  const Viewport with_bar{.width_css = 200, .device_pixel_ratio = 2, .scroll_bar_css = 7.5F};
  EXPECT_EQ(lay_out(kTable, with_bar).height, lay_out(kTable, {.width_css = 200, .device_pixel_ratio = 2}).height + 15);
}

TEST(Layout, ImagesAreScaledDownToTheColumn) {
  Span image{.kind = InlineKind::Image, .begin = 0, .end = 3, .url = "a.png", .width = 2000, .height = 1000};
  const Layout layout = lay_out(document_of({paragraph("\uFFFC", {image})}), {.width_css = 440, .device_pixel_ratio = 2});
  ASSERT_THAT(layout.images, SizeIs(1));
  EXPECT_EQ(layout.images[0].rect, (Rect{40, 0, 800, 400}));
  EXPECT_EQ(layout.height, 400);
}

TEST(Layout, RoundedHeightsOfManyImagesDoNotAddUp) {
  Span image{.kind = InlineKind::Image, .begin = 0, .end = 3, .url = "a.png", .width = 1000, .height = 404};
  Document document;
  document.root.kind = BlockKind::Section;
  for (int i = 0; i < 30; ++i) document.root.children.push_back(paragraph("\uFFFC", {image}));
  const Layout layout = lay_out(document, {.width_css = 373});
  ASSERT_THAT(layout.images, SizeIs(30));
  const float exact = layout.images[0].rect.width * 0.404F;
  float sum = 0;
  for (std::size_t i = 0; i < layout.images.size(); ++i) {
    sum += layout.images[i].rect.height;
    EXPECT_NEAR(sum, exact * static_cast<float>(i + 1), 0.51);
  }
  EXPECT_GT(std::abs(std::round(exact) * 30 - exact * 30), 2);  // what would have added up
}

TEST(Layout, SmallImagesAndWordsStandOnTheBottomOfTheirLine) {
  Span image{.kind = InlineKind::Image, .begin = 2, .end = 5, .url = "a.png", .width = 16, .height = 16};
  const Layout layout = lay_out(document_of({paragraph("a \uFFFC b", {image})}));
  ASSERT_THAT(layout.lines, SizeIs(1));
  EXPECT_EQ(layout.images[0].rect.bottom(), layout.lines[0].rect.bottom());
  EXPECT_GT(layout.fragments[1].x, layout.images[0].rect.right());
  image.height = 40;
  const Layout higher = lay_out(document_of({paragraph("a \uFFFC b", {image})}));
  EXPECT_EQ(higher.lines[0].rect.height, 40);
  EXPECT_EQ(higher.lines[0].rect.bottom() - higher.lines[0].baseline, layout.lines[0].rect.bottom() - layout.lines[0].baseline);
}

TEST(Layout, ImagesOfUnknownSizeGetAPlaceholder) {
  const Layout layout = lay_out("![a](a.png)\n", {.width_css = 360});
  EXPECT_EQ(layout.images[0].rect, (Rect{20, 0, 320, 180}));
}

TEST(Layout, ButtonsHaveRoomAroundTheirLabel) {
  const Span button{.kind = InlineKind::Button, .begin = 0, .end = 8, .url = "like", .pressed = true};
  Block actions = paragraph("Like it! other", {button});
  actions.variant = Variant::Actions;
  const Layout layout = lay_out(document_of({actions}));
  ASSERT_THAT(layout.hit_targets, SizeIs(1));
  ASSERT_THAT(layout.hit_targets[0].rects, SizeIs(1));
  const Rect rect = layout.hit_targets[0].rects[0];
  EXPECT_EQ(layout.hit_targets[0].kind, HitTarget::Kind::Button);
  EXPECT_EQ(layout.hit_targets[0].name, "Like it!");
  EXPECT_LT(rect.x, layout.fragments[0].x);
  EXPECT_GT(rect.right(), layout.fragments[1].x + layout.fragments[1].width);
  EXPECT_LE(rect.right(), layout.fragments[2].x);
  EXPECT_EQ(layout.fragments[0].color, ColorRole::AccentInk);
}

TEST(Layout, ButtonLabelsAndMenuLinksDoNotBreak) {
  Block menu = paragraph("First entry Second entry", {{.kind = InlineKind::Link, .begin = 0, .end = 11, .url = "a"},
                                                      {.kind = InlineKind::Link, .begin = 12, .end = 24, .url = "b"}});
  menu.variant = Variant::Menu;
  EXPECT_THAT(lines_of(lay_out(document_of({menu}), {.width_css = 200})), ElementsAre("First entry", "Second entry"));
}

TEST(Layout, LinksHaveOneRectangleALine) {
  const Layout layout = lay_out("aaa [bbb *ccc* ddd eee fff ggg](x.html)\n", {.width_css = 200});
  ASSERT_THAT(layout.hit_targets, SizeIs(1));
  EXPECT_THAT(layout.hit_targets[0].rects, SizeIs(layout.lines.size()));
}

TEST(Layout, LinksWithRefusedAddressesAreText) {
  Span link{.kind = InlineKind::Link, .begin = 0, .end = 1, .url = "javascript:alert(1)"};
  EXPECT_THAT(lay_out(document_of({paragraph("a", {link})})).hit_targets, IsEmpty());
}

TEST(Layout, AdjacentCodeSpansHaveSeparateBackgrounds) {
  const auto backgrounds = [](std::string_view markdown) {
    const DisplayList list = build_display_list(lay_out(markdown));
    return std::ranges::count(list.items, DisplayItem::Kind::Fill, &DisplayItem::kind);
  };
  EXPECT_EQ(backgrounds("`a` `b`\n"), 2);
  EXPECT_EQ(backgrounds("`a b`\n"), 1);
}

// ---- The page --------------------------------------------------------------------------------------------------------

Document blog_page(std::string direction = "") {
  Document document =
      document_of({section(Role::Banner, {paragraph("Site")}), section(Role::Main, {paragraph("Article")}),
                   section(Role::Complementary, {paragraph("Links")}), section(Role::ContentInfo, {paragraph("Footer")})});
  document.root.direction = std::move(direction);
  return document;
}

TEST(Layout, SidebarStandsBesideTheArticleOnDesktops) {
  const Layout layout = lay_out(blog_page(), {.width_css = 1400});
  const Rect banner = layout.boxes[1].rect, main = layout.boxes[3].rect, aside = layout.boxes[5].rect,
             footer = layout.boxes[7].rect;
  EXPECT_EQ(main.y, aside.y);
  EXPECT_GT(aside.x, main.right());
  EXPECT_EQ(banner.x, main.x);
  EXPECT_EQ(banner.right(), aside.right());
  EXPECT_GE(footer.y, std::max(main.bottom(), aside.bottom()));
}

TEST(Layout, SidebarIsMirroredOnRightToLeftPages) {
  const Layout layout = lay_out(blog_page("rtl"), {.width_css = 1400});
  EXPECT_LT(layout.boxes[5].rect.right(), layout.boxes[3].rect.x);
  EXPECT_EQ(layout.boxes[3].rect.right(), layout.boxes[1].rect.right());
}

TEST(Layout, SidebarFollowsTheArticleOnTablets) {
  const Layout layout = lay_out(blog_page(), {.width_css = 800});
  EXPECT_GT(layout.boxes[5].rect.y, layout.boxes[3].rect.bottom());
  EXPECT_EQ(layout.boxes[5].rect.x, layout.boxes[3].rect.x);
}

TEST(Layout, EmptyDocumentAndEmptyBlocksHaveNoLines) {
  EXPECT_THAT(lay_out("").lines, IsEmpty());
  EXPECT_THAT(lay_out(document_of({paragraph(""), paragraph("   ")})).lines, IsEmpty());
}

// ---- Properties ------------------------------------------------------------------------------------------------------

constexpr std::string_view kMixed = R"(# A *heading* with `code`

Plain words, **strong _nested_ words**, [a link over some words](x.html "t"), ~~gone~~ and `some code` here.
Soft break, hard\
break, and an URL https://example.org/a/very/long/path/that/does/not/fit/on/small/screens?query=1&more=2 end.

שלום עולם, this is **mixed** text 123 עם עוד מילים (בסוגריים) and more.

هذا نص عربي طويل بما يكفي ليحتاج إلى أكثر من سطر واحد مع word و 42.

日本語の文章は、空白なしで書かれます。「かっこ」も禁則処理されます。👩‍👩‍👧‍👦 emoji 🇩🇪 ❤️.

> quote
>
> > deeper
> >
> > > deepest with several words in it

| Left | Center | Right |
| :--- | :----: | ----: |
| some words in a cell | `code` | 1 |
| [link](y.html) | | 22 |

```c
int main(void) {	return	0; }

    indented line that is rather long for a small window
```

---

Supercalifragilisticexpialidociousandthensomemoreletters
)";

// Text of all blocks, per code point, without spaces.
void count_text(const Block& block, std::map<char32_t, int>& counts) {
  for (std::size_t i = 0; i < block.inlines.text.size();) {
    const DecodedCodePoint c = decode_utf8(block.inlines.text, i);
    const bool is_space = c.value == ' ' || c.value == '\n' || c.value == '\t';
    if (!is_space && c.value != 0xFFFC) ++counts[c.value];
    i += c.length;
  }
  for (const Block& child : block.children) count_text(child, counts);
}

const Block* find_block(const Block& block, std::uint32_t id) {
  if (block.id == id) return &block;
  for (const Block& child : block.children) {
    if (const Block* found = find_block(child, id)) return found;
  }
  return nullptr;
}

class LayoutProperties : public testing::TestWithParam<std::tuple<float, float>> {
 protected:
  LayoutProperties() : document_(parse_markdown(kMixed)) {
    number_blocks(document_);
    const auto [width, ratio] = GetParam();
    layout_ = layout_page(document_, {.width_css = width, .device_pixel_ratio = ratio}, measurer_);
  }

  Document document_;
  FixedTextMeasurer measurer_;
  Layout layout_;
};

TEST_P(LayoutProperties, EveryCharacterStandsInExactlyOneFragment) {
  std::map<char32_t, int> expected;
  count_text(document_.root, expected);
  std::map<char32_t, int> actual;
  for (const TextFragment& fragment : layout_.fragments) {
    const std::string text = fragment_text(layout_, fragment);
    for (std::size_t i = 0; i < text.size();) {
      const DecodedCodePoint c = decode_utf8(text, i);
      ++actual[c.value];
      i += c.length;
    }
  }
  EXPECT_EQ(actual, expected);
}

TEST_P(LayoutProperties, SoftBreaksAscendOnCharacterBoundaries) {
  std::uint32_t last_id = 0;
  for (const BlockBreaks& block : layout_.breaks) {
    EXPECT_GT(block.block_id, last_id);
    last_id = block.block_id;
    const std::string& text = find_block(document_.root, block.block_id)->inlines.text;
    std::uint32_t last = 0;
    for (const SoftBreak& soft : block.breaks) {
      ASSERT_LT(soft.offset, text.size());
      EXPECT_GT(soft.offset, last);
      last = soft.offset;
      EXPECT_NE(static_cast<unsigned char>(text[soft.offset]) & 0xC0, 0x80);
      const bool is_space = text[soft.offset] == ' ' || text[soft.offset] == '\n' || text[soft.offset] == '\t';
      EXPECT_EQ(is_space, soft.kind == BreakKind::Space);
    }
  }
}

TEST_P(LayoutProperties, FragmentsDoNotOverlapAndStayInTheirBox) {
  for (const LineBox& line : layout_.lines) {
    const Rect& box = layout_.boxes[line.block_id].rect;
    float pen = box.x - 0.1F;
    for (std::uint32_t i = 0; i < line.fragment_count; ++i) {
      const TextFragment& fragment = layout_.fragments[line.first_fragment + i];
      EXPECT_GE(fragment.x, pen - 0.05F);
      pen = fragment.x + fragment.width;
    }
    EXPECT_LE(pen, box.right() + 0.1F);
  }
}

TEST_P(LayoutProperties, TopsAndBaselinesAreWholePixels) {
  const auto is_whole = [](float value) { return value == std::floor(value); };
  for (const LineBox& line : layout_.lines) {
    EXPECT_TRUE(is_whole(line.rect.y) && is_whole(line.rect.height) && is_whole(line.baseline));
    EXPECT_GT(line.baseline, line.rect.y);
  }
  for (const Box& box : layout_.boxes) EXPECT_TRUE(is_whole(box.rect.y) && is_whole(box.rect.height));
  EXPECT_TRUE(is_whole(layout_.height));
}

TEST_P(LayoutProperties, ChildrenLieWithinTheirParentAndSiblingsBelowEachOther) {
  const auto check = [&](const auto& self, const Block& block) -> void {
    const Rect& rect = layout_.boxes[block.id].rect;
    float bottom = rect.y;
    for (const Block& child : block.children) {
      const Rect& own = layout_.boxes[child.id].rect;
      EXPECT_GE(own.y, block.kind == BlockKind::TableRow ? rect.y : bottom);
      bottom = own.bottom();
      EXPECT_LE(own.bottom(), rect.bottom());
      self(self, child);
    }
  };
  check(check, document_.root);
}

INSTANTIATE_TEST_SUITE_P(Windows, LayoutProperties,
                         testing::Combine(testing::Values(160, 200, 320, 375, 599, 600, 768, 1080, 1400, 2000),
                                          testing::Values(1, 1.25, 2)));

TEST(Layout, TextScaleKeepsBaselinesWhole) {
  for (const float scale : {0.5F, 0.85F, 1.1F, 1.75F, 3.0F}) {
    for (const LineBox& line : lay_out(kMixed, {.width_css = 700, .device_pixel_ratio = 1.5F, .text_scale = scale}).lines) {
      EXPECT_EQ(line.baseline, std::floor(line.baseline)) << scale;
    }
  }
}

TEST(Layout, HostileViewportsAreMadeSane) {
  const Layout layout = lay_out("word\n", {.width_css = -5, .device_pixel_ratio = NAN, .text_scale = 1000});
  EXPECT_EQ(layout.width, 160);
  EXPECT_GT(layout.height, 0);
}

TEST(Layout, DeepNestingStaysReadable) {
  std::string markdown;
  for (int i = 0; i < 40; ++i) markdown += "> ";
  const Layout layout = lay_out(markdown + "deep words\n", {.width_css = 160});
  for (const LineBox& line : layout.lines) EXPECT_LE(line.rect.right(), 160);
}

// ---- Time ------------------------------------------------------------------------------------------------------------

std::string repeated(std::string_view text, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += text;
  return out;
}

// For a paragraph that repeats `text`.
void expect_linear(std::string_view text, std::string_view first = "") {
  const auto work = [&](std::size_t bytes) {
    const Layout layout = lay_out(document_of({paragraph(std::string(first) + repeated(text, bytes))}), {.width_css = 400});
    EXPECT_FALSE(layout.lines.empty());
  };
  EXPECT_LT(growth(work, 1 << 16), kMostGrowth);
}

TEST(LayoutTime, TextWithoutSpaces) {
  expect_linear("a");
}

TEST(LayoutTime, CombiningMarks) {
  expect_linear("\u0301", "a");
}

TEST(LayoutTime, MixedDirections) {
  expect_linear("אב (ab) 12 ");
}

TEST(LayoutTime, Chinese) {
  expect_linear("汉字，");
}

TEST(LayoutTime, RightToLeftOnOneLine) {
  expect_linear("א\u200B");
}

}  // namespace
}  // namespace octavo
