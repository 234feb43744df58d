// Filters the code points of a name.
#include "core/base/plain_name.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"

namespace octavo {

namespace {

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t Count>
bool is_in(const std::array<Range, Count>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [c](const Range& range) { return c >= range.first && c <= range.last; });
}

// Blocks of combining marks that are not bound to a script, and those of scripts whose marks stack.
constexpr auto kMarks = std::to_array<Range>({{0x0300, 0x036F},
                                              {0x0483, 0x0489},
                                              {0x0591, 0x05BD},
                                              {0x0610, 0x061A},
                                              {0x064B, 0x065F},
                                              {0x0E31, 0x0E31},
                                              {0x0E34, 0x0E3A},
                                              {0x0E47, 0x0E4E},
                                              {0x1AB0, 0x1AFF},
                                              {0x1DC0, 0x1DFF},
                                              {0x20D0, 0x20FF},
                                              {0xFE20, 0xFE2F}});

constexpr auto kInvisible = std::to_array<Range>({{0x0000, 0x001F},
                                                  {0x007F, 0x009F},
                                                  {0x00AD, 0x00AD},
                                                  {0x034F, 0x034F},
                                                  {0x061C, 0x061C},
                                                  {0x115F, 0x1160},
                                                  {0x17B4, 0x17B5},
                                                  {0x180B, 0x180F},
                                                  {0x200B, 0x200B},
                                                  {0x200E, 0x200F},
                                                  {0x202A, 0x202E},
                                                  {0x2060, 0x206F},
                                                  {0x3164, 0x3164},
                                                  {0xFE00, 0xFE0E},
                                                  {0xFEFF, 0xFEFF},
                                                  {0xFFA0, 0xFFA0},
                                                  {0xFFF0, 0xFFFB},
                                                  {0x1D173, 0x1D17A},
                                                  {0xE0000, 0xE0FFF}});

constexpr auto kSpaces = std::to_array<Range>({{0x0009, 0x000D},
                                               {0x0020, 0x0020},
                                               {0x0085, 0x0085},
                                               {0x00A0, 0x00A0},
                                               {0x1680, 0x1680},
                                               {0x2000, 0x200A},
                                               {0x2028, 0x2029},
                                               {0x202F, 0x202F},
                                               {0x205F, 0x205F},
                                               {0x2800, 0x2800},
                                               {0x3000, 0x3000}});

// U+200C and U+200D mean something between letters of Arabic, Indic scripts and emoji, and nothing next to ASCII.
bool is_joiner(char32_t c) {
  return c == 0x200C || c == 0x200D;
}

}  // namespace

std::string plain_name(std::string_view text, std::size_t max_code_points) {
  std::string out;
  std::size_t count = 0;
  std::size_t marks = 0;
  bool is_space_due = false;
  char32_t joiner = 0;
  char32_t previous = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const DecodedCodePoint code_point = decode_utf8(text, offset);
    offset += code_point.length;
    const char32_t c = code_point.value;
    if (is_in(kSpaces, c)) {
      is_space_due = !out.empty();
      joiner = 0;
      continue;
    }
    if (is_joiner(c)) {
      joiner = previous > 0x7F && !is_space_due ? c : 0;
      continue;
    }
    if (is_in(kInvisible, c)) continue;
    marks = is_in(kMarks, c) ? marks + 1 : 0;
    if (marks > kMaxMarksInName || (marks > 0 && (out.empty() || is_space_due))) continue;
    const bool is_joined = joiner != 0 && c > 0x7F;
    count += 1 + (is_space_due ? 1 : 0) + (is_joined ? 1 : 0);
    if (count > max_code_points) break;
    if (is_space_due) out += ' ';
    if (is_joined) append_utf8(out, joiner);
    append_utf8(out, c);
    is_space_due = false;
    joiner = 0;
    previous = c;
  }
  return out;
}

std::size_t longest_mark_run(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const DecodedCodePoint code_point = decode_utf8(text, offset);
    offset += code_point.length;
    run = is_in(kMarks, code_point.value) ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t offset = 0; offset < text.size(); ++count) offset += decode_utf8(text, offset).length;
  return count;
}

}  // namespace octavo
