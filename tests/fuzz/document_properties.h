// What is true of every Document, whoever wrote the text that it was made from.
#pragma once

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "core/base/assert.h"
#include "core/base/url.h"
#include "core/base/utf8.h"
#include "core/content/document/content_limits.h"
#include "core/content/document/document.h"
#include "core/content/html/html_parser.h"
#include "core/content/html/semantic_tree.h"

namespace octavo {

inline bool is_code_point_begin(const std::string& text, std::uint32_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

inline void check_span(const std::string& text, const Span& span) {
  OCTAVO_ASSERT(span.begin <= span.end && span.end <= text.size());
  OCTAVO_ASSERT(is_code_point_begin(text, span.begin) && is_code_point_begin(text, span.end));
  const std::string_view covered = std::string_view(text).substr(span.begin, span.end - span.begin);
  if (span.kind == InlineKind::Image) OCTAVO_ASSERT(covered == kObjectReplacement);
  if (span.kind == InlineKind::HardBreak) OCTAVO_ASSERT(covered == "\n");
  OCTAVO_ASSERT(is_valid_utf8(span.url) && is_valid_utf8(span.title) && is_valid_utf8(span.alt) && is_valid_utf8(span.anchor));
}

// Spans are sorted, nest, are in range, and are no deeper than the limit.
inline void check_inlines(const InlineText& inlines) {
  OCTAVO_ASSERT(is_valid_utf8(inlines.text));
  std::vector<std::uint32_t> open_ends;
  std::uint32_t begin = 0;
  for (const Span& span : inlines.spans) {
    check_span(inlines.text, span);
    OCTAVO_ASSERT(span.begin >= begin);
    begin = span.begin;
    while (!open_ends.empty() && open_ends.back() <= span.begin) open_ends.pop_back();
    OCTAVO_ASSERT(open_ends.empty() || span.end <= open_ends.back());
    open_ends.push_back(span.end);
    OCTAVO_ASSERT(open_ends.size() <= kMaxInlineDepth + 2);  // an image or a break within the innermost
  }
}

inline void check_block(const Block& block, std::uint32_t depth, std::uint32_t max_depth = kMaxBlockDepth) {
  OCTAVO_ASSERT(depth <= max_depth);
  check_inlines(block.inlines);
  if (block.kind == BlockKind::Heading) OCTAVO_ASSERT(block.level >= 1 && block.level <= 6);
  for (const Block& child : block.children) {
    OCTAVO_ASSERT(block.kind != BlockKind::List || child.kind == BlockKind::ListItem);
    OCTAVO_ASSERT(block.kind != BlockKind::Table || child.kind == BlockKind::TableRow);
    OCTAVO_ASSERT(block.kind != BlockKind::TableRow || child.kind == BlockKind::TableCell);
    check_block(child, depth + 1, max_depth);
  }
}

inline void check_document(const Document& document) {
  OCTAVO_ASSERT(document.root.kind == BlockKind::Section);
  check_block(document.root, 0);
}

// Nothing of a stranger's HTML becomes markup: elements and addresses are those that the semantic tree knows.
inline void check_element(const Element& element) {
  static constexpr std::string_view kForbidden[] = {"script", "style", "iframe", "object", "embed", "form",
                                                    "base",   "meta",  "link",   "svg",    "math",  "#raw"};
  for (const std::string_view tag : kForbidden) OCTAVO_ASSERT(element.tag != tag);
  for (const auto& [name, value] : element.attributes) {
    OCTAVO_ASSERT(!name.starts_with("on") && name != "style" && name != "srcdoc");
    if (name == "href") OCTAVO_ASSERT(is_allowed_url(value, UrlUse::Link));
    if (name == "src") OCTAVO_ASSERT(is_allowed_url(value, UrlUse::Image));
  }
  for (const Element& child : element.children) check_element(child);
}

// White space apart, and what a parser of HTML replaces or drops: controls, noncharacters, the places of images.
inline bool is_compared(char32_t c) {
  const bool is_control = c <= ' ' || (c >= 0x7F && c <= 0x9F);
  const bool is_noncharacter = (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
  return !is_control && !is_noncharacter && c != 0xFFFC && c != kReplacementCharacter;
}

inline void append_visible(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCodePoint code_point = decode_utf8(text, at);
    if (is_compared(code_point.value)) out += text.substr(at, code_point.length);
    at += code_point.length;
  }
}

inline void append_block_text(std::string& out, const Block& block) {
  append_visible(out, block.inlines.text);
  for (const Block& child : block.children) append_block_text(out, child);
}

inline void append_element_text(std::string& out, const Element& element) {
  if (element.tag.empty()) append_visible(out, element.text);
  for (const Element& child : element.children) append_element_text(out, child);
}

// All text in order.
inline std::string visible_text(const Block& block) {
  std::string text;
  append_block_text(text, block);
  return text;
}

inline std::string visible_text(const Element& element) {
  std::string text;
  append_element_text(text, element);
  return text;
}

// Asserts that both are the same, and says where they begin to differ.
inline void check_same_text(const std::string& text, const std::string& expected) {
  if (text == expected) return;
  constexpr std::size_t kContext = 60;
  const auto differs = std::mismatch(text.begin(), text.end(), expected.begin(), expected.end());
  const auto at = static_cast<std::size_t>(differs.first - text.begin());
  const std::size_t begin = at - std::min(at, kContext);
  std::fprintf(stderr, "is:        ...%s\nshould be: ...%s\n", text.substr(begin, 2 * kContext).c_str(),
               expected.substr(begin, 2 * kContext).c_str());
  OCTAVO_ASSERT(text == expected);
}

// The page's elements, checked: every text once and in order, and nothing that is not allowed.
inline Element checked_tree(Document& document) {
  check_document(document);
  number_blocks(document);
  const Element tree = build_semantic_tree(document);
  check_element(tree);
  check_same_text(visible_text(tree), visible_text(document.root));
  return tree;
}

}  // namespace octavo
