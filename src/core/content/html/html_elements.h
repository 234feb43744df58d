// The allow-list: what each HTML element means to a Document.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/content/document/document.h"

namespace octavo {

enum class HtmlMeaning : std::uint8_t {
  Transparent,  // inline; its content counts, and so it is with every element that is not listed
  Group,        // a block without a meaning of its own
  Vanish,       // with its content
  Inline,       // `inline_kind` over its content
  Link,
  Image,
  Break,
  Time,
  Checkbox,
  Paragraph,
  Heading,
  Container,  // `block_kind` with blocks inside
  Leaf,       // `block_kind` with text inside
  List,
  Preformatted,
  Rule,
  Table,
};

struct HtmlElement {
  std::string_view tag;
  HtmlMeaning meaning = HtmlMeaning::Transparent;
  InlineKind inline_kind = InlineKind::Emphasis;
  BlockKind block_kind = BlockKind::Paragraph;
};

const HtmlElement& html_element(std::string_view tag);

// Whether the element begins and ends lines.
bool is_block_element(const HtmlElement& element);

}  // namespace octavo
