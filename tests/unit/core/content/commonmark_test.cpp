// Runs the examples of the CommonMark specification and of md4c's descriptions of the GFM extensions: Markdown to Document to
// HTML.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "core/content/markdown.h"
#include "core/content/semantic_tree.h"

namespace octavo {
namespace {

struct Example {
  int number = 0;
  std::string markdown;
  std::string html;
  std::string flags;
};

std::string with_tabs(std::string text) {
  constexpr std::string_view kArrow = "\xE2\x86\x92";  // the specification shows tabs as arrows
  for (std::size_t at; (at = text.find(kArrow)) != std::string::npos;) text.replace(at, kArrow.size(), "\t");
  return text;
}

std::vector<Example> read_examples(const std::string& file_name) {
  const std::string fence(32, '`');
  std::ifstream file(std::string(OCTAVO_SOURCES_DIR) + "/md4c/test/" + file_name);
  std::vector<Example> examples;
  std::string parts[3];
  int part = -1;  // -1 outside of an example
  for (std::string line; std::getline(file, line);) {
    if (part < 0) {
      if (line.starts_with(fence + " example")) part = 0;
    } else if (line == fence) {
      const int number = static_cast<int>(examples.size()) + 1;
      examples.push_back({number, with_tabs(parts[0]), with_tabs(parts[1]), parts[2]});
      for (std::string& text : parts) text.clear();
      part = -1;
    } else if (line == "." && part < 2) {
      ++part;
    } else {
      parts[part] += line + "\n";
    }
  }
  return examples;
}

std::string html_of(const std::string& markdown, Dialect dialect) {
  Document document = parse_markdown(markdown, dialect);
  number_blocks(document);
  SemanticOptions options;
  options.plain_commonmark = true;
  return write_inner_html(build_semantic_tree(document, options));
}

TEST(CommonMark, AllExamplesOfTheSpecificationGiveItsHtmlByteForByte) {
  const std::vector<Example> examples = read_examples("spec.txt");
  ASSERT_EQ(examples.size(), 652u);
  std::vector<int> failing;
  for (const Example& example : examples) {
    const std::string actual = html_of(example.markdown, Dialect::CommonMark);
    EXPECT_EQ(actual, example.html) << "example " << example.number << ":\n" << example.markdown;
    if (actual != example.html) failing.push_back(example.number);
  }
  EXPECT_THAT(failing, testing::IsEmpty());
}

// md4c's descriptions of the extensions write void elements without a slash and put </li> on the line of a nested </ul>.
std::string normalised(std::string html) {
  const auto replace_all = [&html](std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = html.find(from, at)) != std::string::npos; at += to.size()) html.replace(at, from.size(), to);
  };
  replace_all(" />", ">");
  replace_all("\n</li>", "</li>");
  return html;
}

struct ExtensionFile {
  const char* name;
  std::size_t examples;  // in the file
  std::size_t run;       // those with flags; the others show what happens without the extension
};

class GfmExtension : public testing::TestWithParam<ExtensionFile> {};

TEST_P(GfmExtension, AllExamplesWithItsFlagGiveTheirHtml) {
  const std::vector<Example> examples = read_examples(GetParam().name);
  ASSERT_EQ(examples.size(), GetParam().examples);
  std::size_t run = 0;
  for (const Example& example : examples) {
    if (example.flags.empty()) continue;
    ++run;
    EXPECT_EQ(normalised(html_of(example.markdown, Dialect::Gfm)), normalised(example.html))
        << GetParam().name << ", example " << example.number << ":\n"
        << example.markdown;
  }
  EXPECT_EQ(run, GetParam().run);
}

INSTANTIATE_TEST_SUITE_P(Md4c, GfmExtension,
                         testing::Values(ExtensionFile{"spec-tables.txt", 12, 11}, ExtensionFile{"spec-strikethrough.txt", 5, 5},
                                         ExtensionFile{"spec-tasklists.txt", 5, 5},
                                         ExtensionFile{"spec-permissive-autolinks.txt", 14, 13}));

}  // namespace
}  // namespace octavo
