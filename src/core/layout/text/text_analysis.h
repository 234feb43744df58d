// What Unicode says about a text: where lines may break (UAX #14), what a reader takes for one character (UAX #29) and in which
// direction it runs (UAX #9).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/layout/text/direction.h"

namespace octavo {

// Per byte: nonzero where a line may end after the code point that this byte completes. `text` has no line ends but '\n'.
void find_line_breaks(std::string_view text, std::string_view language, std::vector<char>& breaks);

// Byte offsets at which grapheme clusters end, ascending; the last one is text.size().
void find_grapheme_ends(std::string_view text, std::vector<std::uint32_t>& ends);

// Columns of a grapheme cluster in a grid: 0 (marks and controls), 1, or 2 (East Asian Wide, emoji).
std::uint32_t grapheme_columns(std::string_view cluster);

// Direction of the first strong character outside isolates (UAX #9, P2 and P3); none without one.
std::optional<Direction> first_strong_direction(std::string_view text);

// Embedding levels per byte, each line a paragraph of its own; false and nothing written when all of them are 0.
bool find_bidi_levels(std::string_view text, Direction base, std::vector<std::uint8_t>& levels);

// Scripts written without spaces, whose words only a dictionary knows (line break class SA).
bool is_dictionary_script(char32_t code_point);

}  // namespace octavo
