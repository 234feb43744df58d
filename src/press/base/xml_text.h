// Text made fit for an XML document.
#pragma once

#include <string>
#include <string_view>

namespace octavo {

// Escaped for content and for a double-quoted attribute. Characters that XML 1.0 has no place for are left out, invalid UTF-8
// becomes U+FFFD.
std::string xml_text(std::string_view text);

// HTML as the text of an XML element. What XML 1.0 has no place for is a character reference of the HTML there, so nothing is
// lost.
std::string xml_text_of_html(std::string_view html);

}  // namespace octavo
