// Numbers as text. The platform knows how: number_text.cpp natively, src/browser/platform.cpp in the browser, since C libraries
// bring 100 KB of tables or 128-bit arithmetic for digits that a page never shows.
#pragma once

#include <string>

namespace octavo {

// Appends the shortest decimal text that reads back as the same double ("0.1", "1e+21"). Precondition: `number` is finite.
void append_number(std::string& out, double number);

}  // namespace octavo
