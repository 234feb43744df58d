// Named character references from md4c's table: 31 KB that a native program can spare.
#include "core/base/utf8.h"
#include "core/content/html/html_entity.h"

extern "C" {
#include <entity.h>
}

namespace octavo {

std::string named_characters(std::string_view entity, HtmlParser*) {
  std::string characters;
  const ENTITY* found = entity_lookup(entity.data(), entity.size());
  if (found == nullptr) return characters;
  append_utf8(characters, found->codepoints[0]);
  if (found->codepoints[1] != 0) append_utf8(characters, found->codepoints[1]);
  return characters;
}

}  // namespace octavo
