// UTF-8 decoding by the table of well-formed byte sequences (Unicode 15, table 3-7).
#include "core/base/utf8.h"

#include <algorithm>
#include <iterator>

#include "core/base/assert.h"

namespace octavo {

namespace {

// What may follow a lead byte: how many bytes, and the range of the first of them (it excludes overlong forms, surrogates and
// values beyond U+10FFFF).
struct LeadByte {
  std::uint32_t trailing = 0;  // 0 = not a lead byte
  unsigned char first_low = 0x80;
  unsigned char first_high = 0xBF;
};

LeadByte classify_lead(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {1, 0x80, 0xBF};
  if (byte == 0xE0) return {2, 0xA0, 0xBF};
  if (byte == 0xED) return {2, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {2, 0x80, 0xBF};
  if (byte == 0xF0) return {3, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {3, 0x80, 0xBF};
  if (byte == 0xF4) return {3, 0x80, 0x8F};
  return {};
}

bool is_scalar_value(char32_t value) {
  return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

}  // namespace

DecodedCodePoint decode_utf8(std::string_view text, std::size_t offset) {
  OCTAVO_ASSERT(offset < text.size());
  const auto byte_at = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char lead = byte_at(offset);
  if (lead < 0x80) return {lead, 1, true};
  const LeadByte form = classify_lead(lead);
  if (form.trailing == 0) return {kReplacementCharacter, 1, false};
  char32_t value = lead & (0x3Fu >> form.trailing);
  for (std::uint32_t i = 1; i <= form.trailing; ++i) {
    const bool inside = offset + i < text.size();
    const unsigned char byte = inside ? byte_at(offset + i) : 0;
    const unsigned char low = i == 1 ? form.first_low : 0x80;
    const unsigned char high = i == 1 ? form.first_high : 0xBF;
    if (!inside || byte < low || byte > high) return {kReplacementCharacter, i, false};
    value = (value << 6) | (byte & 0x3Fu);
  }
  return {value, form.trailing + 1, true};
}

void append_utf8(std::string& out, char32_t code_point) {
  const char32_t value = is_scalar_value(code_point) ? code_point : kReplacementCharacter;
  const auto append = [&out](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (value < 0x80) {
    append(value);
    return;
  }
  if (value < 0x800) {
    append(0xC0 | (value >> 6));
  } else if (value < 0x10000) {
    append(0xE0 | (value >> 12));
    append(0x80 | ((value >> 6) & 0x3F));
  } else {
    append(0xF0 | (value >> 18));
    append(0x80 | ((value >> 12) & 0x3F));
    append(0x80 | ((value >> 6) & 0x3F));
  }
  append(0x80 | (value & 0x3F));
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const DecodedCodePoint decoded = decode_utf8(text, at);
    if (!decoded.valid) return false;
    at += decoded.length;
  }
  return true;
}

Utf8Repair repair_utf8(std::string_view text) {
  Utf8Repair repair;
  repair.text.reserve(text.size());
  std::size_t good = 0;  // where the bytes begin that are right and not yet copied
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const DecodedCodePoint decoded = decode_utf8(text, at);
    if (!decoded.valid) {
      repair.text.append(text.substr(good, at - good));
      append_utf8(repair.text, kReplacementCharacter);
      if (repair.bad_offsets.size() < Utf8Repair::kMaxReported) repair.bad_offsets.push_back(static_cast<std::uint32_t>(at));
      good = at + decoded.length;
    }
    at += decoded.length;
  }
  repair.text.append(text.substr(good));
  return repair;
}

namespace {

constexpr std::size_t kCheckpointDistance = 512;  // bytes

// Moves on by the code point at `offset`; returns its length.
std::size_t advance(std::string_view text, std::size_t offset, TextPosition& position) {
  const DecodedCodePoint decoded = decode_utf8(text, offset);
  const bool is_cr_of_crlf = decoded.value == '\r' && offset + 1 < text.size() && text[offset + 1] == '\n';
  if (decoded.value == '\n' || (decoded.value == '\r' && !is_cr_of_crlf)) {
    ++position.line;
    position.column = 1;
  } else {
    ++position.column;
  }
  return decoded.length;
}

// The position of `end`, counted on from that of `offset`. An offset inside a code point is that code point's.
TextPosition position_from(std::string_view text, std::size_t offset, TextPosition position, std::size_t end) {
  while (offset < end) {
    TextPosition next = position;
    offset += advance(text, offset, next);
    if (offset <= end) position = next;
  }
  return position;
}

}  // namespace

TextPosition text_position(std::string_view text, std::size_t offset) {
  return position_from(text, 0, {}, std::min(offset, text.size()));
}

TextPositions::TextPositions(std::string_view text) : text_(text), checkpoints_(1) {
  TextPosition position;
  for (std::size_t at = 0; at < text.size();) {
    if (at - checkpoints_.back().offset >= kCheckpointDistance) checkpoints_.push_back({at, position});
    at += advance(text, at, position);
  }
}

TextPosition TextPositions::at(std::size_t offset) const {
  const std::size_t end = std::min(offset, text_.size());
  const auto after = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), end,
                                      [](std::size_t value, const Checkpoint& checkpoint) { return value < checkpoint.offset; });
  const Checkpoint& last = *std::prev(after);
  return position_from(text_, last.offset, last.position, end);
}

}  // namespace octavo
