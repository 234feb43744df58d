// The style table as CSS.
#pragma once

#include <string>

namespace octavo {

// The CSS of the static pages and of the reader's page layer: exactly the numbers of the table, with media queries for size class
// and color scheme, colors as custom properties. Deterministic.
std::string build_stylesheet();

}  // namespace octavo
