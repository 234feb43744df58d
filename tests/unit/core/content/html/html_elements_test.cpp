// The table of elements: what is read is written, and what is written is allowed.
#include "core/content/html/html_elements.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/content/html/html_import.h"
#include "core/content/html/semantic_tree.h"
#include "press/base/gumbo_parser.h"

namespace octavo {
namespace {

Document document_of(const std::string& html) {
  GumboParser parser;
  Document document = document_from_html(html, parser);
  number_blocks(document);
  return document;
}

std::string html_of(const Document& document) {
  return write_inner_html(build_semantic_tree(document));
}

TEST(HtmlElements, EveryInlineElementIsReadAndWritten) {
  std::size_t count = 0;
  for (const HtmlElement& element : html_elements()) {
    if (element.meaning != HtmlMeaning::Inline) continue;
    ++count;
    const std::string tag(element.tag);
    const Document document = document_of("<p>a <" + tag + ">b</" + tag + "> c</p>");
    ASSERT_EQ(document.root.children.size(), 1U) << tag;
    const std::vector<Span>& spans = document.root.children[0].inlines.spans;
    ASSERT_EQ(spans.size(), 1U) << tag;
    EXPECT_EQ(spans[0].kind, element.inline_kind) << tag;
    const std::string written(inline_tag(element.inline_kind));
    EXPECT_EQ(html_of(document), "<p>a <" + written + ">b</" + written + "> c</p>\n");
  }
  EXPECT_GE(count, 17U);
}

TEST(HtmlElements, EveryKindIsWrittenAsAnElementOfThePage) {
  for (int i = 0; i <= static_cast<int>(kLastInlineKind); ++i) {
    const auto kind = static_cast<InlineKind>(i);
    EXPECT_EQ(html_element(inline_tag(kind)).is(ElementUse::Page), kind != InlineKind::RawHtml) << inline_kind_name(kind);
  }
  for (int i = 0; i <= static_cast<int>(kLastBlockKind); ++i) {
    const auto kind = static_cast<BlockKind>(i);
    EXPECT_TRUE(html_element(block_kind_tag(kind)).is(ElementUse::Page)) << block_kind_name(kind);
  }
}

TEST(HtmlElements, WhatVanishesIsNowhereButInFields) {
  for (const HtmlElement& element : html_elements()) {
    if (element.is(ElementUse::Comment) || element.is(ElementUse::Copied)) {
      EXPECT_TRUE(element.is(ElementUse::Page)) << element.tag;
    }
    const bool is_field = element.tag == "button" || element.tag == "textarea";
    if (element.meaning == HtmlMeaning::Remove && !is_field) {
      EXPECT_FALSE(element.is(ElementUse::Page)) << element.tag;
    }
  }
  EXPECT_EQ(html_element("blink").meaning, HtmlMeaning::Transparent);
  EXPECT_TRUE(html_element("blink").tag.empty());
}

}  // namespace
}  // namespace octavo
