// Copies gumbo's tree into HtmlNodes; the only file that sees gumbo.
#include "press/base/gumbo_parser.h"

#include <gumbo.h>

#include <algorithm>
#include <string>

namespace octavo {
namespace {

// Elements whose content no reader of the tree wants; SVG and MathML follow rules of their own.
bool is_left_out(const GumboElement& element) {
  return element.tag_namespace != GUMBO_NAMESPACE_HTML || element.tag == GUMBO_TAG_SCRIPT || element.tag == GUMBO_TAG_STYLE;
}

std::string tag_name(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
  GumboStringPiece piece = element.original_tag;
  gumbo_tag_from_original_text(&piece);
  std::string name(piece.data == nullptr ? "" : piece.data, piece.length);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return name.empty() ? "unknown" : name;  // text nodes are those without a tag
}

void copy_attributes(const GumboVector& attributes, HtmlNode& node) {
  for (unsigned i = 0; i < attributes.length; ++i) {
    const auto& attribute = *static_cast<const GumboAttribute*>(attributes.data[i]);
    node.attributes.emplace_back(attribute.name, attribute.value);
  }
}

// Children beyond kMaxHtmlDepth go to the last element that still fits.
void copy_children(const GumboVector& children, HtmlNode& parent, std::uint32_t depth) {
  for (unsigned i = 0; i < children.length; ++i) {
    const auto& child = *static_cast<const GumboNode*>(children.data[i]);
    if (child.type == GUMBO_NODE_ELEMENT) {
      const GumboElement& element = child.v.element;
      if (is_left_out(element)) continue;
      if (depth >= kMaxHtmlDepth) {
        copy_children(element.children, parent, depth);
        continue;
      }
      HtmlNode node;
      node.tag = tag_name(element);
      copy_attributes(element.attributes, node);
      copy_children(element.children, node, depth + 1);
      parent.children.push_back(std::move(node));
    } else if (child.type == GUMBO_NODE_TEXT || child.type == GUMBO_NODE_WHITESPACE || child.type == GUMBO_NODE_CDATA) {
      HtmlNode node;
      node.text = child.v.text.text;
      parent.children.push_back(std::move(node));
    }
  }
}

}  // namespace

HtmlNode GumboParser::parse_fragment(std::string_view html) {
  GumboOptions options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_BODY;
  options.max_errors = 0;
  GumboOutput* output = gumbo_parse_with_options(&options, html.data(), html.size());
  HtmlNode body;
  body.tag = "body";
  copy_children(output->root->v.element.children, body, 1);
  gumbo_destroy_output(&options, output);
  return body;
}

}  // namespace octavo
