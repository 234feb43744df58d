// The seam to an HTML5 parser: gumbo natively, the browser's inert DOMParser in the reader.
#pragma once

#include <cstdint>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace octavo {

// A node of parsed HTML. Text nodes have an empty tag. Tags and attribute names are lower case.
struct HtmlNode {
  std::string tag;
  std::string text;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<HtmlNode> children;

  // The attribute's value, or nullptr when it is absent.
  const std::string* attribute(std::string_view name) const;
};

class HtmlParser {
 public:
  virtual ~HtmlParser() = default;
  // Parses a fragment as the content of <body> (HTML Standard, section 13.2). Never fails; `html` has been through
  // limit_html_parse_cost(), so that depth and cost are bounded; comments, scripts and styles
  // may be left out of the result. The node returned is the body; its depth is at most kMaxHtmlDepth.
  virtual HtmlNode parse_fragment(std::string_view html) = 0;
};

inline constexpr std::uint32_t kMaxHtmlDepth = 128;

}  // namespace octavo
