// An assertion that stays on in every build: our own bugs stop the program with a message instead of going on with wrong state.
#pragma once

namespace octavo {

// Prints `file:line: assertion failed: expression` to stderr and aborts; in the browser (src/browser/platform.cpp) the page hears
// of it and shows what it has without the program.
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);

}  // namespace octavo

#define OCTAVO_ASSERT(condition) ((condition) ? static_cast<void>(0) : ::octavo::assertion_failed(#condition, __FILE__, __LINE__))
