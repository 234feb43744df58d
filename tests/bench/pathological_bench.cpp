// Prints how many milliseconds parse_markdown takes on every pathological class, at two sizes. Not a test, because tests do not
// depend on clocks.
//
//   bench_pathological [minimum milliseconds to print]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "core/content/markdown/markdown.h"
#include "support/pathological_markdown.h"

namespace {

double milliseconds_to_parse(const std::string& markdown) {
  const auto start = std::chrono::steady_clock::now();
  const octavo::Document document = octavo::parse_markdown(markdown);
  const auto end = std::chrono::steady_clock::now();
  if (document.root.kind != octavo::BlockKind::Section) std::abort();
  return std::chrono::duration<double, std::milli>(end - start).count();
}

std::string honest_article(std::size_t bytes) {
  std::string out;
  for (int i = 1; out.size() < bytes; ++i) {
    out += "## Section " + std::to_string(i) + "\n\nSome *plain* prose with [a link](https://example.org/" + std::to_string(i) +
           ") and `code`,\nwrapped over **several** lines as people do.\n\n- one\n- two\n  - nested\n\n```cpp\nint main() "
           "{}\n```\n\n";
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  const double least = argc > 1 ? std::atof(argv[1]) : 0;
  std::printf("%10s %10s\n", "200 KB", "1 MiB");
  const auto report = [&](const char* name, const std::string& small, const std::string& large) {
    const double small_ms = milliseconds_to_parse(small);
    const double large_ms = milliseconds_to_parse(large);
    if (std::max(small_ms, large_ms) >= least) std::printf("%10.1f %10.1f  %s\n", small_ms, large_ms, name);
    std::fflush(stdout);
  };
  constexpr std::size_t kSmall = 200 * 1000;
  constexpr std::size_t kLarge = 1024 * 1024;
  report("an honest article", honest_article(kSmall), honest_article(kLarge));
  for (const octavo::PathologicalClass& entry : octavo::pathological_classes()) {
    report(entry.name.c_str(), entry.make(kSmall), entry.make(kLarge));
  }
  return 0;
}
