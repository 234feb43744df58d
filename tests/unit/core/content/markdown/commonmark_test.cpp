// Runs the examples of the CommonMark and GFM specifications and of md4c's descriptions of the GFM extensions: Markdown to
// Document to HTML.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/content/html/semantic_tree.h"
#include "core/content/markdown/markdown.h"
#include "support/spec_examples.h"

namespace octavo {
namespace {

std::string html_of(const std::string& markdown, Dialect dialect) {
  Document document = parse_markdown(markdown, dialect);
  number_blocks(document);
  SemanticOptions options;
  options.plain_commonmark = true;
  return write_inner_html(build_semantic_tree(document, options));
}

TEST(CommonMark, AllExamplesOfTheSpecificationGiveItsHtmlByteForByte) {
  const std::vector<SpecExample> examples = read_spec_examples("spec.txt");
  ASSERT_EQ(examples.size(), 652u);
  std::vector<int> failing;
  for (const SpecExample& example : examples) {
    const std::string actual = html_of(example.markdown, Dialect::CommonMark);
    EXPECT_EQ(actual, example.html) << "example " << example.number << ":\n" << example.markdown;
    if (actual != example.html) failing.push_back(example.number);
  }
  EXPECT_THAT(failing, testing::IsEmpty());
}

// md4c's descriptions of the extensions write void elements without a slash and put </li> on the line of a nested </ul>.
std::string normalized(std::string html) {
  const auto replace_all = [&html](std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = html.find(from, at)) != std::string::npos; at += to.size()) html.replace(at, from.size(), to);
  };
  replace_all(" />", ">");
  replace_all("\n</li>", "</li>");
  return html;
}

// ---- GFM ---------------------------------------------------------------------------------------------------------------------

// Line ends beside tags mean nothing in these examples.
std::string without_line_ends(std::string html) {
  html = normalized(std::move(html));
  for (const std::string_view edge : {">\n", "\n<"}) {
    for (std::size_t at = 0; (at = html.find(edge, at)) != std::string::npos;) html.erase(edge[0] == '\n' ? at : at + 1, 1);
  }
  return html;
}

// Its core is CommonMark 0.29. docs/markdown.md says what is different.
TEST(Gfm, AllExamplesOfTheSpecificationGiveTheirHtml) {
  const std::vector<SpecExample> examples = read_spec_examples("spec.txt", "cmark-gfm");
  ASSERT_EQ(examples.size(), 673u);
  std::vector<int> failing;
  for (const SpecExample& example : examples) {
    if (example.extension == "disabled" || example.extension == "tagfilter") continue;
    const bool is_core = example.extension.empty();
    const std::string actual = html_of(example.markdown, is_core ? Dialect::CommonMark : Dialect::Gfm);
    if (without_line_ends(actual) != without_line_ends(example.html)) failing.push_back(example.number);
  }
  EXPECT_THAT(failing, testing::ElementsAre(645, 646));  // comments as HTML has them, by CommonMark 0.31
}

struct ExtensionFile {
  const char* name;
  std::size_t examples;  // in the file
  std::size_t run;       // those with flags; the others show what happens without the extension
  int unlike_gfm = 0;    // the example that contradicts GFM, which we follow
};

class GfmExtension : public testing::TestWithParam<ExtensionFile> {};

TEST_P(GfmExtension, AllExamplesWithItsFlagGiveTheirHtml) {
  const std::vector<SpecExample> examples = read_spec_examples(GetParam().name);
  ASSERT_EQ(examples.size(), GetParam().examples);
  std::size_t run = 0;
  for (const SpecExample& example : examples) {
    if (example.flags.empty()) continue;
    ++run;
    if (example.number == GetParam().unlike_gfm) continue;
    EXPECT_EQ(normalized(html_of(example.markdown, Dialect::Gfm)), normalized(example.html))
        << GetParam().name << ", example " << example.number << ":\n"
        << example.markdown;
  }
  EXPECT_EQ(run, GetParam().run);
}

INSTANTIATE_TEST_SUITE_P(Md4c, GfmExtension,
                         testing::Values(ExtensionFile{"spec-tables.txt", 12, 11, 12},
                                         ExtensionFile{"spec-strikethrough.txt", 5, 5}, ExtensionFile{"spec-tasklists.txt", 5, 5},
                                         ExtensionFile{"spec-permissive-autolinks.txt", 14, 13, 8}));

}  // namespace
}  // namespace octavo
