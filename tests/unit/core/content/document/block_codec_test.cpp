// Blocks as rows: nothing of a document is lost on the way, and what is no row does no harm.
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

TEST(BlockRows, KeepEverythingThatMarkdownCanSay) {
  const Document document = parse_markdown(
      "# Title\n\nSome *text* with `code`, a [link](https://a.example \"t\"), ![image](b.png) and  \na break.\n\n> quoted\n>\n> "
      "1. one\n"
      "> 2. two\n>    - [x] done\n\n| a | b |\n|:-:|--:|\n| 1 | 2 |\n\n```c++\nint x;\n```\n\n---\n\nNote[^1].\n\n[^1]: The "
      "note.\n",
      Dialect::Gfm);
  EXPECT_EQ(html_of(through_json(document.root.children)), html_of(document.root.children));
}

TEST(BlockRows, KeepFieldsAndButtons) {
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

TEST(BlockRows, NestAsDeeplyAsTheDocumentDoes) {
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

TEST(BlockRows, TakeNothingFromNonsense) {
  for (const char* text : {"null", "{}", "[1, \"x\", null]", "[[]]", "[[9, 99, 99, 99, 99, 999, 9, 9, -1]]",
                           "[[0,1,0,0,0,0,0,0,1,\"\",\"\",\"\",\"\",\"\",\"abc\",[[4,2,9999],[99,5,1]]]]"}) {
    std::vector<Block> blocks = decode_blocks(Json::parse(text, "rows").value());
    for (const Block& block : blocks) {
      for (const Span& span : block.inlines.spans) EXPECT_LE(span.end, block.inlines.text.size());
    }
    html_of(std::move(blocks));
  }
}

}  // namespace
}  // namespace octavo
