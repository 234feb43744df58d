// Where words of a language may be hyphenated: Liang's patterns, read from a file of the bundle.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace octavo {

// The file: a line "octavo-hyphenation 1 LEFT RIGHT" with the least letters before and after a hyphen, then a pattern a line,
// UTF-8, in lower case, '.' for the ends of a word, digits between the letters ("a1b2c"); sorted by their letters, none twice.
class HyphenationPatterns {
 public:
  // Bytes are hostile: a file without its first line is an Error; lines that are not patterns or out of order are never found.
  static Result<HyphenationPatterns> parse(std::string_view language, std::string_view text, std::string_view where);

  const std::string& language() const { return language_; }

  // Byte offsets in `item`, a piece of text without white space, at which a line may end with a hyphen, ascending. None in words
  // under five letters, with capitals inside or with anything that the language's patterns have no letter for, and none in what
  // looks like an address or program text.
  std::vector<std::uint32_t> find(std::string_view item) const;

 private:
  struct Pattern {
    std::uint32_t letters = 0;  // into letters_
    std::uint32_t values = 0;   // into values_, one more than there are letters
    std::uint32_t length = 0;   // bytes
  };

  void add_pattern(std::string_view line);
  bool is_letter(char32_t c) const;
  std::uint32_t bound(std::uint32_t first, std::uint32_t last, std::uint32_t depth, int letter) const;
  void find_in_word(std::string_view item, std::uint32_t begin, std::uint32_t end, std::vector<std::uint32_t>& offsets) const;

  std::string language_;
  std::uint32_t left_ = 2;
  std::uint32_t right_ = 2;
  std::string letters_;
  std::string values_;
  std::vector<Pattern> patterns_;   // by letters
  std::vector<char32_t> alphabet_;  // sorted
};

// Whether a word that has `c` for its neighbor, with no white space between them, is a part of something longer that is not
// to be hyphenated: a number, an address, a name with signs in it.
bool binds_to_word(char32_t c);

}  // namespace octavo
