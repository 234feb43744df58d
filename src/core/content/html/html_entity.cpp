// Numbers are decoded here, names where the platform has them.
#include "core/content/html/html_entity.h"

#include "core/base/utf8.h"

namespace octavo {
namespace {

unsigned digit_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  return static_cast<unsigned>((c | 0x20) - 'a') + 10;
}

void append_numeric_entity(std::string_view entity, std::string& out) {
  const bool hex = entity[2] == 'x' || entity[2] == 'X';
  char32_t value = 0;
  for (std::size_t i = hex ? 3 : 2; i + 1 < entity.size(); ++i) {
    value = value * (hex ? 16 : 10) + digit_value(entity[i]);
    if (value > 0x10FFFF) break;
  }
  const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
  append_utf8(out, value == 0 || value > 0x10FFFF || is_surrogate ? kReplacementCharacter : value);
}

}  // namespace

void append_entity(std::string_view entity, HtmlParser* html_parser, std::string& out) {
  if (entity.size() > 3 && entity[1] == '#') return append_numeric_entity(entity, out);
  const std::string characters = named_characters(entity, html_parser);
  if (characters.empty()) {
    out += entity;
  } else {
    out += characters;
  }
}

}  // namespace octavo
