// Every file under tests/golden/layout and tests/golden/display_list: options, Markdown between fences, the expected dump.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/content/document/code_tokens.h"
#include "core/content/markdown/markdown.h"
#include "core/layout/display_list.h"
#include "core/layout/layout.h"
#include "support/test_paths.h"

namespace octavo {
namespace {

constexpr std::string_view kFence = "==========\n";

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct GoldenCase {
  std::string
      options;  // one line: "width 600 dpr 1 scale 1 scrollbar 15 dir rtl lang ar breaking optimum hyphenation en code_runs k3p1"
  std::string markdown;
  std::string expected;
};

GoldenCase parse_case(const std::string& file) {
  GoldenCase result;
  const std::size_t first = file.find(kFence);
  const std::size_t second = file.find(kFence, first + kFence.size());
  if (first == std::string::npos || second == std::string::npos) return result;
  result.options = file.substr(0, first);
  result.markdown = file.substr(first + kFence.size(), second - first - kFence.size());
  result.expected = file.substr(second + kFence.size());
  return result;
}

Layout lay_out(const GoldenCase& golden) {
  Viewport viewport{.width_css = 600};
  LineBreaking breaking = LineBreaking::Greedy;
  std::vector<HyphenationPatterns> hyphenation;
  Document document = parse_markdown(golden.markdown);
  std::vector<std::string> code_runs;
  std::istringstream options(golden.options);
  for (std::string name, value; options >> name >> value;) {
    if (name == "width") viewport.width_css = std::stof(value);
    if (name == "dpr") viewport.device_pixel_ratio = std::stof(value);
    if (name == "scale") viewport.text_scale = std::stof(value);
    if (name == "scrollbar") viewport.scroll_bar_css = std::stof(value);
    if (name == "dir") document.root.direction = value;
    if (name == "lang") document.root.language = value;
    if (name == "code_runs") code_runs.push_back(value);
    if (name == "hyphenation") {
      const std::string text = read_file(std::filesystem::path(tests_folder()) / "fixtures/hyphenation" / (value + ".txt"));
      hyphenation.push_back(HyphenationPatterns::parse(value, text, value).value());
    }
    if (name == "prose") document.root.role = Role::Prose;
    if (name == "breaking" && value == "optimum") breaking = LineBreaking::Optimum;
  }
  add_code_tokens(document, code_runs);
  number_blocks(document);
  FixedTextMeasurer measurer;
  return layout_page(document, viewport, measurer, {.line_breaking = breaking, .hyphenation = hyphenation});
}

class Golden : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Golden, DumpsAsExpected) {
  const std::filesystem::path& path = GetParam();
  const GoldenCase golden = parse_case(read_file(path));
  ASSERT_FALSE(golden.markdown.empty()) << path << " needs two lines " << kFence;
  const Layout layout = lay_out(golden);
  const bool is_display_list = path.parent_path().filename() == "display_list";
  const std::string actual = is_display_list ? dump_display_list(build_display_list(layout)) : dump_layout(layout);
  const char* rebase = std::getenv("OCTAVO_REBASE");
  if (rebase != nullptr && std::string_view(rebase) == "1" && actual != golden.expected) {
    std::ofstream(path, std::ios::binary) << golden.options << kFence << golden.markdown << kFence << actual;
    return;
  }
  EXPECT_EQ(actual, golden.expected) << "rewrite with OCTAVO_REBASE=1";
}

std::vector<std::filesystem::path> golden_files() {
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"layout", "display_list"}) {
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(tests_folder()) / "golden" / folder)) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

INSTANTIATE_TEST_SUITE_P(Files, Golden, testing::ValuesIn(golden_files()), [](const auto& case_info) {
  std::string name = case_info.param.parent_path().filename().string() + "_" + case_info.param.stem().string();
  std::ranges::replace_if(
      name, [](unsigned char c) { return !std::isalnum(c); }, '_');
  return name;
});

}  // namespace
}  // namespace octavo
