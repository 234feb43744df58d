// Numbering, plain text, word counts, names and the dump.
#include "core/content/document/document.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/content/markdown/markdown.h"

namespace octavo {
namespace {

TEST(NumberBlocks, NumbersInPreOrderFromTheRoot) {
  Document document = parse_markdown("# a\n\n- b\n- c\n\nd");
  EXPECT_EQ(number_blocks(document), 8u);
  EXPECT_EQ(document.root.id, 0u);
  EXPECT_EQ(document.root.children[0].id, 1u);
  EXPECT_EQ(document.root.children[1].children[0].children[0].id, 4u);
  EXPECT_EQ(document.root.children[2].id, 7u);
}

TEST(PlainText, SeparatesBlocksAndShowsImagesAsTheirText) {
  const Document document =
      parse_markdown("# A *b*\n\n![pic](x.png) and <b>c</b>\nd\\\ne\n\n- f\n- g\n\n```\ncode\n\nmore\n```\n\n<hr>\n");
  EXPECT_EQ(plain_text(document), "A b\npic and c d\ne\nf\ng\ncode\n\nmore");
}

TEST(PlainText, OfNothingIsEmpty) {
  EXPECT_EQ(plain_text(Document()), "");
}

struct WordCase {
  const char* text;
  std::uint32_t words;
};

TEST(CountWords, CountsRunsOfLettersAndDigits) {
  for (const WordCase& entry :
       {WordCase{"", 0}, WordCase{"one", 1}, WordCase{"  one, two -- three! ", 3}, WordCase{"a1b2 3.5", 3},
        WordCase{"\u00FCber na\u00EFve \u0441\u043B\u043E\u0432\u043E", 3}, WordCase{"\u201Cquoted\u201D \u2014 dash\u2026", 2},
        WordCase{"e\u0301te\u0301", 1}, WordCase{"\U0001F600 \u00A9 \u20AC", 0}, WordCase{"\u0915\u094D\u0937\u093F", 1}}) {
    EXPECT_EQ(count_words(entry.text), entry.words) << entry.text;
  }
}

TEST(CountWords, CountsEachCharacterOfScriptsWithoutBlanks) {
  for (const WordCase& entry :
       {WordCase{"\u6F22\u5B57", 2}, WordCase{"\u3072\u3089\u304C\u306A\u3002", 4}, WordCase{"\u30AB\u30BF\u30AB\u30CA", 4},
        WordCase{"\uD55C\uAE00 abc", 3}, WordCase{"C++\u306E\u672C", 3}, WordCase{"\U00020000", 1}}) {
    EXPECT_EQ(count_words(entry.text), entry.words) << entry.text;
  }
}

TEST(Names, AreDistinctAndInLowerCaseWithHyphens) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(BlockKind::DescriptionDetails); ++i)
    names.insert(block_kind_name(static_cast<BlockKind>(i)));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(BlockKind::DescriptionDetails) + 1);
  EXPECT_EQ(block_kind_name(BlockKind::DescriptionTerm), "description-term");
  EXPECT_EQ(inline_kind_name(InlineKind::Button), "button");
  EXPECT_EQ(inline_kind_name(InlineKind::HardBreak), "hard-break");
  EXPECT_EQ(variant_name(Variant::Placeholder), "placeholder");
  EXPECT_EQ(variant_name(Variant::SiteTitle), "site-title");
  EXPECT_EQ(role_name(Role::Alert), "alert");
  EXPECT_EQ(role_name(Role::ContentInfo), "content-info");
}

TEST(Dump, ShowsEveryFieldThatIsSet) {
  Document document;
  document.root.kind = BlockKind::Section;
  document.root.role = Role::Reactions;
  document.root.label = "Likes \"here\"";
  Block block;
  block.variant = Variant::Actions;
  block.language = "he";
  block.direction = "rtl";
  block.anchor = "x";
  block.inlines.text = "Like\n";
  Span span;
  span.kind = InlineKind::Button;
  span.end = 4;
  span.url = "like";
  span.is_toggle = true;
  span.pressed = true;
  span.is_disabled = true;
  block.inlines.spans.push_back(span);
  document.root.children.push_back(block);
  EXPECT_EQ(dump_document(document),
            "section role=reactions label=\"Likes \\\"here\\\"\"\n"
            "  paragraph actions anchor=\"x\" language=\"he\" direction=\"rtl\" \"Like\\n\"\n"
            "    - button 0..4 url=\"like\" toggle pressed disabled\n");
}

}  // namespace
}  // namespace octavo
