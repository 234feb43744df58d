// Layout asks the platform for no more than twice as much when a post is twice as large, in whichever way it is large, and ends
// with no more than twice as many lines.
#include "support/large_posts.h"

#include <gtest/gtest.h>

#include "core/content/html/html_import.h"
#include "core/content/markdown/markdown.h"
#include "core/layout/layout.h"

namespace octavo {
namespace {

class CountingMeasurer final : public TextMeasurer {
 public:
  void measure(const Face& face, std::string_view language, std::span<const std::string_view> words,
               std::span<float> widths) override {
    ++steps;
    for (const std::string_view word : words) steps += 1 + word.size();
    real_.measure(face, language, words, widths);
  }
  FaceMetrics metrics(const Face& face, std::string_view language) override {
    ++steps;
    return real_.metrics(face, language);
  }
  void grapheme_ends(std::string_view text, std::vector<std::uint32_t>& ends) override {
    steps += text.size();
    real_.grapheme_ends(text, ends);
  }

  std::size_t steps = 0;

 private:
  FixedTextMeasurer real_;
};

// Bytes measured and cut, and what the layout consists of.
std::size_t steps_of(const std::string& markdown, LineBreaking line_breaking) {
  Document document = resolve_html(parse_markdown(markdown), nullptr);
  number_blocks(document);
  CountingMeasurer measurer;
  const Viewport phone{.width_css = 360, .height_css = 740, .device_pixel_ratio = 2};
  const Layout layout = layout_page(document, phone, measurer, {.line_breaking = line_breaking});
  return measurer.steps + layout.lines.size() + layout.fragments.size() + layout.text.size() + layout.boxes.size();
}

class LargePosts : public testing::TestWithParam<std::size_t> {};

TEST_P(LargePosts, TwiceTheTextIsAtMostTwoAndAHalfTimesTheSteps) {
  constexpr std::size_t kBytes = 40'000;
  const PathologicalClass& large = large_post_classes()[GetParam()];
  for (const LineBreaking line_breaking : {LineBreaking::Greedy, LineBreaking::Optimum}) {
    const auto once = static_cast<double>(steps_of(large.make(kBytes), line_breaking));
    const auto twice = static_cast<double>(steps_of(large.make(2 * kBytes), line_breaking));
    EXPECT_LE(twice, 2.5 * once) << large.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Classes, LargePosts, testing::Range<std::size_t>(0, large_post_classes().size()));

}  // namespace
}  // namespace octavo
