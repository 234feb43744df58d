// Names are looked up in md4c's table.
#include "core/content/html_entity.h"

#include "core/base/utf8.h"

extern "C" {
#include <entity.h>
}

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
  if (value == 0 || value > 0x10FFFF || is_surrogate) {
    append_utf8(out, kReplacementCharacter);
  } else {
    append_utf8(out, value);
  }
}

}  // namespace

void append_entity(std::string_view entity, std::string& out) {
  if (entity.size() > 3 && entity[1] == '#') return append_numeric_entity(entity, out);
  const ENTITY* found = entity_lookup(entity.data(), entity.size());
  if (found == nullptr) {
    out += entity;
    return;
  }
  append_utf8(out, found->codepoints[0]);
  if (found->codepoints[1] != 0) append_utf8(out, found->codepoints[1]);
}

}  // namespace octavo
