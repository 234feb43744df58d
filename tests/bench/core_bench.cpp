// Native speed of the core's stages on one article of a megabyte: Markdown to Document, Document to Layout, Layout to
// DisplayList.
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>

#include "core/content/html_import.h"
#include "core/content/markdown.h"
#include "core/layout/display_list.h"
#include "core/layout/layout.h"

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
  std::printf("%-28s %8.1f ms   (%zu)\n", name, best, result);
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
  measure("Document -> Layout", [&] { return layout_page(document, viewport, measurer).lines.size(); });
  const Layout layout = layout_page(document, viewport, measurer);
  measure("Layout -> DisplayList", [&] { return build_display_list(layout).items.size(); });
  measure("Document -> HTML", [&] { return write_html(build_semantic_tree(document)).size(); });
}
