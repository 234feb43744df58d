// Reads numbers with the browser's own parser instead of the C library's: nlohmann/json asks for strtod(), and the library's
// version brings 128-bit arithmetic, 11 KB, for digits that a page never sees. Only whole tokens of JSON are ever asked for.
#include <cstring>

#include "browser/imports.h"

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

}  // extern "C"
