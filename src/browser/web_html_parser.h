// Untrusted HTML parsed by the browser's own parser in an inert document, where nothing loads and no script runs.
#pragma once

#include "core/content/html/html_parser.h"

namespace octavo {

class WebHtmlParser final : public HtmlParser {
 public:
  HtmlNode parse_fragment(std::string_view html) override;
};

}  // namespace octavo
