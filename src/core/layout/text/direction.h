// The two directions of horizontal text.
#pragma once

#include <cstdint>

namespace octavo {

enum class Direction : std::uint8_t { LeftToRight, RightToLeft };

}  // namespace octavo
