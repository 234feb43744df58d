// UTF-8: well-formed text passes unchanged, everything else is repaired by maximal subparts.
#include "core/base/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace octavo {
namespace {

TEST(Utf8, EveryScalarValueSurvivesARoundTrip) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, c);
    const DecodedCodePoint decoded = decode_utf8(text, 0);
    ASSERT_TRUE(decoded.valid) << std::hex << static_cast<std::uint32_t>(c);
    ASSERT_EQ(decoded.value, c);
    ASSERT_EQ(decoded.length, text.size());
  }
}

TEST(Utf8, WhatIsNoScalarValueIsWrittenAsReplacement) {
  for (const char32_t c : {char32_t{0xD800}, char32_t{0xDFFF}, char32_t{0x110000}, char32_t{0xFFFFFFFF}}) {
    std::string text;
    append_utf8(text, c);
    EXPECT_EQ(text, "\xEF\xBF\xBD");
  }
}

struct BadCase {
  std::string bytes;
  std::string repaired;
};

// U+FFFD, spelled short.
#define R "\xEF\xBF\xBD"

TEST(Utf8, InvalidPartsAreReplacedAsUnicodeSays) {
  const BadCase cases[] = {
      {"a\x80z", "a" R "z"},
      {"\xC0\xAF", R R},              // overlong
      {"\xE0\x80\xAF", R R R},        // overlong
      {"\xED\xA0\x80", R R R},        // surrogate
      {"\xF4\x91\x92\x93", R R R R},  // beyond U+10FFFF
      {"\xFF"
       "A",
       R "A"},
      {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF"
       "A",
       R R R R "A"},        // table 3-11
      {"\xF0\x9F\x98", R},  // cut short: one maximal part
      {"\xC2", R},
  };
  for (const BadCase& test : cases) {
    EXPECT_EQ(repair_utf8(test.bytes).text, test.repaired);
    EXPECT_FALSE(is_valid_utf8(test.bytes));
    EXPECT_TRUE(is_valid_utf8(test.repaired));
  }
}

#undef R

TEST(Utf8, RepairReportsOffsetsUpToItsLimit) {
  EXPECT_EQ(repair_utf8("ab\xFF"
                        "cd\xFE")
                .bad_offsets,
            (std::vector<std::uint32_t>{2, 5}));
  EXPECT_EQ(repair_utf8(std::string(1000, '\xFF')).bad_offsets.size(), Utf8Repair::kMaxReported);
}

TEST(Utf8, NulIsATextCharacter) {
  EXPECT_TRUE(is_valid_utf8(std::string_view("a\0b", 3)));
}

TEST(TextPosition, CountsLinesAndCodePoints) {
  const std::string text = "äb\nc\r\nd\re";
  EXPECT_EQ(text_position(text, 0).column, 1u);
  EXPECT_EQ(text_position(text, 2).column, 2u);  // after the two bytes of ä
  EXPECT_EQ(text_position(text, 1).column, 1u);  // inside ä
  EXPECT_EQ(text_position(text, text.find('c')).line, 2u);
  EXPECT_EQ(text_position(text, text.find('c')).column, 1u);
  EXPECT_EQ(text_position(text, text.find('d')).line, 3u);
  EXPECT_EQ(text_position(text, text.find('e')).line, 4u);
  EXPECT_EQ(text_position(text, 1000).line, 4u);
  EXPECT_EQ(text_position(text, 1000).column, 2u);
}

TEST(TextPosition, OfManyOffsetsIsThatOfEach) {
  std::string text = "a";
  for (int i = 0; i < 300; ++i) text += "äb\nc\r\nd\re\xFF\U0001F600";
  const TextPositions positions(text);
  for (std::size_t offset = 0; offset <= text.size() + 1; ++offset) {
    const TextPosition each = text_position(text, offset);
    ASSERT_EQ(positions.at(offset).line, each.line) << offset;
    ASSERT_EQ(positions.at(offset).column, each.column) << offset;
  }
  EXPECT_EQ(TextPositions("").at(5).column, 1u);
}

TEST(TextPosition, EmptyTextIsLineOneColumnOne) {
  EXPECT_EQ(text_position("", 5).line, 1u);
  EXPECT_EQ(text_position("", 5).column, 1u);
}

}  // namespace
}  // namespace octavo
