// The semantic tree: a Document as the HTML elements that mean it. Static pages, the reader's page layer and feeds are all
// written from it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/content/document/document.h"

namespace octavo {

// One element, or a text node (empty tag), or raw HTML (tag "#raw", only where asked for).
struct Element {
  std::string tag;
  std::string text;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<Element> children;
  std::uint32_t block_id = 0;
  bool has_block_id = false;

  static Element of_text(std::string text);
  static Element of_tag(std::string tag);
  Element& set(std::string name, std::string value);  // appends an attribute
};

enum class BreakKind : std::uint8_t {
  Space,    // the white space at `offset` is where the line ends
  Between,  // the line ends before `offset`, where there is no white space (CJK, after a hyphen)
  Hyphen,   // the line ends before `offset` with a hyphen that is not in the text
};

// A line break that layout decided inside a block's text.
struct SoftBreak {
  std::uint32_t offset = 0;  // byte offset into InlineText::text
  BreakKind kind = BreakKind::Space;
};

struct BlockBreaks {
  std::uint32_t block_id = 0;
  std::vector<SoftBreak> breaks;  // ascending
};

struct SemanticOptions {
  // True only for the CommonMark conformance test and as the input of resolve_html(): raw HTML as written, no classes, no ids.
  bool plain_commonmark = false;
  // Line breaks, sorted by block id; blocks without an entry wrap as the browser likes. A Space break becomes
  // <span class="lb"> </span>, Between <span class="lb"></span>, Hyphen <span class="lh"></span><span class="lb"></span>.
  std::span<const BlockBreaks> breaks;
};

// Precondition: number_blocks() has been called. Every block has its element, with the block's id: paragraphs in tight lists are
// <p>, too, and the list has class="tight"; only plain CommonMark leaves them out. A table's id is on <table>, which stands in
// <div class="table">; a code block's on <pre>. Raw HTML that nobody resolved is shown as text. Addresses that is_allowed_url()
// refuses are left out (except in plain CommonMark). Links to other sites get rel="noopener".
Element build_semantic_tree(const Document& document, const SemanticOptions& options = {});

// The id of the element that says what is wrong with a field.
inline constexpr std::string_view kFieldProblemId = "octavo-problem";

// The tag of a block's own element.
std::string_view block_tag(const Block& block);

// HTML text with the line ends that the CommonMark specification's examples show.
std::string write_html(const Element& element);
// The children only, without the element's own tags.
std::string write_inner_html(const Element& element);

// For the page layer: an element is ["tag", block id or -1, {attributes}, child...], as in
// ["p",12,{"class":"byline"},"by ",["a",-1,{"href":"../"},"Ann"]]; text is a string. One compact JSON value, no white space.
std::string write_page_layer_json(const Element& element);

// Text escaped for HTML content, and for a double-quoted attribute.
std::string escape_html(std::string_view text);

}  // namespace octavo
