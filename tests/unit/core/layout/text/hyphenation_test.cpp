// Liang's patterns: his own example, the minimum of letters, text that is not a word, and broken or hostile files.
#include "core/layout/text/hyphenation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace octavo {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// The patterns that Liang's thesis shows for "hyphenation", and a few for other cases.
constexpr std::string_view kPatterns =
    "octavo-hyphenation 1 2 3\n"
    "1b\n"
    "he2n\n"
    "hena4\n"
    "hen5at\n"
    "hy3ph\n"
    "2io\n"
    "1na\n"
    "n2at\n"
    "o2n\n"
    "1tio\n"
    "1w\n"
    "x1\n"
    "1ä\n"
    "1д\n";

HyphenationPatterns parse(std::string_view text) {
  Result<HyphenationPatterns> patterns = HyphenationPatterns::parse("en", text, "en.txt");
  EXPECT_TRUE(patterns.ok());
  return patterns ? std::move(*patterns) : HyphenationPatterns();
}

// The item with hyphens where it may be cut.
std::string hyphenate(const HyphenationPatterns& patterns, std::string_view item) {
  std::string out;
  std::uint32_t begin = 0;
  for (const std::uint32_t offset : patterns.find(item)) {
    EXPECT_GT(offset, begin);
    EXPECT_LT(offset, item.size());
    out += item.substr(begin, offset - begin);
    out += '-';
    begin = offset;
  }
  return out + std::string(item.substr(begin));
}

std::string hyphenate(std::string_view item) {
  return hyphenate(parse(kPatterns), item);
}

TEST(Hyphenation, FindsWhatLiangFound) {
  EXPECT_EQ(hyphenate("hyphenation"), "hy-phen-ation");
}

TEST(Hyphenation, ACapitalOnlyAtTheBeginning) {
  EXPECT_EQ(hyphenate("Hyphenation"), "Hy-phen-ation");
  EXPECT_EQ(hyphenate("HYPHENATION"), "HYPHENATION");
  EXPECT_EQ(hyphenate("hyphenAtion"), "hyphenAtion");
}

TEST(Hyphenation, PunctuationAroundAWordIsNoPartOfIt) {
  EXPECT_EQ(hyphenate("“(hyphenation),”"), "“(hy-phen-ation),”");
  EXPECT_EQ(hyphenate("«hyphenation»…"), "«hy-phen-ation»…");
  EXPECT_EQ(hyphenate("hyphenation-hyphenation"), "hy-phen-ation-hy-phen-ation");
}

TEST(Hyphenation, KeepsTheLeastLettersAtBothEnds) {
  EXPECT_EQ(hyphenate("babaabaw"), "ba-baa-baw");
  EXPECT_EQ(hyphenate("babaababa"), "ba-baa-baba");  // two letters are too few at the end
  EXPECT_EQ(hyphenate("abaaaaa"), "abaaaaa");
  EXPECT_EQ(hyphenate("aaba"), "aaba");  // four letters
}

TEST(Hyphenation, CountsLettersAndNotBytes) {
  EXPECT_EQ(hyphenate("äbäbäbä"), "äb-ä-b-äbä");
  EXPECT_EQ(hyphenate("Дддддд"), "Дд-д-ддд");
}

TEST(Hyphenation, WordsWithALetterThatThePatternsDoNotHaveStayWhole) {
  EXPECT_EQ(hyphenate("hyphenatioñ"), "hyphenatioñ");
  EXPECT_EQ(hyphenate("hyphen2ation"), "hyphen2ation");
  EXPECT_EQ(hyphenate("hyphen_ation"), "hyphen_ation");
  EXPECT_EQ(hyphenate("hyphena\u00ADtion"), "hyphena\u00ADtion");  // it says itself where it may be broken
}

TEST(Hyphenation, AddressesStayWhole) {
  EXPECT_EQ(hyphenate("hyphenation.hyphenation"), "hyphenation.hyphenation");
  EXPECT_EQ(hyphenate("http://hyphenation"), "http://hyphenation");
  EXPECT_EQ(hyphenate("ann@hyphenation"), "ann@hyphenation");
}

TEST(Hyphenation, ALongWordIsNone) {
  std::string word;
  for (int i = 0; i < 60; ++i) word += "ab";
  EXPECT_NE(hyphenate(word), word);
  EXPECT_EQ(hyphenate(word + "a"), word + "a");
}

TEST(Hyphenation, BytesThatAreNoTextAreNoWords) {
  EXPECT_EQ(hyphenate("hyphen\xFF"
                      "ation"),
            "hyphen\xFF"
            "ation");
  EXPECT_EQ(hyphenate("\xC3"), "\xC3");
  EXPECT_EQ(hyphenate(""), "");
}

TEST(Hyphenation, AFileOfAnotherKindIsAnError) {
  for (const std::string_view text : {"", "<!doctype html>", "octavo-hyphenation 2 2 3\n1na\n", "octavo-hyphenation 1 2\n1na\n",
                                      "octavo-hyphenation 1 x 3\n", "octavo-hyphenation 1 2 33\n", "UTF-8\n1na\n"}) {
    const Result<HyphenationPatterns> patterns = HyphenationPatterns::parse("en", text, "bundle/hyphenation/en.txt");
    ASSERT_FALSE(patterns.ok()) << text;
    EXPECT_EQ(patterns.error().where, "bundle/hyphenation/en.txt");
    EXPECT_THAT(patterns.error().message, HasSubstr("not hyphenation patterns"));
  }
}

TEST(Hyphenation, AFileWithoutPatternsFindsNothing) {
  EXPECT_EQ(hyphenate(parse("octavo-hyphenation 1 2 3"), "hyphenation"), "hyphenation");
  EXPECT_EQ(hyphenate(parse("octavo-hyphenation 1 2 3\n\n\n123\n"), "hyphenation"), "hyphenation");
}

TEST(Hyphenation, LinesOutOfOrderAreNeverFoundButHarmNothing) {
  const HyphenationPatterns patterns = parse("octavo-hyphenation 1 0 0\n1w\n1b\nzz1zz\n\xFF\xFE\n.....\n9\n1a9b\n");
  for (const std::uint32_t offset : patterns.find("bawbawbaw")) EXPECT_LT(offset, 9U);
}

TEST(Hyphenation, RandomFilesGiveOffsetsInsideTheWord) {
  std::mt19937 random(3);
  constexpr std::string_view kBytes = "ab.19\n\xC3\xA4\xD0\xFF'";
  const std::string item = "“Aba'bä’bbba-ababababa”";
  for (int round = 0; round < 300; ++round) {
    std::string text = "octavo-hyphenation 1 1 1\n";
    for (int i = 0; i < 400; ++i) text += kBytes[random() % kBytes.size()];
    (void)hyphenate(parse(text), item);
  }
}

TEST(Hyphenation, AMegabyteOnOneLineAndAMillionLettersEndSoon) {
  const std::string head = "octavo-hyphenation 1 1 1\n";
  EXPECT_EQ(hyphenate(parse(head + std::string(1'000'000, 'a')), "aaaaaaaa"), "aaaaaaaa");
  std::string alphabet = head;
  for (char32_t c = 0x20000; c > 0x10000; --c) {
    alphabet += static_cast<char>(0xF0 | (c >> 18));
    alphabet += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    alphabet += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    alphabet += static_cast<char>(0x80 | (c & 0x3F));
  }
  EXPECT_EQ(hyphenate(parse(alphabet), "aaaaaaaa"), "aaaaaaaa");
}

}  // namespace
}  // namespace octavo
