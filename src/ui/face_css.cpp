// The CSS `font` shorthand of a Face.
#include "ui/face_css.h"

#include <cstdio>

namespace octavo {

std::string css_font(const Face& face) {
  char prefix[48];
  std::snprintf(prefix, sizeof prefix, "%s%u %.6gpx ", face.italic ? "italic " : "", static_cast<unsigned>(face.weight),
                static_cast<double>(face.size));
  return prefix + std::string(family_stack(face.family));
}

}  // namespace octavo
