// Unicode's simple lowercase mapping, for the scripts that have two cases.
#pragma once

namespace octavo {

// A code point whose mapping is to itself, or to several code points, comes back as it is.
char32_t simple_lowercase(char32_t c);

}  // namespace octavo
