// Names that try to look like something else.
#include "core/base/plain_name.h"

#include <gtest/gtest.h>

namespace octavo {
namespace {

TEST(PlainName, OrdinaryNamesStay) {
  EXPECT_EQ(plain_name("Ann O’Hara", 64), "Ann O’Hara");
  EXPECT_EQ(plain_name("佐藤 花子", 64), "佐藤 花子");
  EXPECT_EQ(plain_name("Nguyễn Thị", 64), "Nguyễn Thị");
  EXPECT_EQ(plain_name("مُحَمَّد", 64), "مُحَمَّد");
}

TEST(PlainName, JoinersStayWhereTheyMeanSomething) {
  EXPECT_EQ(plain_name("👩\u200D🚀", 64), "👩\u200D🚀");
  EXPECT_EQ(plain_name("می\u200Cخواهم", 64), "می\u200Cخواهم");
  EXPECT_EQ(plain_name("adm\u200Din", 64), "admin");
  EXPECT_EQ(plain_name("\u200Cadmin\u200C", 64), "admin");
}

TEST(PlainName, BidiControlsAndInvisiblesGo) {
  EXPECT_EQ(plain_name("\u202EnnA\u202C", 64), "nnA");
  EXPECT_EQ(plain_name("\u2066a\u2069\u200F\u061C\u200B\uFEFF\u00AD\u3164", 64), "a");
  EXPECT_EQ(plain_name(std::string_view("a\0b\x07\x1b[31m", 9), 64), "ab[31m");
  EXPECT_EQ(plain_name("\u200B\u2060", 64), "");
}

TEST(PlainName, WhiteSpaceIsOneBlankBetweenWords) {
  EXPECT_EQ(plain_name("  a \t\n\u3000\u00A0 b\u2028", 64), "a b");
}

TEST(PlainName, WhatGoesBeforeALetterCountsToo) {
  EXPECT_EQ(plain_name("ab cd", 3), "ab");
  EXPECT_EQ(plain_name("ab cd", 4), "ab c");
  EXPECT_EQ(plain_name("\u0645\u06CC\u200C\u062E", 3), "\u0645\u06CC");
  EXPECT_EQ(plain_name("\u0645\u06CC\u200C\u062E", 4), "\u0645\u06CC\u200C\u062E");
  EXPECT_EQ(plain_name("ab", 0), "");
}

TEST(PlainName, MarksArePiledToALimit) {
  for (const std::size_t marks : {1U, 8U, 9U, 1000U}) {
    std::string zalgo = "a";
    for (std::size_t i = 0; i < marks; ++i) zalgo += "\u0301";
    EXPECT_EQ(longest_mark_run(plain_name(zalgo, 5000)), std::min(marks, kMaxMarksInName)) << marks;
    EXPECT_EQ(longest_mark_run(zalgo), marks);
  }
  EXPECT_EQ(plain_name("\u0301\u0302a", 64), "a");
}

TEST(PlainName, LengthIsCountedInCodePoints) {
  EXPECT_EQ(plain_name("äöü", 2), "äö");
  EXPECT_EQ(count_code_points("äöü👩"), 4U);
}

TEST(PlainName, BrokenUtf8IsReplaced) {
  EXPECT_EQ(plain_name("a\xFFz", 64), "a\uFFFDz");
}

}  // namespace
}  // namespace octavo
