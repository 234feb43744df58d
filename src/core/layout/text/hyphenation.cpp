// Franklin Liang, "Word Hy-phen-a-tion by Com-put-er" (1983): every pattern that fits somewhere in the word gives values to the
// places between its letters, the greatest value counts, and odd ones allow a hyphen.
#include "core/layout/text/hyphenation.h"

#include <algorithm>

#include "core/base/lowercase.h"
#include "core/base/utf8.h"

namespace octavo {

namespace {

constexpr std::string_view kMagic = "octavo-hyphenation 1 ";
constexpr std::uint32_t kLeastLetters = 5;
// Longer ones are not words; it bounds the time for text without blanks.
constexpr std::uint32_t kMaxWordBytes = 120;
// No script with hyphens has as many; it bounds the time for a hostile file.
constexpr std::size_t kMaxAlphabet = 400;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_apostrophe(char32_t c) {
  return c == '\'' || c == 0x2019;
}

// Signs around words of running text: white space and punctuation of every script with hyphens.
bool is_between_words(char32_t c) {
  if (c < 0x80) return std::string_view(" \t\n\r\f\v!\"'(),-.:;?").find(static_cast<char>(c)) != std::string_view::npos;
  return (c >= 0xA0 && c <= 0xBF && c != 0xAA && c != 0xAD && c != 0xB5 && c != 0xBA) || (c >= 0x2000 && c <= 0x2053) ||
         (c >= 0x3000 && c <= 0x301F);
}

struct Letter {
  std::uint32_t begin = 0;  // byte offset
  char32_t value = 0;
};

}  // namespace

bool binds_to_word(char32_t c) {
  return !is_between_words(c);
}

Result<HyphenationPatterns> HyphenationPatterns::parse(std::string_view language, std::string_view text, std::string_view where) {
  const std::size_t head_end = std::min(text.find('\n'), text.size());
  const std::string_view head = text.substr(0, head_end);
  const std::size_t size = kMagic.size();
  if (!head.starts_with(kMagic) || head.size() != size + 3 || !is_digit(head[size]) || !is_digit(head[size + 2])) {
    return Error{ErrorCode::BadValue, "These are not hyphenation patterns.", std::string(where)};
  }
  HyphenationPatterns patterns;
  patterns.language_ = language;
  patterns.left_ = static_cast<std::uint32_t>(std::max(1, head[size] - '0'));
  patterns.right_ = static_cast<std::uint32_t>(std::max(1, head[size + 2] - '0'));
  for (std::size_t begin = head_end + 1; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    patterns.add_pattern(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return patterns;
}

void HyphenationPatterns::add_pattern(std::string_view line) {
  Pattern pattern{.letters = static_cast<std::uint32_t>(letters_.size()), .values = static_cast<std::uint32_t>(values_.size())};
  values_ += '\0';
  for (std::size_t i = 0; i < line.size();) {
    if (is_digit(line[i])) {
      values_.back() = static_cast<char>(line[i++] - '0');
      continue;
    }
    const DecodedCodePoint c = decode_utf8(line, i);
    letters_.append(line.substr(i, c.length));
    values_.append(c.length, '\0');
    i += c.length;
    const auto place = std::lower_bound(alphabet_.begin(), alphabet_.end(), c.value);
    const bool is_known = place != alphabet_.end() && *place == c.value;
    if (!is_known && alphabet_.size() < kMaxAlphabet) alphabet_.insert(place, c.value);
  }
  pattern.length = static_cast<std::uint32_t>(letters_.size()) - pattern.letters;
  if (pattern.length > 0) patterns_.push_back(pattern);
}

bool HyphenationPatterns::is_letter(char32_t c) const {
  return std::binary_search(alphabet_.begin(), alphabet_.end(), c);
}

// The first of some patterns whose letter at `depth` is `letter` or a later one; those that end before it come first of all.
std::uint32_t HyphenationPatterns::bound(std::uint32_t first, std::uint32_t last, std::uint32_t depth, int letter) const {
  while (first < last) {
    const std::uint32_t middle = first + (last - first) / 2;
    const Pattern& pattern = patterns_[middle];
    const int found = depth < pattern.length ? static_cast<unsigned char>(letters_[pattern.letters + depth]) : -1;
    if (found < letter) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return first;
}

std::vector<std::uint32_t> HyphenationPatterns::find(std::string_view item) const {
  std::vector<std::uint32_t> offsets;
  std::uint32_t begin = 0;
  bool is_inside = false;
  const auto end_word = [&](std::uint32_t end) {
    if (is_inside) find_in_word(item, begin, end, offsets);
    is_inside = false;
  };
  for (std::uint32_t i = 0; i < item.size();) {
    const DecodedCodePoint c = decode_utf8(item, i);
    const std::uint32_t next = i + c.length;
    const bool has_letter_next = next < item.size() && !is_between_words(decode_utf8(item, next).value);
    if (!is_between_words(c.value) && is_letter(is_inside ? c.value : simple_lowercase(c.value))) {
      if (!is_inside) begin = i;
      is_inside = true;
    } else if (!is_between_words(c.value)) {
      return {};
    } else if ((c.value == '.' || c.value == ':') && has_letter_next) {
      return {};  // an address
    } else if (!is_inside || !is_apostrophe(c.value) || !has_letter_next) {
      end_word(i);
    }
    i = next;
  }
  end_word(static_cast<std::uint32_t>(item.size()));
  return offsets;
}

void HyphenationPatterns::find_in_word(std::string_view item, std::uint32_t begin, std::uint32_t end,
                                       std::vector<std::uint32_t>& offsets) const {
  if (end - begin > kMaxWordBytes) return;
  std::string word = ".";
  std::vector<Letter> letters;
  for (std::uint32_t i = begin; i < end;) {
    const DecodedCodePoint c = decode_utf8(item, i);
    letters.push_back({static_cast<std::uint32_t>(word.size()), c.value});
    append_utf8(word, is_apostrophe(c.value) ? '\'' : i == begin ? simple_lowercase(c.value) : c.value);
    i += c.length;
  }
  if (letters.size() < kLeastLetters) return;
  word += '.';
  std::vector<char> values(word.size() + 1);
  for (std::uint32_t start = 0; start < word.size(); ++start) {
    std::uint32_t first = 0;
    auto last = static_cast<std::uint32_t>(patterns_.size());
    for (std::uint32_t depth = 0; start + depth < word.size() && first < last; ++depth) {
      const int letter = static_cast<unsigned char>(word[start + depth]);
      first = bound(first, last, depth, letter);
      last = bound(first, last, depth, letter + 1);
      if (first == last || patterns_[first].length != depth + 1) continue;
      const char* of_pattern = values_.data() + patterns_[first].values;
      for (std::uint32_t i = 0; i <= depth + 1; ++i) values[start + i] = std::max(values[start + i], of_pattern[i]);
    }
  }
  // Text between two apostrophes counts as a separate word for the minimum of letters before and after a hyphen.
  std::uint32_t part = 0;
  std::uint32_t offset = begin;
  for (std::uint32_t i = 0; i < letters.size(); ++i) {
    if (is_apostrophe(letters[i].value)) part = i + 1;
    const auto rest =
        std::find_if(letters.begin() + i, letters.end(), [](const Letter& each) { return is_apostrophe(each.value); });
    const auto after = static_cast<std::uint32_t>(rest - letters.begin()) - i;
    if (i >= part + left_ && after >= right_ && (values[letters[i].begin] & 1) != 0) offsets.push_back(offset);
    offset += decode_utf8(item, offset).length;
  }
}

}  // namespace octavo
