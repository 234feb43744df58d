// The semantic tree: a Document as the HTML elements that mean it. Static pages, the reader's page layer and feeds are all
// written from it.
#pragma once

#include <string>
#include <string_view>

#include "core/content/document/document.h"
#include "core/content/html/semantic_element.h"

namespace octavo {

// Precondition: number_blocks() has been called. Every block has its element, with the block's id: paragraphs in tight lists are
// <p>, too, and the list has class="tight"; only plain CommonMark leaves them out. A table's id is on <table>, which is inside
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
