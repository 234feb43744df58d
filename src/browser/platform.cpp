// Failed assertions, which the page shows instead of printing them.
#include <string>

#include "browser/imports.h"
#include "core/base/assert.h"

namespace octavo {

void assertion_failed(const char* expression, const char* file, int line) {
  const std::string message = std::string(file) + ':' + std::to_string(line) + ": assertion failed: " + expression;
  octavojs_crashed(message.data(), message.size());
  __builtin_trap();
}

}  // namespace octavo
