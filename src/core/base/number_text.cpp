// Numbers as text. Emscripten's library before version 3.1.14 has no std::to_chars() for doubles, so the C library writes them.
#include "core/base/number_text.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "core/base/assert.h"

namespace octavo {

void append_number(std::string& out, double number) {
  OCTAVO_ASSERT(std::isfinite(number));
  // A double has at least 15 decimal digits and never needs more than 17.
  char text[32];
  for (int digits = 15; digits <= 17; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, number);
    if (std::strtod(text, nullptr) == number) break;
  }
  out += text;
}

}  // namespace octavo
