// Runs the examples of docs/markdown.md, and the cases for which our patches to md4c exist.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "core/content/html/html_import.h"
#include "core/content/html/semantic_tree.h"
#include "core/content/markdown/markdown.h"
#include "press/base/gumbo_parser.h"
#include "support/test_paths.h"

namespace octavo {
namespace {

std::string html_of(const std::string& markdown, bool plain) {
  GumboParser parser;
  Document document = parse_markdown(markdown, Dialect::Gfm, &parser);
  if (has_raw_html(document)) document = resolve_html(std::move(document), &parser);
  if (!plain) add_heading_anchors(document);
  number_blocks(document);
  SemanticOptions options;
  options.plain_commonmark = plain;
  return write_inner_html(build_semantic_tree(document, options));
}

// A page of examples: a block of Markdown, at once followed by a block of the HTML that the reader gets for it.
class ExamplePage {
 public:
  explicit ExamplePage(std::string path) : path_(std::move(path)) {
    std::ifstream file(path_);
    std::stringstream text;
    text << file.rdbuf();
    text_ = text.str();
  }

  // Calls visit(line number, Markdown, HTML), which may change the HTML.
  template <typename Visit>
  std::size_t for_each_example(Visit visit) {
    constexpr std::string_view kMarkdown = "````markdown\n";
    constexpr std::string_view kHtml = "````\n````html\n";
    constexpr std::string_view kEnd = "````\n";
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text_.find(kMarkdown, at)) != std::string::npos; ++count) {
      const std::size_t markdown = at + kMarkdown.size();
      const std::size_t middle = text_.find(kHtml, markdown);
      const std::size_t html = middle + kHtml.size();
      const std::size_t end = text_.find(kEnd, html);
      if (middle == std::string::npos || end == std::string::npos) return 0;
      std::string written = text_.substr(html, end - html);
      visit(std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1,
            text_.substr(markdown, middle - markdown), written);
      text_.replace(html, end - html, written);
      at = html + written.size() + kEnd.size();
    }
    return count;
  }

  void save() const { std::ofstream(path_) << text_; }

 private:
  std::string path_;
  std::string text_;
};

TEST(DialectPage, EveryExampleGivesTheHtmlThatItShows) {
  ExamplePage page(tests_folder() + "/../docs/markdown.md");
  const bool rebases = std::getenv("OCTAVO_REBASE") != nullptr;
  const std::size_t count = page.for_each_example([&](std::ptrdiff_t line, const std::string& markdown, std::string& html) {
    const std::string actual = html_of(markdown, false);
    if (!rebases) {
      EXPECT_EQ(actual, html) << "docs/markdown.md, line " << line << ":\n" << markdown;
    }
    html = actual;
  });
  EXPECT_EQ(count, 27u);
  if (rebases) page.save();
}

// ---- Patches -----------------------------------------------------------------------------------------------------------------

// The fault depended on the byte offset of the line before, so every offset of four bytes' first one is tried.
TEST(Md4cPatches, ItemsKeepWhatFollowsAFenceOrAHeadingAtEveryOffset) {
  for (std::size_t length = 1; length < 600; ++length) {
    const std::string lead(length, 'p');
    const std::string fence = html_of(lead + "\n\n- text\n\n  ```\n  code\n  ```\n\n  after\n", true);
    ASSERT_TRUE(fence.ends_with("<p>after</p>\n</li>\n</ul>\n")) << length << "\n" << fence;
    const std::string heading = html_of(lead + "\n\n- # T\n\n  after\n", true);
    ASSERT_TRUE(heading.ends_with("<p>after</p>\n</li>\n</ul>\n")) << length << "\n" << heading;
  }
}

TEST(Md4cPatches, AnItemThatBeginsWithADefinitionIsNotEmpty) {
  EXPECT_EQ(html_of("- [a]: /b\n\n  [a]\n", true), "<ul>\n<li>\n<p><a href=\"/b\">a</a></p>\n</li>\n</ul>\n");
}

TEST(Md4cPatches, BracketsInADestinationAreText) {
  EXPECT_EQ(html_of("[a]([)]()\n", true), "<p><a href=\"%5B\">a</a>]()</p>\n");
}

TEST(Md4cPatches, AddressesHideNoMarksBehindThem) {
  EXPECT_EQ(html_of("[a](http://x.org)*b*\n", true), "<p><a href=\"http://x.org\">a</a><em>b</em></p>\n");
  EXPECT_EQ(html_of("http://x.org/_a_ *b*\n", true), "<p><a href=\"http://x.org/_a\">http://x.org/_a</a>_ <em>b</em></p>\n");
  EXPECT_EQ(html_of("http://x.org/?a=1&amp;b=2\n", true),
            "<p><a href=\"http://x.org/?a=1&amp;b=2\">http://x.org/?a=1&amp;b=2</a></p>\n");
}

}  // namespace
}  // namespace octavo
