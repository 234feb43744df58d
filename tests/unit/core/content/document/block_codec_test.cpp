// Blocks as rows: a round trip loses nothing of a document, and invalid rows do no harm.
#include "core/content/document/block_codec.h"

#include <gtest/gtest.h>

#include "core/content/html/semantic_tree.h"
#include "core/content/markdown/markdown.h"

namespace octavo {
namespace {

std::vector<Block> through_json(const std::vector<Block>& blocks) {
  JsonWriter json;
  encode_blocks(json, blocks);
  return decode_blocks(Json::parse(json.text(), "rows").value());
}

std::string html_of(std::vector<Block> blocks) {
  Document document;
  document.root.kind = BlockKind::Section;
  document.root.children = std::move(blocks);
  number_blocks(document);
  return dump_document(document) + write_html(build_semantic_tree(document));
}

TEST(BlockCodec, KeepEverythingThatMarkdownCanSay) {
  const Document document = parse_markdown(
      "# Title\n\nSome *text* with `code`, a [link](https://a.example \"t\"), ![image](b.png) and  \na break.\n\n> quoted\n>\n> "
      "1. one\n"
      "> 2. two\n>    - [x] done\n\n| a | b |\n|:-:|--:|\n| 1 | 2 |\n\n```c++\nint x;\n```\n\n---\n\nNote[^1].\n\n[^1]: The "
      "note.\n",
      Dialect::Gfm);
  EXPECT_EQ(html_of(through_json(document.root.children)), html_of(document.root.children));
}

TEST(BlockCodec, KeepFieldsAndButtons) {
  Block field;
  field.kind = BlockKind::Field;
  field.info = "text";
  field.start = 6;
  field.is_required = field.is_invalid = true;
  field.inlines.text = "Comment";
  Block actions;
  actions.variant = Variant::Actions;
  actions.inlines.text = "Send";
  Span button;
  button.kind = InlineKind::Button;
  button.end = 4;
  button.url = "send";
  button.is_toggle = button.pressed = button.is_disabled = true;
  actions.inlines.spans.push_back(button);
  const std::string html = html_of({field, actions});
  EXPECT_EQ(html_of(through_json({field, actions})), html);
  EXPECT_NE(html.find("<label for=\"octavo-text\">Comment</label><textarea id=\"octavo-text\""), std::string::npos) << html;
  EXPECT_NE(html.find("aria-invalid=\"true\" aria-describedby=\"octavo-problem\""), std::string::npos) << html;
}

TEST(BlockCodec, NestAsDeeplyAsTheDocumentDoes) {
  Block deepest;
  deepest.inlines.text = "bottom";
  for (int i = 0; i < 150; ++i) {
    Block quote;
    quote.kind = BlockKind::Quote;
    quote.children.push_back(std::move(deepest));
    deepest = std::move(quote);
  }
  const std::string html = html_of({deepest});
  EXPECT_EQ(html_of(through_json({deepest})), html);
}

TEST(BlockCodec, TakeNothingFromNonsense) {
  for (const char* text : {"null", "{}", "[1, \"x\", null]", "[[]]", "[[9, 99, 99, 99, 99, 999, 9, 9, -1]]",
                           "[[0,1,0,0,0,0,0,0,1,\"\",\"\",\"\",\"\",\"\",\"abc\",[[4,2,9999],[99,5,1]]]]"}) {
    std::vector<Block> blocks = decode_blocks(Json::parse(text, "rows").value());
    for (const Block& block : blocks) {
      for (const Span& span : block.inlines.spans) EXPECT_LE(span.end, block.inlines.text.size());
    }
    html_of(std::move(blocks));
  }
}

// A row of kind `kind` with this text and these spans.
std::string row(int depth, BlockKind kind, std::string_view text, std::string_view spans = "", int level = 0) {
  return "[" + std::to_string(depth) + "," + std::to_string(static_cast<int>(kind)) + ",0,0,0," + std::to_string(level) +
         ",0,0,1,\"\",\"\",\"\",\"\",\"\",\"" + std::string(text) + "\",[" + std::string(spans) + "]]";
}
std::string span(InlineKind kind, int begin, int end) {
  return "[" + std::to_string(static_cast<int>(kind)) + "," + std::to_string(begin) + "," + std::to_string(end) + "]";
}
std::vector<Block> decoded(const std::string& rows) {
  return decode_blocks(Json::parse("[" + rows + "]", "rows").value());
}
std::string spans_of(std::string_view text, const std::string& spans) {
  std::string out;
  const std::vector<Block> blocks = decoded(row(0, BlockKind::Paragraph, text, spans));
  for (const Span& each : blocks.at(0).inlines.spans) {
    out += "[" + std::to_string(each.begin) + "," + std::to_string(each.end) + ")";
  }
  return out;
}

TEST(BlockRows, LeaveOutSpansThatBreakTheRules) {
  constexpr auto kStrong = InlineKind::Strong;
  EXPECT_EQ(spans_of("abcdef", span(kStrong, 0, 4) + "," + span(kStrong, 1, 4) + "," + span(kStrong, 4, 6)), "[0,4)[1,4)[4,6)");
  EXPECT_EQ(spans_of("abcdef", span(kStrong, 0, 4) + "," + span(kStrong, 2, 6)), "[0,4)") << "they cross";
  EXPECT_EQ(spans_of("abcdef", span(kStrong, 2, 3) + "," + span(kStrong, 0, 1)), "[2,3)") << "not sorted";
  EXPECT_EQ(spans_of("a\u00E9b", span(kStrong, 0, 2) + "," + span(kStrong, 1, 3)), "[1,3)") << "half a character";
  EXPECT_EQ(spans_of("a\uFFFCb", span(InlineKind::Image, 0, 4) + "," + span(InlineKind::Image, 1, 4)), "[1,4)");
  EXPECT_EQ(spans_of("a\\nb", span(InlineKind::HardBreak, 0, 1) + "," + span(InlineKind::HardBreak, 1, 2)), "[1,2)");
  EXPECT_EQ(spans_of("ab", span(InlineKind::RawHtml, 0, 2)), "");
  std::string deep = span(kStrong, 0, 1);
  for (int i = 0; i < 200; ++i) deep += "," + span(kStrong, 0, 1);
  EXPECT_LE(decoded(row(0, BlockKind::Paragraph, "a", deep)).at(0).inlines.spans.size(), 50U);
}

TEST(BlockRows, LeaveOutBlocksThatTheirParentCannotHold) {
  const std::vector<Block> blocks =
      decoded(row(0, BlockKind::List, "") + "," + row(1, BlockKind::Paragraph, "no item") + "," + row(2, BlockKind::Quote, "") +
              "," + row(1, BlockKind::ListItem, "") + "," + row(2, BlockKind::Paragraph, "in it") + "," +
              row(0, BlockKind::TableCell, "no table") + "," + row(0, BlockKind::Paragraph, "after"));
  ASSERT_EQ(blocks.size(), 2U);
  ASSERT_EQ(blocks[0].children.size(), 1U);
  EXPECT_EQ(blocks[0].children[0].children.at(0).inlines.text, "in it");
  EXPECT_EQ(blocks[1].inlines.text, "after");
}

TEST(BlockRows, HeadingsHaveSixLevels) {
  for (const auto& [said, meant] : {std::pair(0, 1), {3, 3}, {7, 6}, {257, 6}, {256, 6}}) {
    EXPECT_EQ(decoded(row(0, BlockKind::Heading, "a", "", said)).at(0).level, meant) << said;
  }
}

}  // namespace
}  // namespace octavo
