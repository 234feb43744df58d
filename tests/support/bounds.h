// How long native tests wait for what must happen. No test is about speed: the bound only ends what would never end.
#pragma once

#include <chrono>

namespace octavo {

// As in tests/browser/support/bounds.mjs: far beyond what any answer takes, also on a machine that has other things to do.
inline constexpr std::chrono::seconds kLongestWait{180};

}  // namespace octavo
