// Dictionaries of libhyphen as files of the site: made-up ones, broken ones, and Debian's own for English.
#include "press/publish/hyphenation_files.h"

#include <gmock/gmock.h>

#include "core/layout/text/hyphenation.h"
#include "press/base/text_file.h"
#include "support/temporary_folder.h"

namespace octavo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string converted(std::string_view dictionary) {
  const Result<std::string> patterns = hyphenation_from_dictionary(dictionary);
  return patterns ? *patterns : "error: " + patterns.error().message;
}

TEST(HyphenationFiles, PatternsAreSortedAndMerged) {
  EXPECT_EQ(converted("UTF-8\r\nLEFTHYPHENMIN 2\r\nRIGHTHYPHENMIN 3\r\n% remark\r\nhy3ph\r\n1na\r\n.a2ch4\r\nhyp1h\r\n"),
            "octavo-hyphenation 1 2 3\n.a2ch4\nhy3p1h\n1na\n");
}

TEST(HyphenationFiles, OtherEncodingsBecomeUtf8) {
  EXPECT_EQ(converted("ISO8859-1\n1\xE4\n"), "octavo-hyphenation 1 2 2\n1ä\n");
  EXPECT_EQ(converted("microsoft-cp1251\n1\xE4\n"), "octavo-hyphenation 1 2 2\n1д\n");
}

TEST(HyphenationFiles, OfSeveralLevelsTheLastOneCounts) {
  EXPECT_EQ(converted("UTF-8\nCOMPOUNDLEFTHYPHENMIN 4\n1compound\nNOHYPHEN -,'\nNEXTLEVEL\n1na\n"),
            "octavo-hyphenation 1 2 2\n1na\n");
}

TEST(HyphenationFiles, PatternsThatChangeLettersForbid) {
  EXPECT_EQ(converted("UTF-8\nz1c/ck=k,1,2\n"), "octavo-hyphenation 1 2 2\nz2c\n");
}

TEST(HyphenationFiles, WhatShorterPatternsSayIsNotRepeated) {
  EXPECT_EQ(converted("UTF-8\n1na\n1nat\no1na\no1n2at\n"), "octavo-hyphenation 1 2 2\n1na\non2at\n");
}

TEST(HyphenationFiles, WhatIsNoDictionaryIsAnError) {
  EXPECT_THAT(converted(""), HasSubstr("error:"));
  EXPECT_THAT(converted("UTF-8\n"), HasSubstr("error: The file has no hyphenation patterns."));
  EXPECT_THAT(converted("no-such-encoding\n1na\n"), HasSubstr("error:"));
  EXPECT_THAT(converted("UTF-8\n" + std::string(1'000'000, 'a') + "\n"), HasSubstr("error:"));
}

class HyphenationFolder : public testing::Test {
 protected:
  std::vector<std::string> write(const std::vector<std::string>& languages) {
    Result<OutputFolder> output = OutputFolder::open(folder / "out");
    EXPECT_TRUE(output.ok());
    SiteInfo site;
    site.language = "en";
    std::vector<Post> posts;
    for (const std::string& language : languages) posts.emplace_back().summary.language = language;
    Diagnostics diagnostics;
    const auto files = write_hyphenation(site, posts, folder / "hyphen", *output, diagnostics);
    EXPECT_TRUE(files.ok());
    EXPECT_TRUE(output->commit().ok());
    for (const Diagnostic& each : diagnostics.items()) warnings.push_back(each.message);
    std::vector<std::string> written;
    for (const HyphenationFile& each : *files) {
      const std::string text = folder.read("out/" + each.file.url);
      written.push_back(each.language + " " + text.substr(text.find('\n') + 1, 3));
    }
    return written;
  }

  TemporaryFolder folder;
  std::vector<std::string> warnings;
};

TEST_F(HyphenationFolder, EachLanguageOfThePostsGetsItsNearestDictionary) {
  folder.write("hyphen/hyph_en_US.dic", "UTF-8\n1us\n");
  folder.write("hyphen/hyph_de_AT.dic", "UTF-8\n1at\n");
  folder.write("hyphen/hyph_de.dic", "UTF-8\n1de\n");
  EXPECT_THAT(write({"", "de-CH", "de-AT", "en-GB"}), ElementsAre("de-AT 1at", "de-CH 1de", "en 1us", "en-GB 1us"));
  EXPECT_THAT(warnings, IsEmpty());
}

TEST_F(HyphenationFolder, LanguagesWithoutHyphensNeedNone) {
  EXPECT_THAT(write({"ja", "zh-Hans", "ar", "he", "ko", "vi"}), IsEmpty());
  EXPECT_THAT(warnings, IsEmpty());
}

TEST_F(HyphenationFolder, AMissingOrBrokenDictionaryIsAWarning) {
  folder.write("hyphen/hyph_fr.dic", "UTF-8\n");
  EXPECT_THAT(write({"fr", "pl"}), IsEmpty());
  EXPECT_THAT(warnings, ElementsAre("The file has no hyphenation patterns.", HasSubstr("no hyphenation patterns for \"pl\"")));
}

// The package is among those that ./dev installs.
TEST(HyphenationFiles, DebiansEnglishDictionary) {
  const Result<std::string> dictionary = load_file(std::filesystem::path(kHyphenationFolder) / "hyph_en_US.dic", 1 << 20);
  ASSERT_TRUE(dictionary.ok()) << dictionary.error().text();
  const Result<std::string> text = hyphenation_from_dictionary(*dictionary);
  ASSERT_TRUE(text.ok());
  EXPECT_LT(text->size(), 60'000U);
  const Result<HyphenationPatterns> patterns = HyphenationPatterns::parse("en", *text, "en");
  ASSERT_TRUE(patterns.ok());
  const auto hyphenate = [&](std::string word) {
    const std::vector<std::uint32_t> offsets = patterns->find(word);
    for (auto at = offsets.rbegin(); at != offsets.rend(); ++at) word.insert(*at, "-");
    return word;
  };
  EXPECT_EQ(hyphenate("hyphenation"), "hy-phen-ation");
  EXPECT_EQ(hyphenate("considerable"), "con-sid-er-able");
  EXPECT_EQ(hyphenate("Typography,"), "Ty-pog-ra-phy,");
  EXPECT_EQ(hyphenate("university"), "uni-ver-sity");
  EXPECT_EQ(hyphenate("project"), "project");  // a noun and a verb
  EXPECT_EQ(hyphenate("through"), "through");
}

}  // namespace
}  // namespace octavo
