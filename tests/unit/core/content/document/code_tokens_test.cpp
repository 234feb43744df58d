// Runs of program text: they fit or they are ignored as a whole.
#include "core/content/document/code_tokens.h"

#include <gtest/gtest.h>

#include "core/content/markdown/markdown.h"

namespace octavo {
namespace {

Document document_of_code(const std::string& code) {
  return parse_markdown("```cpp\n" + code + "\n```\n");
}

std::size_t token_count(const std::string& code, const std::string& runs) {
  Document document = document_of_code(code);
  add_code_tokens(document, {runs});
  return code_blocks(document).at(0)->inlines.spans.size();
}

TEST(CodeTokens, BecomeSpansOfTheirClass) {
  Document document = document_of_code("int a = 1; // x");
  add_code_tokens(document, {"k3p5m1p2c4"});
  EXPECT_EQ(dump_document(document),
            "section\n"
            "  code-block info=\"cpp\" \"int a = 1; // x\\n\"\n"
            "    - token 0..3 k\n"
            "    - token 8..9 m\n"
            "    - token 11..15 c\n");
}

TEST(CodeTokens, EndWhereTheTextEnds) {
  EXPECT_EQ(token_count("abc", "k4"), 1U);  // with the line's end
  EXPECT_EQ(token_count("abc", "k5"), 0U);
  EXPECT_EQ(token_count("abc", "k2s3"), 0U);
  EXPECT_EQ(token_count("abc", "k99999999999999999999999999"), 0U);
}

TEST(CodeTokens, MisspelledRunsAreIgnored) {
  for (const char* runs : {"", "x1", "k", "k0", "1k", "k1 s1", "k-1", "k1s", "K1", "\x80"}) {
    EXPECT_EQ(token_count("abc", runs), 0U) << runs;
  }
}

TEST(CodeTokens, CharactersAreNotCutInTwo) {
  EXPECT_EQ(token_count("\u00E9", "s2"), 1U);
  EXPECT_EQ(token_count("\u00E9", "s1"), 0U);
  EXPECT_EQ(token_count("\u00E9", "p1s1"), 0U);
}

TEST(CodeTokens, AreBoundedPerPost) {
  std::string code(kMaxCodeTokens + 2, 'x');
  std::string runs;
  for (std::size_t i = 0; i < kMaxCodeTokens + 1; ++i) runs += "k1";
  EXPECT_EQ(token_count(code, runs), 0U);
  runs.resize(runs.size() - 2);
  EXPECT_EQ(token_count(code, runs), kMaxCodeTokens);
}

TEST(CodeTokens, MoreBlocksOrMoreRunsThanTheOther) {
  Document document = parse_markdown("    one\n\ntext\n\n    two\n");
  add_code_tokens(document, {"k3"});
  EXPECT_EQ(code_blocks(document).at(0)->inlines.spans.size(), 1U);
  EXPECT_EQ(code_blocks(document).at(1)->inlines.spans.size(), 0U);
  Document empty = parse_markdown("text");
  add_code_tokens(empty, {"k3", "s1"});
  EXPECT_TRUE(code_blocks(empty).empty());
}

TEST(CodeTokens, BlocksWithSpansStayAsTheyAre) {
  Document document = document_of_code("abc");
  document.root.children.at(0).inlines.spans.push_back({.kind = InlineKind::Link, .begin = 1, .end = 2});
  add_code_tokens(document, {"k3"});
  EXPECT_EQ(document.root.children.at(0).inlines.spans.size(), 1U);
}

}  // namespace
}  // namespace octavo
