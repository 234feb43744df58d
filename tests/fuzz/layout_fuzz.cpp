// Markdown to layout: the same twice, nothing outside the page, and every text once and in order.
#include <algorithm>
#include <string>
#include <vector>

#include "core/content/html/html_import.h"
#include "core/content/markdown/markdown.h"
#include "core/layout/display_list.h"
#include "core/layout/layout.h"
#include "fuzz/document_properties.h"
#include "fuzz/fuzz_input.h"
#include "fuzz/operations.h"
#include "press/base/gumbo_parser.h"

namespace octavo {
namespace {

// All letters of the markers of list items.
constexpr std::string_view kMarkerLetters[] = {"\u2022", "\u2610", "\u2611", "\u2612", "0", "1", "2", "3",
                                               "4",      "5",      "6",      "7",      "8", "9", "."};
constexpr float kTolerance = 0.75F;  // of rounding to device pixels
// Narrower windows are only survived: they cannot hold a letter and its margins.
constexpr float kLeastWidthCss = 200;

bool is_scrolled(const Layout& layout, std::uint32_t block_id) {
  return std::any_of(layout.scrolled_tables.begin(), layout.scrolled_tables.end(),
                     [block_id](const BlockRange& table) { return block_id > table.begin && block_id < table.end; });
}

void check_inside(const Layout& layout, const Rect& rect, std::uint32_t block_id) {
  OCTAVO_ASSERT(rect.width >= 0 && rect.height >= 0);
  OCTAVO_ASSERT(rect.y >= -kTolerance && rect.bottom() <= layout.height + kTolerance);
  if (is_scrolled(layout, block_id) || layout.viewport.width_css < kLeastWidthCss) return;
  OCTAVO_ASSERT(rect.x >= -kTolerance && rect.right() <= layout.width + kTolerance);
}

void check_places(const Layout& layout) {
  for (const Box& box : layout.boxes) check_inside(layout, box.rect, box.block_id);
  for (const Decoration& decoration : layout.decorations) check_inside(layout, decoration.rect, decoration.block_id);
  for (const PlacedImage& image : layout.images) check_inside(layout, image.rect, image.block_id);
  for (const HitTarget& target : layout.hit_targets) {
    for (const Rect& rect : target.rects) check_inside(layout, rect, target.block_id);
  }
  for (const LineBox& line : layout.lines) check_inside(layout, line.rect, line.block_id);
}

// Soft hyphens and controls of direction and of line ends are not drawn. A line that ends at a soft hyphen draws a hyphen that
// is not in the text, so hyphens are not compared.
bool is_drawn(char32_t c) {
  return c != 0xAD && c != 0x2010 && (c < 0x200B || c > 0x200F) && (c < 0x2028 || c > 0x202E) && (c < 0x2060 || c > 0x206F) &&
         c != 0xFEFF;
}

void append_drawn(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCodePoint code_point = decode_utf8(text, at);
    if (is_drawn(code_point.value)) append_visible(out, text.substr(at, code_point.length));
    at += code_point.length;
  }
}

// These give a line another order although each of its fragments may go from left to right.
bool has_direction_controls(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCodePoint code_point = decode_utf8(text, at);
    const char32_t c = code_point.value;
    if (c == 0x061C || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) return true;
    at += code_point.length;
  }
  return false;
}

// What the fragments of a block say.
struct DrawnText {
  std::string text;
  bool is_in_order = true;  // from left to right only, so that the order can be compared
};

std::vector<DrawnText> text_by_block(const Layout& layout, bool is_rtl) {
  std::vector<DrawnText> drawn(layout.boxes.size());
  for (const LineBox& line : layout.lines) {
    DrawnText& block = drawn.at(line.block_id);
    OCTAVO_ASSERT(line.first_fragment + std::size_t{line.fragment_count} <= layout.fragments.size());
    const auto first = layout.fragments.begin() + line.first_fragment;
    std::vector<TextFragment> fragments(first, first + line.fragment_count);
    const auto is_left = [](const TextFragment& a, const TextFragment& b) { return a.x < b.x; };
    std::stable_sort(fragments.begin(), fragments.end(), is_left);
    for (const TextFragment& fragment : fragments) {
      OCTAVO_ASSERT(fragment.text_begin <= fragment.text_end && fragment.text_end <= layout.text.size());
      block.is_in_order = block.is_in_order && !is_rtl && fragment.direction == Direction::LeftToRight;
      const std::size_t length = fragment.text_end - fragment.text_begin;
      append_drawn(block.text, std::string_view(layout.text).substr(fragment.text_begin, length));
    }
  }
  return drawn;
}

// Where the order cannot be compared: the same bytes, those of markers apart.
std::string sorted_bytes(std::string text) {
  std::erase_if(text,
                [](char c) { return std::string_view("0123456789.\u2022\u2610\u2611\u2612").find(c) != std::string_view::npos; });
  std::sort(text.begin(), text.end());
  return text;
}

// Without the markers of list items, which are on the first line of what is in the item.
std::string without_markers(std::string_view text, std::string_view expected) {
  if (!text.ends_with(expected)) return std::string(text);
  std::string_view markers = text.substr(0, text.size() - expected.size());
  while (!markers.empty()) {
    const auto* const letter = std::find_if(std::begin(kMarkerLetters), std::end(kMarkerLetters),
                                            [&](std::string_view each) { return markers.starts_with(each); });
    if (letter == std::end(kMarkerLetters)) return std::string(text);
    markers.remove_prefix(letter->size());
  }
  return std::string(expected);
}

void check_texts(const Block& block, const std::vector<DrawnText>& drawn, bool is_in_item) {
  std::string expected;
  append_drawn(expected, block.inlines.text);
  const bool may_have_marker = is_in_item || block.kind == BlockKind::ListItem;
  const DrawnText& own = drawn.at(block.id);
  if (own.is_in_order && !has_direction_controls(block.inlines.text)) {
    check_same_text(may_have_marker ? without_markers(own.text, expected) : own.text, expected);
  } else {
    check_same_text(sorted_bytes(own.text), sorted_bytes(expected));
  }
  for (const Block& child : block.children) check_texts(child, drawn, may_have_marker);
}

}  // namespace
}  // namespace octavo

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  static constexpr float kWidths[] = {320, 1, 160, 200, 600, 1400};
  static constexpr float kRatios[] = {1, 1.25F, 2, 0.25F};
  FuzzInput input(data, size);
  const bool shows_growth = input.shows_growth();
  const Viewport viewport{.width_css = kWidths[input.option(6)],
                          .device_pixel_ratio = kRatios[input.option(4)],
                          .text_scale = input.flag() ? 3.0F : 1.0F,
                          .scroll_bar_css = input.flag() ? 15.0F : 0.0F};
  const LayoutOptions options{.line_breaking = input.flag() ? LineBreaking::Optimum : LineBreaking::Greedy};
  GumboParser parser;
  const char* const direction = input.flag() ? "rtl" : "";
  const auto document_of = [&](std::string_view text) {
    Document document = resolve_html(parse_markdown(text, Dialect::Gfm, &parser), &parser);
    document.root.direction = direction;
    number_blocks(document);
    return document;
  };
  const Document document = document_of(input.text());
  FixedTextMeasurer measurer;
  const Layout layout = layout_page(document, viewport, measurer, options);
  OCTAVO_ASSERT(dump_layout(layout) == dump_layout(layout_page(document, viewport, measurer, options)));
  check_places(layout);
  check_texts(document.root, text_by_block(layout, *direction != '\0'), false);
  const DisplayList list = build_display_list(layout);
  for (const DisplayItem& item : list.items) check_inside(layout, item.rect, item.block_id);
  OCTAVO_ASSERT(is_valid_utf8(render_terminal(document, 20 + static_cast<std::uint32_t>(size % 60), TerminalStyle::Plain)));
  if (!shows_growth) return 0;
  check_growth(input.text(), [&](std::string_view text) {
    FixedTextMeasurer fresh;
    build_display_list(layout_page(document_of(text), viewport, fresh, options));
  });
  return 0;
}
