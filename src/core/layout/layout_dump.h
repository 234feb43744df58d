// Words that dumps of layouts and display lists share.
#pragma once

#include <string>
#include <string_view>

#include "core/layout/tree/layout_tree.h"

namespace octavo {

std::string dump_number(float value);     // rounded to a whole number
std::string dump_rect(const Rect& rect);  // "x,y widthxheight"
std::string dump_face(const Face& face);  // "serif 19 bold italic"

}  // namespace octavo
