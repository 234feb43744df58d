// Numbers as text.
#pragma once

#include <string>

namespace octavo {

// Appends a short decimal text that reads back as the same double ("0.1", "1e+21"). Precondition: `number` is finite.
void append_number(std::string& out, double number);

}  // namespace octavo
