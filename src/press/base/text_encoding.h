// Text of declared encodings as UTF-8, by iconv.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace octavo {

struct ConvertedText {
  std::string text;          // valid UTF-8 without byte order mark
  std::size_t replaced = 0;  // bytes that are invalid in the encoding and became U+FFFD
};

// An Error when the encoding is unknown.
Result<ConvertedText> text_from_encoding(std::string_view bytes, const std::string& encoding);

// From the byte order mark or the XML declaration; "UTF-8" without either.
std::string declared_xml_encoding(std::string_view bytes);

}  // namespace octavo
