// The page as terminal text.
#include <gtest/gtest.h>

#include "core/content/markdown/markdown.h"
#include "core/layout/layout.h"

namespace octavo {
namespace {

std::string render(std::string_view markdown, std::uint32_t columns = 40, TerminalStyle style = TerminalStyle::Plain) {
  Document document = parse_markdown(markdown);
  number_blocks(document);
  return render_terminal(document, columns, style);
}

TEST(Terminal, WrapsAtTheColumnAndSeparatesParagraphs) {
  EXPECT_EQ(render("Some words that need more than one line here.\n\nNext.\n", 24),
            "Some words that need\nmore than one line here.\n\nNext.\n");
}

TEST(Terminal, UnderlinesHeadings) {
  EXPECT_EQ(render("# Title\n\nText\n"), "Title\n═════\n\nText\n");
}

TEST(Terminal, DrawsQuotesListsCodeAndRules) {
  EXPECT_EQ(render("> one\n>\n> two\n"), "│ one\n│\n│ two\n");
  EXPECT_EQ(render("- a\n- b\n"), " • a\n • b\n");
  EXPECT_EQ(render("a\n\n```\nx\n  y\n```\n"), "a\n\n  x\n    y\n");
  EXPECT_EQ(render("a\n\n---\n\nb\n", 20), "a\n\n────────────────────\n\nb\n");
}

TEST(Terminal, AlignsTableCells) {
  EXPECT_EQ(render("| a | bb |\n|---|---:|\n| ccc | d |\n"), " a     bb\n──────────\n ccc    d\n");
}

TEST(Terminal, CountsWideCharactersTwice) {
  EXPECT_EQ(render("日本語日本語日本語日本語\n", 20), "日本語日本語日本語日\n本語\n");
}

TEST(Terminal, AnsiMarksStrongEmphasisAndLinks) {
  EXPECT_EQ(render("**b** *i* [l](x)\n", 40, TerminalStyle::Ansi), "\033[1mb\033[0m \033[3mi\033[0m \033[4ml\033[0m\n");
}

TEST(Terminal, ControlCharactersDoNotReachTheTerminal) {
  EXPECT_EQ(render("a\033[31mb\n").find('\033'), std::string::npos);
}

}  // namespace
}  // namespace octavo
