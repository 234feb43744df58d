// Levels of bidirectional text: Unicode's own test data, and inputs on which resolvers are known to take quadratic time.
#include "core/layout/text/bidi_levels.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "core/base/utf8.h"
#include "core/layout/text/text_analysis.h"
#include "support/test_paths.h"

namespace octavo {
namespace {

// A line of BidiCharacterTest.txt: code points; paragraph direction; paragraph level; levels; order.
struct UnicodeCase {
  std::string text;
  std::vector<std::size_t> offsets;  // where each code point begins
  std::string requested;             // 0, 1, or 2 for the first strong character's
  Direction direction = Direction::LeftToRight;
  std::vector<int> levels;  // -1 for characters that have none
};

UnicodeCase read_case(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream parts(line);
  for (std::string field; std::getline(parts, field, ';');) fields.push_back(field);
  UnicodeCase result;
  std::istringstream code_points(fields.at(0));
  for (std::string hex; code_points >> hex;) {
    result.offsets.push_back(result.text.size());
    append_utf8(result.text, static_cast<char32_t>(std::stoul(hex, nullptr, 16)));
  }
  result.requested = fields.at(1);
  result.direction = fields.at(2) == "1" ? Direction::RightToLeft : Direction::LeftToRight;
  std::istringstream levels(fields.at(3));
  for (std::string level; levels >> level;) result.levels.push_back(level == "x" ? -1 : std::stoi(level));
  return result;
}

void expect_levels(const UnicodeCase& wanted, const std::string& line) {
  if (wanted.requested == "2") {
    EXPECT_EQ(first_strong_direction(wanted.text).value_or(Direction::LeftToRight), wanted.direction) << line;
  }
  std::vector<std::uint8_t> levels;
  if (!find_bidi_levels(wanted.text, wanted.direction, levels)) levels.assign(wanted.text.size(), 0);
  for (std::size_t i = 0; i < wanted.offsets.size(); ++i) {
    if (wanted.levels.at(i) < 0) continue;
    ASSERT_EQ(levels.at(wanted.offsets[i]), wanted.levels[i]) << line << "\nat character " << i;
  }
}

TEST(BidiLevels, AllLinesOfUnicodesTestGiveTheirLevels) {
  std::ifstream file(sources_folder() + "/fribidi/test/unicode-conformance/BidiCharacterTest.txt");
  std::size_t count = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    ++count;
    expect_levels(read_case(line), line);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(count, 90'000u);
}

std::string repeated(std::string_view unit, std::size_t count) {
  std::string text;
  text.reserve(unit.size() * count);
  for (std::size_t i = 0; i < count; ++i) text += unit;
  return text;
}

struct LongCase {
  const char* name;
  const char* unit;
  std::uint8_t first_level;  // of the unit's first character, the same in every unit
};

class LongBidiText : public testing::TestWithParam<LongCase> {};

// A resolver that looks back from every pair or isolate would take hours for half a million of them.
TEST_P(LongBidiText, IsResolvedFromItsBeginningToItsEnd) {
  constexpr std::size_t kUnits = 500'000;
  const std::string unit = GetParam().unit;
  const std::string head = "\u05D0";
  const std::string text = head + repeated(unit, kUnits) + head;
  std::vector<std::uint8_t> levels;
  ASSERT_TRUE(find_bidi_levels(text, Direction::LeftToRight, levels));
  ASSERT_EQ(levels.size(), text.size());
  for (std::size_t i = 0; i < kUnits; ++i) ASSERT_EQ(levels[head.size() + i * unit.size()], GetParam().first_level) << i;
}

INSTANTIATE_TEST_SUITE_P(Text, LongBidiText,
                         testing::Values(LongCase{"Brackets", "[]", 1}, LongCase{"OpenBrackets", "([", 1},
                                         LongCase{"ClosingBrackets", "]", 1}, LongCase{"RightToLeftIsolates", "\u2067a\u2069", 1},
                                         LongCase{"LeftToRightIsolates", "\u2066\u05D0\u2069", 1},
                                         LongCase{"FirstStrongIsolates", "\u20681\u2069", 1},
                                         LongCase{"BracketsAndIsolates", "[\u2067]\u2069", 1}, LongCase{"Terminators", "$1 ", 2},
                                         LongCase{"Overrides", "\u202E[a]\u202C", 1}),
                         [](const auto& test) { return test.param.name; });

TEST(BidiLevels, IsolatesThatNestHalfAMillionDeepKeepToTheDeepestLevel) {
  constexpr std::size_t kDepth = 500'000;
  const std::string text = repeated("\u2067", kDepth) + "a" + repeated("\u2069", kDepth) + "\u05D0";
  std::vector<std::uint8_t> levels;
  ASSERT_TRUE(find_bidi_levels(text, Direction::LeftToRight, levels));
  EXPECT_EQ(levels[3 * kDepth], 126);  // "a" is Latin inside the deepest level, which is right-to-left
  EXPECT_EQ(levels.back(), 1);
}

// Every first strong isolate has its own direction, whatever is in the ones before it and after it.
TEST(BidiLevels, FirstStrongIsolatesEndAtTheirOwnTerminator) {
  const std::string text = "\u2068.\u2069\u05D0\u2068\u05D0\u2069\u2068a\u2069";
  std::vector<std::uint8_t> levels;
  ASSERT_TRUE(find_bidi_levels(text, Direction::LeftToRight, levels));
  EXPECT_EQ(levels[3], 2);   // the full stop
  EXPECT_EQ(levels[12], 1);  // the Hebrew letter within
}

TEST(BidiLevels, EveryParagraphBeginsAnew) {
  using enum BidiClass;
  const std::vector<BidiCharacter> text = {{RLO}, {L}, {B}, {L}, {RLI}, {L}, {B}, {L}};
  EXPECT_EQ(resolve_bidi_levels(text, 0), (std::vector<std::uint8_t>{0, 1, 0, 0, 0, 2, 0, 0}));
}

}  // namespace
}  // namespace octavo
