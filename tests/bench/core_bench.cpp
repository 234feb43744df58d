// Native speed of the core's stages on one article of a megabyte: Markdown to Document, Document to Layout with each way of
// breaking lines, Layout to DisplayList.
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>

#include "core/content/html/html_import.h"
#include "core/content/markdown/markdown.h"
#include "core/layout/display_list.h"
#include "core/layout/layout.h"
#include "press/base/text_file.h"
#include "press/publish/hyphenation_files.h"

namespace {

std::string article(std::size_t bytes) {
  std::string text;
  for (int i = 0; text.size() < bytes; ++i) {
    text += "## Section " + std::to_string(i) +
            "\n\nA paragraph of *ordinary* prose with a [link](https://example.org/) and `code`, long enough to be broken into "
            "several "
            "lines on a narrow screen, and followed by a list. It says number " +
            std::to_string(i * 7919) +
            " so that words differ.\n\n- one item\n- another item with **strong** text\n\n> A quotation.\n\n";
  }
  return text;
}

void measure(const char* name, const std::function<std::size_t()>& work) {
  double best = 1e9;
  std::size_t result = 0;
  for (int i = 0; i < 5; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    result = work();
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  std::printf("%-44s %8.1f ms   (%zu)\n", name, best, result);
}

// Debian's English patterns; without their package nothing is hyphenated, and the table says so.
std::vector<octavo::HyphenationPatterns> english_patterns() {
  using namespace octavo;
  std::vector<HyphenationPatterns> patterns;
  const Result<std::string> dictionary = load_file(std::string(kHyphenationFolder) + "/hyph_en_US.dic", 1 << 24);
  if (!dictionary) {
    std::printf("No hyphenation: %s\n", dictionary.error().text().c_str());
    return patterns;
  }
  const Result<std::string> text = hyphenation_from_dictionary(*dictionary);
  if (text) measure("Patterns of English", [&] { return HyphenationPatterns::parse("en", *text, "en")->language().size(); });
  if (text) patterns.push_back(std::move(*HyphenationPatterns::parse("en", *text, "en")));
  return patterns;
}

// Lines as narrow as on a phone: the narrower they are, the more of them are hyphenated.
void measure_lines(const octavo::Document& document, const std::vector<octavo::HyphenationPatterns>& patterns) {
  using namespace octavo;
  FixedTextMeasurer measurer;
  const Viewport phone{.width_css = 360, .height_css = 740, .device_pixel_ratio = 3};
  const auto count_lines = [&](LayoutOptions options) { return layout_page(document, phone, measurer, options).lines.size(); };
  measure("Document -> Layout, 360 wide, greedy", [&] { return count_lines({}); });
  measure("Document -> Layout, 360 wide, optimum", [&] { return count_lines({.line_breaking = LineBreaking::Optimum}); });
  const LayoutOptions hyphenated{.line_breaking = LineBreaking::Optimum, .language = "en", .hyphenation = patterns};
  measure("Document -> Layout, 360 wide, hyphenated", [&] { return count_lines(hyphenated); });
  std::size_t hyphens = 0;
  for (const BlockBreaks& block : layout_page(document, phone, measurer, hyphenated).breaks) {
    for (const SoftBreak& each : block.breaks) hyphens += each.kind == BreakKind::Hyphen ? 1 : 0;
  }
  std::printf("%-44s %8zu\n", "  lines that end in a hyphen", hyphens);
}

}  // namespace

int main() {
  using namespace octavo;
  const std::string text = article(1000 * 1000);
  std::printf("One article of %zu bytes, best of 5\n", text.size());
  measure("Markdown -> Document", [&] { return parse_markdown(text).root.children.size(); });
  Document document = parse_markdown(text);
  number_blocks(document);
  FixedTextMeasurer measurer;
  const Viewport viewport{.width_css = 1440, .height_css = 900, .device_pixel_ratio = 2};
  measure("Document -> Layout, 1440 wide, greedy", [&] { return layout_page(document, viewport, measurer).lines.size(); });
  const Layout layout = layout_page(document, viewport, measurer);
  measure("Layout -> DisplayList", [&] { return build_display_list(layout).items.size(); });
  measure_lines(document, english_patterns());
  measure("Document -> HTML", [&] { return write_html(build_semantic_tree(document)).size(); });
}
