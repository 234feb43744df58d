// Letters of the scripts that have two cases.
#pragma once

namespace octavo {

// The small letter of a capital; anything else as it is. Only those whose small letter is one code point.
char32_t lower_letter(char32_t c);

}  // namespace octavo
