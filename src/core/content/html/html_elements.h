// The allow-list: what each HTML element means to a Document, made from elements.def.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/content/document/document.h"

namespace octavo {

enum class HtmlMeaning : std::uint8_t {
  Transparent,  // inline; its content is kept, as with every element that is not listed
  Group,        // a block without a meaning of its own
  Remove,       // with its content
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

// What a parser that follows the HTML Standard does with an element; see html_parse_cost.cpp.
struct HtmlSyntax {
  enum Flag : std::uint16_t {
    Other = 0,
    Void = 1,         // it has no content and no end tag
    RawText = 2,      // its content is not markup
    Foreign = 4,      // SVG, MathML: its content follows other rules
    Formatting = 8,   // it is reopened after a block's end has closed it
    ScopeEnd = 16,    // end tags do not reach beyond it
    Block = 32,       // its end tag closes everything that was opened inside
    Phrasing = 64,    // a new list item or term looks through it for the one before
    TablePart = 128,  // a table, or what it consists of
  };
};

// Where an element may be, and how it is copied (shell/page/copying.js).
struct ElementUse {
  enum Flag : std::uint8_t { Nowhere = 0, Page = 1, Comment = 2, Copied = 4, Wrapper = 8, LeftOut = 16 };
};

// Where the HTML writer breaks lines, as the CommonMark specification's examples do.
enum class TagLines : std::uint8_t { None, Around, AroundAndInside };

struct HtmlElement {
  std::string_view tag;
  HtmlMeaning meaning = HtmlMeaning::Transparent;
  InlineKind inline_kind = InlineKind::Emphasis;
  BlockKind block_kind = BlockKind::Paragraph;
  TagLines line_ends = TagLines::None;
  std::uint16_t syntax = HtmlSyntax::Other;
  std::uint8_t uses = ElementUse::Nowhere;

  bool is(HtmlSyntax::Flag flag) const { return (syntax & flag) != 0; }
  bool is(ElementUse::Flag flag) const { return (uses & flag) != 0; }
};

// A row without a tag for an element that is not listed.
const HtmlElement& html_element(std::string_view tag);

// All rows, by tag.
std::span<const HtmlElement> html_elements();

// The tag that a kind is written as. Kinds that several elements share (lists, headings, cells) have the first one.
std::string_view inline_tag(InlineKind kind);
std::string_view block_kind_tag(BlockKind kind);

// Whether the element begins and ends lines.
bool is_block_element(const HtmlElement& element);

}  // namespace octavo
