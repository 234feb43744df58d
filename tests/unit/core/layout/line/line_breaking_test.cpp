// Greedy line breaking on bare widths.
#include "core/layout/line/line_breaking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace octavo {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

LineItem word(float width) {
  return {.width = width, .space = 1, .after = ItemBreak::Space};
}

TEST(LineBreaking, NoItemsGiveNoLines) {
  EXPECT_THAT(break_lines_greedily({}, 10), IsEmpty());
}

TEST(LineBreaking, FillsEachLineAndLetsTheLastSpaceHang) {
  const std::vector<LineItem> items{word(4), word(5), word(3), word(6), word(10)};
  EXPECT_THAT(break_lines_greedily(items, 10), ElementsAre(2, 4, 5));
}

TEST(LineBreaking, GluedItemsStayTogether) {
  const std::vector<LineItem> items{word(4), {.width = 3}, {.width = 3, .after = ItemBreak::Space}, word(1)};
  EXPECT_THAT(break_lines_greedily(items, 8), ElementsAre(1, 4));
}

TEST(LineBreaking, WhatIsTooWideOverflowsAlone) {
  const std::vector<LineItem> items{word(2), word(30), word(2)};
  EXPECT_THAT(break_lines_greedily(items, 10), ElementsAre(1, 2, 3));
}

TEST(LineBreaking, ForcedBreaksEndLines) {
  const std::vector<LineItem> items{{.width = 1, .after = ItemBreak::Forced}, {.after = ItemBreak::Forced}, word(1)};
  EXPECT_THAT(break_lines_greedily(items, 10), ElementsAre(1, 2, 3));
}

TEST(LineBreaking, HyphenMustFit) {
  const LineItem half{.width = 5, .hyphen = 2, .after = ItemBreak::Hyphen};
  EXPECT_THAT(break_lines_greedily(std::vector<LineItem>{word(4), half, word(5)}, 12), ElementsAre(2, 3));
  EXPECT_THAT(break_lines_greedily(std::vector<LineItem>{word(4), half, word(5)}, 11), ElementsAre(1, 3));
}

TEST(LineBreaking, IntrinsicWidthsAreWidestPieceAndWidestLine) {
  const std::vector<LineItem> items{word(4), word(5), {.width = 7, .after = ItemBreak::Forced}, word(9)};
  EXPECT_EQ(intrinsic_widths(items).min, 9);
  EXPECT_EQ(intrinsic_widths(items).max, 18);
}

TEST(LineBreaking, ManyItemsWithoutAnyBreakTakeLinearTime) {
  const std::vector<LineItem> items(2'000'000, LineItem{.width = 1});
  EXPECT_EQ(break_lines_greedily(items, 10).size(), 1U);
}

}  // namespace
}  // namespace octavo
