// Small steps with text of ASCII: names, headers, words of a format.
#pragma once

#include <string>
#include <string_view>

namespace octavo {

// Small letters for the capitals A to Z; every other byte as it is.
std::string lower_ascii(std::string_view text);

// Without blanks, tabs and line ends at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace octavo
