// A Face as the CSS `font` shorthand, the form in which the browser takes it.
#pragma once

#include <string>

#include "core/layout/style/style.h"

namespace octavo {

// "italic 700 18.5px Georgia, serif".
std::string css_font(const Face& face);

}  // namespace octavo
