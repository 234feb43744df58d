// Highlighting by language: what the reader will color, written out as [letter text].
#include "press/prepare/code_highlighter.h"

#include <gtest/gtest.h>

#include "core/content/document/code_tokens.h"
#include "core/content/markdown/markdown.h"

namespace octavo {
namespace {

// "[k int] a" for a code block of one line.
std::string highlighted(const std::string& language, const std::string& code) {
  Document document = parse_markdown("```" + language + "\n" + code + "\n```\n");
  CodeHighlighter highlighter;
  add_code_tokens(document, highlight_code(document, highlighter));
  const InlineText& text = code_blocks(document).at(0)->inlines;
  std::string out;
  std::size_t at = 0;
  for (const Span& span : text.spans) {
    out += text.text.substr(at, span.begin - at) + '[' + token_letter(span.token) + ' ' +
           text.text.substr(span.begin, span.end - span.begin) + ']';
    at = span.end;
  }
  out += text.text.substr(at);
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

TEST(CodeHighlighter, KnowsTheLanguagesOfBlogs) {
  EXPECT_EQ(highlighted("cpp", "int main() { return 0; } // end"), "[t int] main() { [k return] [m 0]; } [c // end]");
  EXPECT_EQ(highlighted("rust", "pub fn f() -> u8 { \"x\" }"), "[k pub fn] f() -> [t u8] { [s \"x\"] }");
  EXPECT_EQ(highlighted("js", "const a = 'b'; // c"), "[k const] a = [s 'b']; [c // c]");
  EXPECT_EQ(highlighted("html", "<p class=\"a\">x</p>"), "[k <p] class=[s \"a\"]>x[k </p>]");
  EXPECT_EQ(highlighted("css", "a { color: #fff; }"), "a { [k color]: [m #fff]; }");
  EXPECT_EQ(highlighted("python", "def f(x): return 'a' # b"), "[k def] f(x): [k return] [s 'a'] [c # b]");
  EXPECT_EQ(highlighted("json", "{\"a\": 1}"), "{[t \"a\"]: [m 1]}");
  EXPECT_EQ(highlighted("toml", "[a]\nb = \"c\""), "[[t a]]\n[t b] = [s \"c\"]");
  EXPECT_EQ(highlighted("yaml", "a: 'b' # c"), "[t a]: [s 'b'][c  # c]");
  EXPECT_EQ(highlighted("sh", "echo \"$A\" # b"), "[t echo] [s \"]$A[s \"] [c # b]");
  EXPECT_EQ(highlighted("sql", "SELECT 1 FROM t"), "[k SELECT] [m 1] [k FROM] t");
  EXPECT_EQ(highlighted("go", "func f() int { return 1 }"), "[k func] f() [t int] { [k return] [m 1] }");
}

TEST(CodeHighlighter, ReadsNamesAsPeopleWriteThem) {
  CodeHighlighter highlighter;
  for (const char* info :
       {"cpp",  "C++", "c++",  "rs",     "Rust",  "rust,ignore", "rust,edition2021", "{.python}", "language-js",
        "py",   "ts",  "yml",  "golang", "shell", "bash",        "Dockerfile",       "c#",        "diff",
        "html", "SQL", "text", ""}) {
    EXPECT_TRUE(highlighter.knows(info)) << info;
  }
  for (const char* info : {"nonsense", "cpp2000", "../x", "*"}) {
    EXPECT_FALSE(highlighter.knows(info)) << info;
    EXPECT_EQ(highlighter.runs(info, "int a;\n"), "") << info;
  }
}

TEST(CodeHighlighter, CountsInBytes) {
  EXPECT_EQ(highlighted("cpp", "\"\u00E9\u4E2D\U0001F600\" + 1"), "[s \"\u00E9\u4E2D\U0001F600\"] + [m 1]");
}

TEST(CodeHighlighter, StateGoesOnOverLines) {
  EXPECT_EQ(highlighted("cpp", "/* a\n\n b */ 1"), "[c /* a]\n\n[c  b */] [m 1]");
}

TEST(CodeHighlighter, PlainTextAndDataStayPlain) {
  CodeHighlighter highlighter;
  EXPECT_EQ(highlighter.runs("text", "int a;\n"), "");
  EXPECT_EQ(highlighter.runs("", "int a;\n"), "");
  EXPECT_EQ(highlighter.runs("js", "var a='" + std::string(kMaxHighlightedLine, 'x') + "';\n"), "");
}

TEST(CodeHighlighter, EveryBlockHasItsRuns) {
  CodeHighlighter highlighter;
  const Document document = parse_markdown("```text\nx\n```\n\n```cpp\nint a;\n```\n\n    int b;\n");
  EXPECT_EQ(highlight_code(document, highlighter), (std::vector<std::string>{"", "t3"}));
}

}  // namespace
}  // namespace octavo
