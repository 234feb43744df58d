// The sample's posts in all their scripts on narrow screens and in large text: nothing leaves the page sideways, and nothing that
// a reader takes for one character is cut.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "core/layout/layout.h"
#include "core/layout/text/text_analysis.h"
#include "core/page/page.h"
#include "press/base/gumbo_parser.h"
#include "support/test_paths.h"

namespace octavo {
namespace {

std::string load(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Document page_of(const std::string& markdown, const std::string& title) {
  SiteInfo site;
  site.title = "A blog with a title";
  Post post;
  post.summary.title = title;
  post.summary.slug = "post";
  post.summary.tags = {"writing systems", "typography"};
  post.markdown = markdown;
  GumboParser parser;
  Document document = build_post_page(site, {}, post, &parser, {}).document;
  number_blocks(document);
  return document;
}

std::vector<Document> sample_pages() {
  std::vector<Document> pages;
  for (const auto& entry : std::filesystem::directory_iterator(assets_folder() + "/sample/content")) {
    if (entry.path().extension() != ".md") continue;
    const std::string text = load(entry.path());
    const std::string fence = text.starts_with('{') ? "\n}\n" : "\n" + text.substr(0, 3) + "\n";
    const std::size_t end = text.find(fence);
    EXPECT_NE(end, std::string::npos) << entry.path();
    pages.push_back(page_of(text.substr(end + fence.size()), entry.path().stem().string()));
  }
  return pages;
}

void collect_texts(const Block& block, std::map<std::uint32_t, const InlineText*>& texts) {
  texts[block.id] = &block.inlines;
  for (const Block& child : block.children) collect_texts(child, texts);
}

class NarrowPage {
 public:
  NarrowPage(const Document& document, float width, float scale, LineBreaking line_breaking)
      : layout_(layout_page(document, {.width_css = width, .height_css = 600, .device_pixel_ratio = 2, .text_scale = scale},
                            measurer_, {.line_breaking = line_breaking})) {
    collect_texts(document.root, texts_);
  }

  // "Hamburger at -3..40 of 200", for everything that is not within the page.
  std::string outside() const {
    std::string out;
    for (const LineBox& line : layout_.lines) {
      if (is_scrolled(line.block_id)) continue;
      for (std::uint32_t i = 0; i < line.fragment_count; ++i) {
        const TextFragment& fragment = layout_.fragments[line.first_fragment + i];
        const std::string text = layout_.text.substr(fragment.text_begin, fragment.text_end - fragment.text_begin);
        if (text != "\u2002") add_outside(text, fragment.x, fragment.x + fragment.width, out);
      }
    }
    for (const Box& box : layout_.boxes) {
      if (!is_scrolled(box.block_id)) add_outside(block_kind_name(box.kind), box.rect.x, box.rect.right(), out);
    }
    for (const PlacedImage& image : layout_.images) {
      if (!is_scrolled(image.block_id)) add_outside(image.url, image.rect.x, image.rect.right(), out);
    }
    return out;
  }

  std::string cut_characters() const {
    std::string out;
    std::vector<std::uint32_t> ends;
    for (const BlockBreaks& block : layout_.breaks) {
      const std::string& text = texts_.at(block.block_id)->text;
      find_grapheme_ends(text, ends);
      for (const SoftBreak& soft_break : block.breaks) {
        if (!std::binary_search(ends.begin(), ends.end(), soft_break.offset)) {
          out += text.substr(0, soft_break.offset) + "|" + text.substr(soft_break.offset) + "\n";
        }
      }
    }
    return out;
  }

  std::size_t lines() const { return layout_.lines.size(); }

 private:
  bool is_scrolled(std::uint32_t block_id) const {
    return std::any_of(layout_.scrolled_tables.begin(), layout_.scrolled_tables.end(),
                       [&](const BlockRange& range) { return block_id > range.begin && block_id < range.end; });
  }

  void add_outside(std::string_view name, float left, float right, std::string& out) const {
    constexpr float kTolerance = 0.1F;
    if (left >= -kTolerance && right <= layout_.width + kTolerance) return;
    out += std::string(name) + " at " + std::to_string(left) + ".." + std::to_string(right) + " of " +
           std::to_string(layout_.width) + "\n";
  }

  FixedTextMeasurer measurer_;
  Layout layout_;
  std::map<std::uint32_t, const InlineText*> texts_;
};

void expect_inside(const Document& document) {
  for (float width = 200; width <= 400; width += 20) {
    for (const float scale : {1.0F, 1.5F, 2.0F, 3.0F}) {
      for (const LineBreaking line_breaking : {LineBreaking::Greedy, LineBreaking::Optimum}) {
        const NarrowPage page(document, width, scale, line_breaking);
        EXPECT_GT(page.lines(), 0U);
        EXPECT_EQ(page.outside(), "") << width << " wide, text at " << scale;
        EXPECT_EQ(page.cut_characters(), "") << width << " wide, text at " << scale;
      }
    }
  }
}

TEST(NarrowLayout, EveryPostOfTheSampleStaysOnThePage) {
  const std::vector<Document> pages = sample_pages();
  EXPECT_GE(pages.size(), 6U);
  for (const Document& page : pages) expect_inside(page);
}

TEST(NarrowLayout, LongWordsMarkersAndClustersStayOnThePage) {
  expect_inside(page_of("1998. " + std::string(400, 'w') +
                            "\n1999. item\n\n- a\n  - b\n    - c\n      - d\n        - e\n          - f\n            - g\n\n"
                            "> > > > > > > > quoted\n\n- [ ] task\n- [x] " +
                            std::string(90, 'm') + "\n\nsyl\u00ADla\u00ADbles\u00ADwith\u00ADsoft\u00ADhyphens `code_in_a_line_" +
                            std::string(90, 'x') + "`\n\n<div dir=rtl>\n\n- \u05D0\n  - \u05D1\n    1000. \u05D2\n\n</div>\n",
                        std::string(60, 'T')));
}

TEST(NarrowLayout, CombiningSequencesAndJoinedEmojiAreNeverCut) {
  std::string text;
  for (int i = 0; i < 40; ++i) {
    text +=
        "e\u0301\u0302\u0327\U0001F469\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466\U0001F1E9\U0001F1EA\u0915\u094D\u0937"
        "\u093F"
        "\u1100\u1161\u11A8\u0E01\u0E34\u0E48\U0001F44D\U0001F3FD";
  }
  expect_inside(page_of(text + "\n\n```\n" + text + "\n```\n\n`" + text + "`\n", "\u0301"));
}

}  // namespace
}  // namespace octavo
