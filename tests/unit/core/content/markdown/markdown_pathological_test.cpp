// Inputs that make parsers quadratic: what md4c cannot handle is changed beforehand, everything else is left alone. Times are
// measured by tests/bench/pathological_bench.cpp, not here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "core/base/utf8.h"
#include "core/content/markdown/markdown.h"
#include "core/content/markdown/markdown_parse_cost.h"
#include "support/pathological_markdown.h"

namespace octavo {
namespace {

std::size_t count_blocks(const Block& block) {
  std::size_t count = 1;
  for (const Block& child : block.children) count += count_blocks(child);
  return count;
}

std::uint32_t depth_of(const Block& block) {
  std::uint32_t deepest = 0;
  for (const Block& child : block.children) deepest = std::max(deepest, 1 + depth_of(child));
  return deepest;
}

void expect_sane_spans(const Block& block) {
  for (const Span& span : block.inlines.spans) {
    ASSERT_LE(span.begin, span.end);
    ASSERT_LE(span.end, block.inlines.text.size());
  }
  ASSERT_TRUE(is_valid_utf8(block.inlines.text));
  for (const Block& child : block.children) expect_sane_spans(child);
}

constexpr std::size_t kSmall = 30'000;          // sanitizers are slow
constexpr std::size_t kPaddingCells = 500'000;  // what short rows of tables are given at most, whatever the text's size
constexpr std::size_t kLarge = 200'000;         // enough to be recognized

class Pathological : public testing::TestWithParam<PathologicalClass> {};

TEST_P(Pathological, GivesADocumentWithinTheLimits) {
  const std::string markdown = GetParam().make(kSmall);
  const Document document = parse_markdown(markdown);
  EXPECT_LE(depth_of(document.root), kMaxBlockDepth);
  EXPECT_LE(count_blocks(document.root), 3 * markdown.size() + kPaddingCells);
  expect_sane_spans(document.root);
}

std::string test_name(const testing::TestParamInfo<PathologicalClass>& test) {
  std::string name;
  bool starts_word = true;
  for (const char c : test.param.name) {
    if (c == ' ' || c == '-') {
      starts_word = true;
    } else {
      name += starts_word && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      starts_word = false;
    }
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Class, Pathological, testing::ValuesIn(pathological_classes()), test_name);

// ---- The scanner ------------------------------------------------------------------------------------------------------------

// The estimate is an upper bound, so it also takes in "between quote marks" and "blank and text lines", which md4c could handle.
const std::set<std::string> kChanged = {"list markers then blank lines",
                                        "list markers then carriage returns",
                                        "list markers without text then blank lines",
                                        "mixed list markers then blank lines",
                                        "ordered markers then blank lines",
                                        "list markers in a quote then blank lines",
                                        "list markers between quote marks then blank lines",
                                        "tabbed list markers then blank lines",
                                        "list markers then blank and text lines",
                                        "table of 128 columns and short rows",
                                        "tables of 128 columns and short rows",
                                        "table of 128 columns behind a false delimiter row",
                                        "table in a list"};

TEST(MarkdownParseCost, ChangesOnlyTheClassesThatAreQuadratic) {
  for (const PathologicalClass& entry : pathological_classes()) {
    const std::size_t changes = limit_markdown_parse_cost(entry.make(kLarge)).changes;
    EXPECT_EQ(changes > 0, kChanged.contains(entry.name)) << entry.name << ": " << changes;
  }
}

TEST(MarkdownParseCost, LeavesHonestTextsAlone) {
  std::string text;
  for (int i = 0; i < 2000; ++i) {
    text += "- a\n\n  - b\n\n    - c\n\n      - d\n\n* * * * * * * * *\n\n| a | b | c |\n|---|---|---|\n| 1 |\n| 2 |\n\n";
    text += "    * * * * deep in code\n\n> - quoted\n> \n\n";
  }
  EXPECT_EQ(limit_markdown_parse_cost(text).changes, 0u);
}

TEST(MarkdownParseCost, KeepsTheFirstMarkersOfALine) {
  std::string markers;
  for (int i = 0; i < 20'000; ++i) markers += "* ";
  const Document document = parse_markdown(markers + "end\n" + std::string(20'000, '\n') + "\nafter");
  EXPECT_GT(depth_of(document.root), 40u);
  EXPECT_THAT(plain_text(document), testing::HasSubstr("end"));
  EXPECT_EQ(document.root.children.back().inlines.text, "after");
}

TEST(MarkdownParseCost, SaysSoInADiagnostic) {
  Diagnostics diagnostics;
  std::string markdown;
  for (int i = 0; i < 20'000; ++i) markdown += "* ";
  static_cast<void>(parse_markdown(markdown + "a" + std::string(20'000, '\n'), Dialect::Gfm, "a.md", diagnostics));
  ASSERT_EQ(diagnostics.items().size(), 1u);
  EXPECT_THAT(diagnostics.items()[0].message, testing::HasSubstr("nests too deeply"));
}

TEST(MarkdownParseCost, TableWhoseRowsWouldBeMostlyPaddingIsShownAsText) {
  std::string header, delimiter, rows;
  for (int i = 0; i < 100; ++i) {
    header += "h|";
    delimiter += "-|";
  }
  for (int i = 0; i < 10'000; ++i) rows += "x\n";
  const Document padded = parse_markdown(header + "\n" + delimiter + "\n" + rows);
  EXPECT_LT(count_blocks(padded.root), 1000u);
  const Document honest = parse_markdown(header + "\n" + delimiter + "\n" + rows.substr(0, 2000));
  EXPECT_GT(count_blocks(honest.root), 100'000u);
}

}  // namespace
}  // namespace octavo
