// Copies gumbo's tree into HtmlNodes; the only file that sees gumbo.
#include "press/base/gumbo_parser.h"

#include <gumbo.h>

#include <algorithm>
#include <optional>
#include <string>

#include "core/base/utf8.h"

namespace octavo {
namespace {

// gumbo puts U+FFFD in the place of control characters and noncharacters. The HTML Standard has them in the text
// (section 13.2.3.5 names them errors and changes nothing), and browsers do as it says. So each crosses gumbo as kMark and its
// number in digits that are private-use characters. The mark and the digits cross in the same way, so only character references
// can feign a number.
constexpr char32_t kMark = 0xF8FF;
constexpr char32_t kFirstDigit = 0xE000;
constexpr char32_t kLastDigit = kFirstDigit + 15;
constexpr int kDigits = 6;
constexpr std::string_view kMarkBytes = "\uF8FF";
constexpr std::size_t kDigitBytes = 3;

bool is_disguised(char32_t c) {
  if (c < 0x80) {
    // The others mean something to the parser.
    return c == 0x7F || (c < 0x20 && c != 0 && c != '\t' && c != '\n' && c != '\f' && c != '\r');
  }
  const bool is_noncharacter = (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
  return c <= 0x9F || is_noncharacter || c == kMark || (c >= kFirstDigit && c <= kLastDigit);
}

std::string disguised(std::string_view html) {
  std::string out;
  out.reserve(html.size());
  std::size_t plain = 0;
  for (std::size_t at = 0; at < html.size();) {
    const DecodedCodePoint decoded = decode_utf8(html, at);
    if (is_disguised(decoded.value)) {
      (out += html.substr(plain, at - plain)) += kMarkBytes;
      for (int shift = 4 * (kDigits - 1); shift >= 0; shift -= 4) append_utf8(out, kFirstDigit + ((decoded.value >> shift) & 15));
      plain = at + decoded.length;
    }
    at += decoded.length;
  }
  return out += html.substr(plain);
}

// The character whose number begins the text; nothing where none does.
std::optional<char32_t> disguised_character(std::string_view digits) {
  if (digits.size() < kDigits * kDigitBytes) return std::nullopt;
  char32_t value = 0;
  for (std::size_t i = 0; i < kDigits; ++i) {
    const char32_t digit = decode_utf8(digits, i * kDigitBytes).value;
    if (digit < kFirstDigit || digit > kLastDigit) return std::nullopt;
    value = value * 16 + (digit - kFirstDigit);
  }
  return value;
}

std::string revealed(std::string text) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = text.find(kMarkBytes); at != std::string::npos; at = text.find(kMarkBytes, at)) {
    at += kMarkBytes.size();
    const std::optional<char32_t> character = disguised_character(std::string_view(text).substr(at));
    if (!character) continue;
    out.append(text, done, at - kMarkBytes.size() - done);
    append_utf8(out, *character);
    at += kDigits * kDigitBytes;
    done = at;
  }
  return done == 0 ? text : out.append(text, done);
}

// Elements whose content is of no use to readers of the tree; SVG and MathML follow rules of their own.
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
    node.attributes.emplace_back(revealed(attribute.name), revealed(attribute.value));
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
      node.tag = revealed(tag_name(element));
      copy_attributes(element.attributes, node);
      copy_children(element.children, node, depth + 1);
      parent.children.push_back(std::move(node));
    } else if (child.type == GUMBO_NODE_TEXT || child.type == GUMBO_NODE_WHITESPACE || child.type == GUMBO_NODE_CDATA) {
      HtmlNode node;
      node.text = revealed(child.v.text.text);
      parent.children.push_back(std::move(node));
    }
  }
}

}  // namespace

HtmlNode GumboParser::parse_fragment(std::string_view html) {
  GumboOptions options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_BODY;
  options.max_errors = 0;
  const std::string source = disguised(html);
  GumboOutput* output = gumbo_parse_with_options(&options, source.data(), source.size());
  HtmlNode body;
  body.tag = "body";
  copy_children(output->root->v.element.children, body, 1);
  gumbo_destroy_output(&options, output);
  return body;
}

}  // namespace octavo
