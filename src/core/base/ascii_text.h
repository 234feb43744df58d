// Operations on ASCII text: names, headers, keywords of a format.
#pragma once

#include <string>
#include <string_view>

namespace octavo {

// A to Z in lower case; every other byte as it is.
std::string ascii_lowercase(std::string_view text);

// Trimmed of blanks, tabs and line ends at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace octavo
