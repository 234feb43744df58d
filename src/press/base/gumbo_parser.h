// The native HtmlParser: gumbo, which follows the HTML Standard's parsing algorithm.
#pragma once

#include <string_view>

#include "core/content/html/html_parser.h"

namespace octavo {

// gumbo takes quadratic time and a deep stack on hostile input; html_import.cpp therefore passes only text of limited parse cost.
class GumboParser : public HtmlParser {
 public:
  HtmlNode parse_fragment(std::string_view html) override;
};

}  // namespace octavo
