// XML 1.0, section 2.2.
#include "press/base/xml_text.h"

#include <cstdint>

#include "core/base/utf8.h"

namespace octavo {

namespace {

bool is_xml_character(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n';
  return c != 0xFFFE && c != 0xFFFF;
}

enum class Unwritable : std::uint8_t { LeftOut, HtmlReference };

std::string escaped(std::string_view text, Unwritable unwritable) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (std::size_t offset = 0; offset < text.size();) {
    const DecodedCodePoint point = decode_utf8(text, offset);
    offset += point.length;
    switch (point.value) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\r':
        out += "&#13;";  // unescaped it would be read as a line end
        break;
      default:
        if (is_xml_character(point.value)) {
          append_utf8(out, point.value);
        } else if (unwritable == Unwritable::HtmlReference) {
          out += "&amp;#" + std::to_string(static_cast<std::uint32_t>(point.value)) + ";";
        }
        break;
    }
  }
  return out;
}

}  // namespace

std::string xml_text(std::string_view text) {
  return escaped(text, Unwritable::LeftOut);
}

std::string xml_text_of_html(std::string_view html) {
  return escaped(html, Unwritable::HtmlReference);
}

}  // namespace octavo
