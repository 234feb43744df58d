// Markdown written from a Document means that Document again: single forms, the whole of CommonMark, and HTML.
#include "core/content/markdown/markdown_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "core/content/html/html_import.h"
#include "core/content/markdown/markdown.h"
#include "press/base/gumbo_parser.h"
#include "support/spec_examples.h"

namespace octavo {
namespace {

Document read(const std::string& markdown) {
  GumboParser parser;
  return resolve_html(parse_markdown(markdown), &parser);
}

std::string rewritten(const std::string& markdown) {
  GumboParser parser;
  return write_markdown(read(markdown), parser);
}

std::string from_html(const std::string& html) {
  GumboParser parser;
  return write_markdown(document_from_html(html, parser), parser);
}

TEST(MarkdownWriter, AnAddressWithAControlCharacterIsStillALink) {
  EXPECT_EQ(rewritten("ftp://e.o\x01"), "[ftp\\://e.o\x01](<ftp://e.o\x01>)\n");
  EXPECT_EQ(rewritten("[a](<x\x02y>)"), "[a](<x\x02y>)\n");
}

TEST(MarkdownWriter, ABackslashBeforeABarInACellStays) {
  for (const char* html : {"<table><tr><th>a\\|b</th></tr><tr><td>\\\\|</td></tr></table>",
                           "<table><tr><th>a</th></tr><tr><td><code>x\\|y</code> <code>|</code></td></tr></table>"}) {
    GumboParser parser;
    const Document document = document_from_html(html, parser);
    EXPECT_EQ(plain_text(read(write_markdown(document, parser))), plain_text(document)) << write_markdown(document, parser);
  }
}

TEST(MarkdownWriter, KeepsOrdinaryTextAsPeopleWriteIt) {
  const std::string text =
      "# Title\n\nA paragraph with **bold**, _emphasis_, `code`, [a link](https://example.org/ \"its title\")\nand a second "
      "line.\n\n"
      "- one\n- two\n  - deep\n\n1. first\n2. second\n\n> quoted\n\n```cpp\nint a;\n```\n\n![image](a.png)\n\n"
      "| a | b |\n| --- | --: |\n| 1 | 2 \\| 3 |\n\n- [x] done\n- [ ] open\n";
  EXPECT_EQ(rewritten(text), text);
}

TEST(MarkdownWriter, EscapesWhatWouldMeanSomethingElse) {
  EXPECT_EQ(from_html("<p># no heading</p>"), "\\# no heading\n");
  EXPECT_EQ(from_html("<p>1. no list</p>"), "1\\. no list\n");
  EXPECT_EQ(from_html("<p>a *b* snake_case_name 2 * 3</p>"), "a \\*b\\* snake_case_name 2 * 3\n");
  EXPECT_EQ(from_html("<p>&lt;script&gt; &amp;amp; AT&amp;T</p>"), "\\<script> \\&amp; AT\\&T\n");
  EXPECT_EQ(from_html("<p>see www.example.org or me@example.org</p>"), "see www\\.example.org or me\\@example.org\n");
  EXPECT_EQ(from_html("<p>Look!<a href=\"a\">there</a></p>"), "Look\\![there](a)\n");
}

TEST(MarkdownWriter, NoEmptyLineEndsAParagraphOrABlockOfHtml) {
  for (const char* const html :
       {"<p>x<a href=\"/a\n\n b\" title=\"t\n \nu\">.link.</a>y</p>",
        "<p>x <img src=\"/a\n\nb\" alt=\"c\n\nd\" width=\"1\"> y</p>", "<figure><pre>a\n \nb\n\t\n\n\nc</pre></figure>"}) {
    GumboParser parser;
    const Document document = document_from_html(html, parser);
    EXPECT_EQ(dump_document(read(write_markdown(document, parser))), dump_document(document)) << write_markdown(document, parser);
  }
}

TEST(MarkdownWriter, ABlankWithoutWidthIsNoByteOrderMark) {
  const std::string written = from_html("<p>\uFEFFfirst \uFEFFsecond</p>");
  EXPECT_EQ(written, "&#xFEFF;first \uFEFFsecond\n");
  EXPECT_EQ(read(written).root.children.at(0).inlines.text, "\uFEFFfirst \uFEFFsecond");
}

TEST(MarkdownWriter, TakesTagsWhereMarksWouldNotBeRead) {
  EXPECT_EQ(from_html("<p>x<b>.bold.</b>y</p>"), "x<strong>\\.bold\\.</strong>y\n");
  EXPECT_EQ(from_html("<p>H<sub>2</sub>O</p>"), "H<sub>2</sub>O\n");
}

TEST(MarkdownWriter, FiguresAndTermsAreHtmlWithoutEmptyLines) {
  EXPECT_EQ(from_html("<figure><img src=\"a.png\" alt=\"A\"><figcaption>Hello</figcaption></figure>"),
            "<figure>\n<p><img src=\"a.png\" alt=\"A\" /></p>\n<figcaption>Hello</figcaption>\n</figure>\n");
  EXPECT_EQ(from_html("<figure><pre>a\n\nb</pre></figure>"), "<figure>\n<pre><code>a\n&#10;b\n</code></pre>\n</figure>\n");
}

// An exception would be listed here by number, with its reason.
TEST(MarkdownWriter, AllExamplesOfCommonMarkMeanTheSameAfterARoundTrip) {
  const std::vector<SpecExample> examples = read_spec_examples("spec.txt");
  ASSERT_EQ(examples.size(), 652u);
  GumboParser parser;
  std::vector<int> different;
  for (const SpecExample& example : examples) {
    const Document first = read(example.markdown);
    const std::string markdown = write_markdown(first, parser);
    const std::string before = dump_document(first);
    const std::string after = dump_document(read(markdown));
    if (before != after) {
      different.push_back(example.number);
      if (std::getenv("OCTAVO_SHOW") != nullptr) {
        std::printf("---- example %d\n%s---- written\n%s---- first\n%s---- again\n%s", example.number, example.markdown.c_str(),
                    markdown.c_str(), before.c_str(), after.c_str());
      }
    }
  }
  EXPECT_THAT(different, testing::ElementsAre());
}

}  // namespace
}  // namespace octavo
