// Prints how many milliseconds of processor time each stage takes on posts that are large in one way, at a size and at twice
// that; what more than doubles by far is not linear. Not a test, as clocks are no judges.
//
//   bench_large_posts [bytes, 1000000] [least milliseconds to print, 0] [part of a class's name]
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "core/content/html/html_import.h"
#include "core/content/html/semantic_tree.h"
#include "core/content/markdown/markdown.h"
#include "core/layout/display_list.h"
#include "core/layout/layout.h"
#include "press/base/gumbo_parser.h"
#include "support/large_posts.h"

namespace {

using namespace octavo;

constexpr const char* kStages[] = {"parse", "resolve", "tree", "html", "greedy", "optimum", "list"};
constexpr std::size_t kStageCount = std::size(kStages);

// Processor time, which other work on the machine disturbs least.
class Stopwatch {
 public:
  double lap() {
    const std::clock_t now = std::clock();
    const double passed = static_cast<double>(now - begin_) * 1000 / CLOCKS_PER_SEC;
    begin_ = std::clock();
    return passed;
  }

 private:
  std::clock_t begin_ = std::clock();
};

std::vector<double> measure(const std::string& markdown) {
  std::vector<double> times;
  GumboParser html_parser;
  Stopwatch watch;
  Document document = parse_markdown(markdown);
  times.push_back(watch.lap());
  document = resolve_html(std::move(document), &html_parser);
  add_heading_anchors(document);
  times.push_back(watch.lap());
  number_blocks(document);
  const Element tree = build_semantic_tree(document);
  times.push_back(watch.lap());
  if (write_html(tree).empty()) std::abort();
  times.push_back(watch.lap());
  FixedTextMeasurer measurer;
  const Viewport phone{.width_css = 360, .height_css = 740, .device_pixel_ratio = 3};
  layout_page(document, phone, measurer, {});
  times.push_back(watch.lap());
  const Layout layout = layout_page(document, phone, measurer, {.line_breaking = LineBreaking::Optimum});
  times.push_back(watch.lap());
  if (build_display_list(layout).items.empty() && layout.height < 0) std::abort();
  times.push_back(watch.lap());
  return times;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t bytes = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1000 * 1000;
  const double least = argc > 2 ? std::atof(argv[2]) : 0;
  const std::string wanted = argc > 3 ? argv[3] : "";
  for (const char* stage : kStages) std::printf("%16s", stage);
  std::printf("\n");
  for (const PathologicalClass& entry : large_post_classes()) {
    if (entry.name.find(wanted) == std::string::npos) continue;
    const std::vector<double> once = measure(entry.make(bytes));
    const std::vector<double> twice = measure(entry.make(2 * bytes));
    bool is_slow = false;
    for (const double time : twice) is_slow = is_slow || time >= least;
    if (!is_slow) continue;
    for (std::size_t i = 0; i < kStageCount; ++i) std::printf("%8.0f%8.0f", once[i], twice[i]);
    std::printf("  %s\n", entry.name.c_str());
    std::fflush(stdout);
  }
  return 0;
}
