// Optimum breaking: evener than greedy, never wider, no lone last word, balanced headings, linear on hostile text.
#include "core/layout/line/optimum_breaking.h"

#include <gtest/gtest.h>

#include <random>

#include "support/growth.h"

namespace octavo {
namespace {

std::vector<LineItem> words(std::initializer_list<float> widths) {
  std::vector<LineItem> items;
  for (const float width : widths) items.push_back({.width = width, .space = 1, .after = ItemBreak::Space});
  items.back().after = ItemBreak::None;
  return items;
}

std::vector<float> line_widths(const std::vector<LineItem>& items, const std::vector<std::uint32_t>& ends) {
  std::vector<float> widths;
  std::uint32_t begin = 0;
  for (const std::uint32_t end : ends) {
    float width = 0;
    for (std::uint32_t i = begin; i < end; ++i) width += items[i].width + (i + 1 < end ? items[i].space : 0);
    if (items[end - 1].after == ItemBreak::Hyphen) width += items[end - 1].hyphen;
    widths.push_back(width);
    begin = end;
  }
  return widths;
}

std::vector<LineItem> random_words(std::mt19937& random, int count) {
  std::vector<LineItem> items;
  for (int i = 0; i < count; ++i) {
    items.push_back({.width = 1 + static_cast<float>(random() % 9), .space = 1, .after = ItemBreak::Space});
    if (random() % 12 == 0) {
      items.back().after = ItemBreak::Hyphen;
      items.back().space = 0;
      items.back().hyphen = 1;
    }
  }
  items.back().after = ItemBreak::None;
  return items;
}

TEST(OptimumBreaking, PrefersEvenLines) {
  // Greedy fills the first line and leaves a hole in the second; with the short word below both are alike.
  const auto items = words({8, 8, 2, 14, 10, 5});
  const auto greedy = line_widths(items, break_lines_greedily(items, 20));
  const auto best = line_widths(items, break_lines_optimally(items, 20, Raggedness::Paragraph));
  EXPECT_EQ(greedy, (std::vector<float>{20, 14, 16}));
  EXPECT_EQ(best, (std::vector<float>{17, 17, 16}));
}

TEST(OptimumBreaking, NeverWiderThanTheLineAndHardlyMoreLinesThanGreedy) {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    const auto items = random_words(random, 5 + static_cast<int>(random() % 120));
    const float width = 12 + static_cast<float>(random() % 60);
    const auto ends = break_lines_optimally(items, width, Raggedness::Paragraph);
    ASSERT_EQ(ends.back(), items.size());
    for (const float line : line_widths(items, ends)) ASSERT_LE(line, width + kLineTolerance);
    ASSERT_LE(ends.size(), break_lines_greedily(items, width).size() + 1);
  }
}

TEST(OptimumBreaking, AvoidsALoneShortLastWord) {
  const auto items = words({5, 5, 5, 5, 5, 5, 5, 5, 1});
  const auto greedy = break_lines_greedily(items, 23);
  ASSERT_EQ(greedy.back() - greedy[greedy.size() - 2], 1U);
  const auto best = break_lines_optimally(items, 23, Raggedness::Paragraph);
  EXPECT_GT(best.back() - best[best.size() - 2], 1U);
}

TEST(OptimumBreaking, AWidowStandsOnlyWhereThereIsNoOtherWay) {
  EXPECT_EQ(break_lines_optimally(words({20, 1}), 20, Raggedness::Paragraph), (std::vector<std::uint32_t>{1, 2}));
  // The line before gets very short, and the next but one has room for it.
  EXPECT_EQ(break_lines_optimally(words({4, 15, 1}), 20, Raggedness::Paragraph), (std::vector<std::uint32_t>{1, 3}));
  // A long word may be alone.
  EXPECT_EQ(break_lines_optimally(words({10, 9, 8}), 20, Raggedness::Paragraph), (std::vector<std::uint32_t>{2, 3}));
}

TEST(OptimumBreaking, TheLastLineIsNotTheRestOfAWord) {
  auto items = words({10, 5, 8});
  items[1].after = ItemBreak::Hyphen;
  items[1].space = 0;
  items[1].hyphen = 1;
  EXPECT_EQ(break_lines_optimally(items, 20, Raggedness::Paragraph), (std::vector<std::uint32_t>{1, 3}));
  items[0].after = ItemBreak::None;
  EXPECT_EQ(break_lines_optimally(items, 20, Raggedness::Paragraph), (std::vector<std::uint32_t>{2, 3}));
}

TEST(OptimumBreaking, ForcedBreaksStand) {
  auto items = words({2, 2, 2, 2});
  items[1].after = ItemBreak::Forced;
  EXPECT_EQ(break_lines_optimally(items, 100, Raggedness::Paragraph), (std::vector<std::uint32_t>{2, 4}));
}

TEST(OptimumBreaking, TooWideAPieceStandsAlone) {
  const auto items = words({3, 50, 3});
  EXPECT_EQ(break_lines_optimally(items, 10, Raggedness::Paragraph), (std::vector<std::uint32_t>{1, 2, 3}));
}

TEST(OptimumBreaking, NothingGivesNoLines) {
  EXPECT_TRUE(break_lines_optimally({}, 10, Raggedness::Paragraph).empty());
}

TEST(OptimumBreaking, BalancesHeadingsWithoutAnotherLine) {
  const auto items = words({8, 8, 8, 8, 3});
  const auto greedy = break_lines_greedily(items, 36);
  const auto balanced = break_lines_optimally(items, 36, Raggedness::Balanced);
  ASSERT_EQ(greedy.size(), balanced.size());
  const auto widths = line_widths(items, balanced);
  EXPECT_LE(widths[0] - widths[1], 8);
}

TEST(OptimumBreaking, AHyphenCostsMoreThanASlightlyShorterLine) {
  // "9-" + "1 9 1" would fill the lines no better than whole words do.
  std::vector<LineItem> items;
  for (int i = 0; i < 3; ++i) {
    items.push_back({.width = 9, .hyphen = 1, .after = ItemBreak::Hyphen});
    items.push_back({.width = 1, .space = 1, .after = ItemBreak::Space});
  }
  EXPECT_EQ(break_lines_optimally(items, 12, Raggedness::Paragraph), (std::vector<std::uint32_t>{2, 4, 6}));
}

TEST(OptimumBreaking, ZeroWidthItemsDoNotMakeItQuadratic) {
  // The window bounds the work to 512 steps for each.
  const auto work = [](std::size_t count) {
    const std::vector<LineItem> items(count, LineItem{.width = 0, .after = ItemBreak::Between});
    EXPECT_FALSE(break_lines_optimally(items, 10, Raggedness::Paragraph).empty());
  };
  EXPECT_LT(growth(work, 10'000), kMostGrowth);
}

}  // namespace
}  // namespace octavo
