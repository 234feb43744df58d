// The rows of elements.def as a sorted table.
#include "core/content/html/html_elements.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace octavo {
namespace {

using M = HtmlMeaning;

constexpr bool by_tag(const HtmlElement& a, const HtmlElement& b) {
  return a.tag < b.tag;
}

constexpr HtmlElement row(std::string_view tag, HtmlMeaning meaning, TagLines line_ends, int syntax, int uses) {
  HtmlElement element{.tag = tag, .meaning = meaning, .line_ends = line_ends};
  element.syntax = static_cast<std::uint16_t>(syntax);
  element.uses = static_cast<std::uint8_t>(uses);
  return element;
}

constexpr HtmlElement of_inline(InlineKind kind, HtmlElement element) {
  element.inline_kind = kind;
  return element;
}

constexpr HtmlElement of_block(BlockKind kind, HtmlElement element) {
  element.block_kind = kind;
  return element;
}

// A struct, so that the rows' flags are found in its bases before names of the namespace.
struct Rows : HtmlSyntax, ElementUse {
  static constexpr auto sorted() {
    auto rows = std::to_array<HtmlElement>({
#define INLINE(kind, name, tag, meaning, look, syntax, uses, attributes) \
  of_inline(InlineKind::kind, row(tag, M::meaning, TagLines::None, syntax, uses)),
#define ALIAS(kind, tag, syntax, uses) of_inline(InlineKind::kind, row(tag, M::Inline, TagLines::None, syntax, uses)),
#define BLOCK(kind, name, tag, meaning, lines, syntax, uses, attributes) \
  of_block(BlockKind::kind, row(tag, M::meaning, TagLines::lines, syntax, uses)),
#define ELEMENT(tag, meaning, lines, syntax, uses, attributes) row(tag, M::meaning, TagLines::lines, syntax, uses),
#include "core/content/document/elements.def"
    });
    std::sort(rows.begin(), rows.end(), by_tag);
    return rows;
  }
};

constexpr auto kElements = Rows::sorted();
static_assert(std::adjacent_find(kElements.begin(), kElements.end(),
                                 [](const HtmlElement& a, const HtmlElement& b) { return a.tag == b.tag; }) == kElements.end(),
              "elements.def has two rows for one tag");

constexpr HtmlElement kUnknown{};

}  // namespace

const HtmlElement& html_element(std::string_view tag) {
  const auto* found = std::lower_bound(kElements.data(), kElements.data() + kElements.size(), HtmlElement{tag}, by_tag);
  return found != kElements.data() + kElements.size() && found->tag == tag ? *found : kUnknown;
}

std::span<const HtmlElement> html_elements() {
  return kElements;
}

std::string_view inline_tag(InlineKind kind) {
  static constexpr std::string_view kTags[] = {
#define INLINE(kind, name, tag, ...) tag,
#define INLINE_AS(kind, name, tag, look) tag,
#include "core/content/document/elements.def"
  };
  return kTags[static_cast<std::size_t>(kind)];
}

std::string_view block_kind_tag(BlockKind kind) {
  static constexpr std::string_view kTags[] = {
#define BLOCK(kind, name, tag, ...) tag,
#define BLOCK_AS(kind, name, tag) tag,
#include "core/content/document/elements.def"
  };
  return kTags[static_cast<std::size_t>(kind)];
}

bool is_block_element(const HtmlElement& element) {
  switch (element.meaning) {
    case M::Group:
    case M::Paragraph:
    case M::Heading:
    case M::Container:
    case M::Leaf:
    case M::List:
    case M::Preformatted:
    case M::Rule:
    case M::Table:
      return true;
    default:
      return false;
  }
}

}  // namespace octavo
