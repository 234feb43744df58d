// UTF-8 in and out: decoding that never fails and repair of what is not UTF-8 (Unicode 15, section 3.9, "maximal subparts").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace octavo {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

struct DecodedCodePoint {
  char32_t value = 0;        // U+FFFD where the bytes are not UTF-8
  std::uint32_t length = 0;  // bytes consumed, at least 1
  bool valid = true;
};

// Decodes the code point that starts at byte `offset`. Precondition: offset < text.size().
DecodedCodePoint decode_utf8(std::string_view text, std::size_t offset);

void append_utf8(std::string& out, char32_t code_point);

bool is_valid_utf8(std::string_view text);

struct Utf8Repair {
  std::string text;                        // `text` with each maximal invalid part replaced by U+FFFD
  std::vector<std::uint32_t> bad_offsets;  // byte offsets in the input, at most kMaxReported of them
  static constexpr std::size_t kMaxReported = 16;
};
Utf8Repair repair_utf8(std::string_view text);

// 1-based line and column (in code points) of a byte offset; offsets past the end give the end.
struct TextPosition {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};
TextPosition text_position(std::string_view text, std::size_t offset);

// The same for many offsets of one text, which must outlive it: each costs the same, however long the text is.
class TextPositions {
 public:
  explicit TextPositions(std::string_view text);
  TextPosition at(std::size_t offset) const;

 private:
  struct Checkpoint {
    std::size_t offset = 0;  // where a code point begins
    TextPosition position;
  };
  std::string_view text_;
  std::vector<Checkpoint> checkpoints_;  // by offset; the first is at 0
};

}  // namespace octavo
