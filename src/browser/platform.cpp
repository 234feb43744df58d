// What the browser does instead of the C library: failed assertions are shown by the page instead of printed, and numbers are
// read and written by JavaScript. The library's versions bring 128-bit arithmetic and formatted output, 20 KB.
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <string>

#include "browser/imports.h"
#include "core/base/assert.h"
#include "core/base/number_text.h"

namespace octavo {

void assertion_failed(const char* expression, const char* file, int line) {
  const std::string message = std::string(file) + ':' + std::to_string(line) + ": assertion failed: " + expression;
  octavojs_crashed(message.data(), message.size());
  __builtin_trap();
}

// Lengths have at most two decimals, so the way through JavaScript is for rare numbers.
void append_number(std::string& out, double number) {
  const double hundredths = number * 100;
  if (std::abs(hundredths) < 1e9 && std::round(hundredths) / 100 == number) {
    const auto whole = static_cast<std::int32_t>(std::round(hundredths));
    const std::int32_t size = std::abs(whole);
    if (whole < 0) out += '-';
    out += std::to_string(size / 100);
    if (size % 100 != 0) out += '.', out += static_cast<char>('0' + size / 10 % 10);
    if (size % 10 != 0) out += static_cast<char>('0' + size % 10);
    return;
  }
  char text[32];
  out.append(text, octavojs_number_text(number, text));
}

}  // namespace octavo

// Whoever reads JSON asks for strtod(), and only for whole tokens.
extern "C" {

double strtod(const char* text, char** end) {
  const std::size_t length = std::strlen(text);
  if (end != nullptr) *end = const_cast<char*>(text) + length;
  return octavojs_number(text, length);
}

// The three live in one file of the C library: whoever asks for one of them would get that file.
float strtof(const char* text, char** end) {
  return static_cast<float>(strtod(text, end));
}
long double strtold(const char* text, char** end) {
  return strtod(text, end);
}

// Nothing is formatted but what nlohmann/json says of control characters; other formats give nothing.
int snprintf(char* out, std::size_t size, const char* format, ...) {
  constexpr char kControl[] = "<U+%.4X>";
  constexpr std::size_t kDigitsAt = 3;
  constexpr int kLength = 8;
  if (size > 0) *out = '\0';
  if (size <= kLength || std::strcmp(format, kControl) != 0) return 0;
  va_list arguments;
  va_start(arguments, format);
  const unsigned code = va_arg(arguments, unsigned);
  va_end(arguments);
  std::memcpy(out, "<U+0000>", kLength + 1);
  for (unsigned i = 0; i < 4; ++i) out[kDigitsAt + i] = "0123456789ABCDEF"[code >> (12 - 4 * i) & 15];
  return kLength;
}

}  // extern "C"
