// Lines that a browser has set are kept, whatever the rules or the widths say.
#include "core/layout/text/browser_line_breaks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/content/markdown/markdown.h"
#include "core/layout/layout.h"

namespace octavo {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// The lines of all blocks as text, words separated by a blank.
std::vector<std::string> lines_of(const Layout& layout) {
  std::vector<std::string> lines;
  for (const LineBox& line : layout.lines) {
    std::string& text = lines.emplace_back();
    float end = 0;
    for (std::uint32_t i = 0; i < line.fragment_count; ++i) {
      const TextFragment& fragment = layout.fragments[line.first_fragment + i];
      if (i > 0 && fragment.x > end + 0.5F) text += ' ';
      text += layout.text.substr(fragment.text_begin, fragment.text_end - fragment.text_begin);
      end = fragment.x + fragment.width;
    }
  }
  return lines;
}

Layout lay_out(Document document, const BrowserLineBreaks& browser, float width = 600) {
  number_blocks(document);
  FixedTextMeasurer measurer;
  return layout_page(document, {.width_css = width}, measurer, {.browser_line_breaks = &browser});
}

std::vector<std::string> lines_of(std::string_view markdown, const BrowserLineBreaks& browser, float width = 600) {
  return lines_of(lay_out(parse_markdown(markdown), browser, width));
}

BrowserLineBreaks one_block(std::string_view text, std::vector<std::uint32_t> starts, std::uint32_t index = 0) {
  return {.blocks = {{.index = index, .hash = hash_characters(text), .starts = std::move(starts)}}, .tables = {}};
}

TEST(HashCharacters, LeavesWhiteSpaceOutAndCountsAsUtf16Does) {
  EXPECT_EQ(hash_characters("a b\n\tc "), hash_characters("abc"));
  EXPECT_EQ(hash_characters("ab"), 'a' * 31U + 'b');
  EXPECT_EQ(hash_characters("\U0001F600"), 0xD83DU * 31 + 0xDE00);
}

TEST(BrowserLineBreaks, BreakWhereTheBrowserDid) {
  EXPECT_THAT(lines_of("one two three four", one_block("one two three four", {6})), ElementsAre("one two", "three four"));
}

TEST(BrowserLineBreaks, BreakWithinWordsAndWhereNoRuleAllowsIt) {
  EXPECT_THAT(lines_of("either and/or both", one_block("either and/or both", {10})), ElementsAre("either and/", "or both"));
  EXPECT_THAT(lines_of("abc **def** ghi", one_block("abc def ghi", {2, 5})), ElementsAre("ab", "c de", "f ghi"));
}

TEST(BrowserLineBreaks, AreWiderThanTheColumnWhereTheBrowserFoundRoom) {
  const std::string text = "a line of some length that would be broken here";
  EXPECT_THAT(lines_of(text, one_block(text, {}), 160), SizeIs(1));
  EXPECT_GT(lines_of(text, {}, 160).size(), 1U);
}

TEST(BrowserLineBreaks, OfAnotherTextAreIgnored) {
  EXPECT_THAT(lines_of("one two three", one_block("one two four", {3})), ElementsAre("one two three"));
  EXPECT_THAT(lines_of("one two three", one_block("one two three", {3}, 1)), ElementsAre("one two three"));
  EXPECT_THAT(lines_of("one two three", one_block("one two three", {300})), ElementsAre("one two three"));
  EXPECT_THAT(lines_of("one two three", one_block("one two three", {6, 3})), ElementsAre("one two three"));
  EXPECT_THAT(lines_of("one two three", one_block("one two three", {0})), ElementsAre("one two three"));
}

TEST(BrowserLineBreaks, GoWithTheirBlockAlsoBehindEmptyOnes) {
  const std::string markdown = "| a | |\n|---|---|\n| | one two |\n\none two";
  BrowserLineBreaks browser;
  for (const std::uint32_t index : {3, 4}) browser.blocks.push_back({index, hash_characters("one two"), {3}});
  EXPECT_THAT(lines_of(markdown, browser), ElementsAre("a", "one", "two", "one", "two"));
}

TEST(BrowserLineBreaks, KeepTheForcedOnes) {
  const std::string markdown = "one two\\\nthree four";
  // The browser tells of all lines, those of the text too.
  EXPECT_THAT(lines_of(markdown, one_block("onetwothreefour", {3, 6, 11})), ElementsAre("one", "two", "three", "four"));
  EXPECT_THAT(lines_of(markdown, one_block("onetwothreefour", {6})), ElementsAre("one two", "three four"));
}

TEST(BrowserLineBreaks, OfCodeKeepIndentationAndEmptyLines) {
  const std::string code = "if (a) {\n\n    call(b, c);\n}\n";
  EXPECT_THAT(lines_of("```\n" + code + "```", one_block(code, {6, 13})), ElementsAre("if (a) {", "", "call(b,", "c);", "}"));
}

TEST(BrowserLineBreaks, OfCodeMayLeaveIndentationAlone) {
  const std::string code = "if (a) {\n        call(b, c);\n}\n";
  EXPECT_THAT(lines_of("```\n" + code + "```", one_block(code, {6, 6, 16})), ElementsAre("if (a) {", "", "call(b, c);", "}"));
  EXPECT_THAT(lines_of("```\n" + code + "```", one_block(code, {6, 16})), ElementsAre("if (a) {", "call(b, c);", "}"));
}

TEST(BrowserLineBreaks, ShowTheHyphenOfASoftHyphen) {
  const std::string text = "hy\u00ADphen\u00ADation";
  EXPECT_THAT(lines_of(text, one_block(text, {8})), ElementsAre("hyphen\u2010", "ation"));
  const std::vector<BlockBreaks> breaks = lay_out(parse_markdown(text), one_block(text, {8})).breaks;
  ASSERT_THAT(breaks, SizeIs(1));
  ASSERT_THAT(breaks[0].breaks, SizeIs(1));
  EXPECT_EQ(breaks[0].breaks[0].kind, BreakKind::Hyphen);
  EXPECT_EQ(breaks[0].breaks[0].offset, 10U);
}

TEST(BrowserLineBreaks, RunFromRightToLeft) {
  Document document = parse_markdown("אחת שתיים three ארבע");
  document.root.direction = "rtl";
  const Layout layout = lay_out(document, one_block("אחת שתיים three ארבע", {8}));
  EXPECT_THAT(lines_of(layout), ElementsAre("שתיים אחת", "ארבע three"));
  EXPECT_FLOAT_EQ(layout.lines[0].rect.right(), layout.lines[1].rect.right());
}

TEST(BrowserLineBreaks, CountAnImageAsOneCharacter) {
  const std::string text = "one ![](a.png) two";
  Document document = parse_markdown(text);
  for (Span& span : document.root.children[0].inlines.spans) span.width = span.height = 20;
  const Layout layout = lay_out(document, one_block("one\uFFFCtwo", {3}));
  ASSERT_THAT(layout.lines, SizeIs(2));
  ASSERT_THAT(layout.images, SizeIs(1));
  EXPECT_FLOAT_EQ(layout.images[0].rect.bottom(), layout.lines[1].rect.bottom());
}

TEST(BrowserHeights, AreKeptWhereTheyAreAboutWhatTheSpanSays) {
  Document document = parse_markdown("![](a.png)\n\ntext ![](b.png)\n\n![](c.png)");
  for (Block& block : document.root.children) {
    for (Span& span : block.inlines.spans) {
      span.width = 500;
      span.height = 133;
    }
  }
  BrowserLineBreaks browser;
  browser.images_css = {132.625F, 40, 132.625F};
  const Layout layout = lay_out(document, browser);
  ASSERT_THAT(layout.images, SizeIs(3));
  EXPECT_FLOAT_EQ(layout.images[0].rect.height, 133);
  EXPECT_FLOAT_EQ(layout.images[1].rect.height, 133);  // 40 is another image's
  EXPECT_FLOAT_EQ(layout.images[2].rect.height, 132);  // 133 was too much by more than a quarter
  EXPECT_FLOAT_EQ(lay_out(document, {}).images[2].rect.height, 133);
}

TEST(BrowserColumns, AreTheTables) {
  Document document = parse_markdown("| a | b |\n|---|---|\n| c | d |");
  const BrowserLineBreaks browser{.blocks = {}, .tables = {{.index = 0, .columns_css = {100.5F, 37.25F}}}};
  EXPECT_THAT(lay_out(document, browser).table_columns[0].second, ElementsAre(100.5F, 37.25F));
  const BrowserLineBreaks other{.blocks = {}, .tables = {{.index = 0, .columns_css = {100}}}};
  EXPECT_THAT(lay_out(document, other).table_columns[0].second, SizeIs(2));
}

}  // namespace
}  // namespace octavo
