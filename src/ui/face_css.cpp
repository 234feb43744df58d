// The CSS `font` shorthand of a Face.
#include "ui/face_css.h"

#include "core/base/number_text.h"

namespace octavo {

std::string css_font(const Face& face) {
  std::string css = face.italic ? "italic " : "";
  css += std::to_string(face.weight) + ' ';
  append_number(css, static_cast<double>(face.size));
  css += "px ";
  return css += family_stack(face.family);
}

}  // namespace octavo
