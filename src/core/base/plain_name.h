// Names from strangers made harmless: what they show is what they are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace octavo {

// Unicode's nonspacing marks that can be piled upon any letter ("zalgo"); more than this are dropped from a name.
inline constexpr std::size_t kMaxMarksInName = 8;
// No script needs as many marks on one letter (UAX #15, Stream-Safe Text Format).
inline constexpr std::size_t kMaxMarksInText = 30;

// One line of text as a name: no control, bidi, zero-width or other invisible characters (except the joiners inside words of
// scripts that need them), white space collapsed and trimmed, at most kMaxMarksInName marks in a row, at most `max_code_points`.
std::string plain_name(std::string_view text, std::size_t max_code_points);

// The length of the longest run of combining marks.
std::size_t longest_mark_run(std::string_view text);

std::size_t count_code_points(std::string_view text);

}  // namespace octavo
