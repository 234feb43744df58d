// Character references: "&amp;", "&#65;", "&#x41;".
#pragma once

#include <string>
#include <string_view>

namespace octavo {

// Appends what `entity`, from '&' to ';', stands for. Unknown names stay as written; code points that cannot be become U+FFFD.
void append_entity(std::string_view entity, std::string& out);

}  // namespace octavo
