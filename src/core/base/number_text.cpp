// Numbers as text, by the C++ library.
#include "core/base/number_text.h"

#include <charconv>

#include "core/base/assert.h"

namespace octavo {

void append_number(std::string& out, double number) {
  char buffer[32];
  const std::to_chars_result result = std::to_chars(buffer, buffer + sizeof buffer, number);
  OCTAVO_ASSERT(result.ec == std::errc());
  out.append(buffer, result.ptr);
}

}  // namespace octavo
