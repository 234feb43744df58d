// Calls libunibreak and FriBidi, the only file that sees them.
#include "core/layout/text/text_analysis.h"

#include <fribidi-bidi-types.h>
#include <fribidi-brackets.h>
#include <graphemebreak.h>
#include <linebreak.h>

extern "C" {
#include <eastasianwidthdef.h>
#include <emojidef.h>
}

#include <algorithm>
#include <string>

#include "core/base/assert.h"
#include "core/base/utf8.h"
#include "core/layout/text/bidi_levels.h"

namespace octavo {

namespace {

const utf8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const utf8_t*>(text.data());
}

bool in_range(char32_t value, char32_t first, char32_t last) {
  return value >= first && value <= last;
}

// Anything that can raise a level above 0 in a left-to-right paragraph: right-to-left scripts and directional controls.
bool may_need_bidi(char32_t c) {
  return in_range(c, 0x0590, 0x08FF) || c == 0x200F || in_range(c, 0x202A, 0x202E) || in_range(c, 0x2066, 0x2069) ||
         in_range(c, 0xFB1D, 0xFDFF) || in_range(c, 0xFE70, 0xFEFF) || in_range(c, 0x10800, 0x10FFF) ||
         in_range(c, 0x1E800, 0x1EFFF);
}

bool needs_bidi(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    // The lead bytes below 0xD6 encode code points below U+0580.
    if (static_cast<unsigned char>(text[i]) < 0xD6) {
      ++i;
      continue;
    }
    const DecodedCodePoint c = decode_utf8(text, i);
    if (may_need_bidi(c.value)) return true;
    i += c.length;
  }
  return false;
}

BidiClass bidi_class(FriBidiCharType type) {
  switch (type) {
    case FRIBIDI_TYPE_LTR:
      return BidiClass::L;
    case FRIBIDI_TYPE_RTL:
      return BidiClass::R;
    case FRIBIDI_TYPE_AL:
      return BidiClass::AL;
    case FRIBIDI_TYPE_EN:
      return BidiClass::EN;
    case FRIBIDI_TYPE_ES:
      return BidiClass::ES;
    case FRIBIDI_TYPE_ET:
      return BidiClass::ET;
    case FRIBIDI_TYPE_AN:
      return BidiClass::AN;
    case FRIBIDI_TYPE_CS:
      return BidiClass::CS;
    case FRIBIDI_TYPE_NSM:
      return BidiClass::NSM;
    case FRIBIDI_TYPE_BN:
      return BidiClass::BN;
    case FRIBIDI_TYPE_BS:
      return BidiClass::B;
    case FRIBIDI_TYPE_SS:
      return BidiClass::S;
    case FRIBIDI_TYPE_WS:
      return BidiClass::WS;
    case FRIBIDI_TYPE_LRE:
      return BidiClass::LRE;
    case FRIBIDI_TYPE_LRO:
      return BidiClass::LRO;
    case FRIBIDI_TYPE_RLE:
      return BidiClass::RLE;
    case FRIBIDI_TYPE_RLO:
      return BidiClass::RLO;
    case FRIBIDI_TYPE_PDF:
      return BidiClass::PDF;
    case FRIBIDI_TYPE_LRI:
      return BidiClass::LRI;
    case FRIBIDI_TYPE_RLI:
      return BidiClass::RLI;
    case FRIBIDI_TYPE_FSI:
      return BidiClass::FSI;
    case FRIBIDI_TYPE_PDI:
      return BidiClass::PDI;
    default:
      return BidiClass::ON;
  }
}

BidiCharacter bidi_character(char32_t c) {
  BidiCharacter character;
  character.type = bidi_class(fribidi_get_bidi_type(c));
  if (character.type != BidiClass::ON) return character;
  const FriBidiBracketType bracket = fribidi_get_bracket(c);
  character.bracket = FRIBIDI_BRACKET_ID(bracket);
  character.opens = FRIBIDI_IS_BRACKET_OPEN(bracket);
  return character;
}

bool is_zero_width(char32_t c) {
  return c < 0x20 || in_range(c, 0x7F, 0x9F) || c == 0xAD || in_range(c, 0x0300, 0x036F) || in_range(c, 0x0483, 0x0489) ||
         in_range(c, 0x0591, 0x05BD) || in_range(c, 0x0610, 0x061A) || in_range(c, 0x064B, 0x065F) ||
         in_range(c, 0x1AB0, 0x1AFF) || in_range(c, 0x1DC0, 0x1DFF) || in_range(c, 0x200B, 0x200F) ||
         in_range(c, 0x2028, 0x202E) || in_range(c, 0x2060, 0x206F) || in_range(c, 0x20D0, 0x20FF) ||
         in_range(c, 0xFE00, 0xFE0F) || in_range(c, 0xFE20, 0xFE2F) || c == 0xFEFF || in_range(c, 0xE0000, 0xE01EF);
}

}  // namespace

void find_line_breaks(std::string_view text, std::string_view language, std::vector<char>& breaks) {
  breaks.resize(text.size());
  if (text.empty()) return;
  const std::string terminated(language);
  set_linebreaks_utf8(bytes_of(text), text.size(), terminated.c_str(), breaks.data());
  for (char& value : breaks) value = value == LINEBREAK_ALLOWBREAK || value == LINEBREAK_MUSTBREAK;
}

void find_grapheme_ends(std::string_view text, std::vector<std::uint32_t>& ends) {
  ends.clear();
  if (text.empty()) return;
  std::vector<char> breaks(text.size());
  set_graphemebreaks_utf8(bytes_of(text), text.size(), "", breaks.data());
  for (std::size_t i = 0; i < breaks.size(); ++i) {
    if (breaks[i] == GRAPHEMEBREAK_BREAK) ends.push_back(static_cast<std::uint32_t>(i + 1));
  }
  if (ends.empty() || ends.back() != text.size()) ends.push_back(static_cast<std::uint32_t>(text.size()));
}

std::uint32_t grapheme_columns(std::string_view cluster) {
  constexpr char32_t kEmojiVariation = 0xFE0F;
  const char32_t first = decode_utf8(cluster, 0).value;
  if (is_zero_width(first)) return 0;
  const auto width = ub_get_char_eaw_class(first);
  if (width == EAW_F || width == EAW_W || in_range(first, 0x1F1E6, 0x1F1FF)) return 2;
  if (first < 0x80 || !ub_is_extended_pictographic(first)) return 1;
  for (std::size_t i = 0; i < cluster.size();) {
    const DecodedCodePoint c = decode_utf8(cluster, i);
    if (c.value == kEmojiVariation) return 2;
    i += c.length;
  }
  return 1;
}

std::optional<Direction> first_strong_direction(std::string_view text) {
  std::uint32_t isolates = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      const bool is_letter = in_range(byte | 0x20u, 'a', 'z');
      if (is_letter && isolates == 0) return Direction::LeftToRight;
      ++i;
      continue;
    }
    const DecodedCodePoint c = decode_utf8(text, i);
    const FriBidiCharType type = fribidi_get_bidi_type(c.value);
    if (FRIBIDI_IS_ISOLATE(type)) {
      if (type != FRIBIDI_TYPE_PDI) {
        ++isolates;
      } else if (isolates > 0) {
        --isolates;
      }
    } else if (isolates == 0 && FRIBIDI_IS_LETTER(type)) {
      return FRIBIDI_IS_RTL(type) ? Direction::RightToLeft : Direction::LeftToRight;
    }
    i += c.length;
  }
  return std::nullopt;
}

bool find_bidi_levels(std::string_view text, Direction base, std::vector<std::uint8_t>& levels) {
  if (text.empty() || (base == Direction::LeftToRight && !needs_bidi(text))) return false;
  std::vector<BidiCharacter> characters;
  characters.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCodePoint c = decode_utf8(text, i);
    characters.push_back(bidi_character(c.value));
    i += c.length;
  }
  const std::vector<std::uint8_t> resolved = resolve_bidi_levels(characters, base == Direction::RightToLeft ? 1 : 0);
  if (base == Direction::LeftToRight && std::all_of(resolved.begin(), resolved.end(), [](auto level) { return level == 0; })) {
    return false;
  }
  levels.resize(text.size());
  std::size_t byte = 0;
  for (const std::uint8_t level : resolved) {
    const std::uint32_t length = decode_utf8(text, byte).length;
    for (std::uint32_t i = 0; i < length; ++i) levels[byte++] = level;
  }
  return true;
}

bool is_dictionary_script(char32_t c) {
  return in_range(c, 0x0E01, 0x0EFF) || in_range(c, 0x1000, 0x109F) || in_range(c, 0x1780, 0x17FF) ||
         in_range(c, 0x1950, 0x19DF) || in_range(c, 0x1A20, 0x1AAF) || in_range(c, 0xA9E0, 0xA9FF) || in_range(c, 0xAA60, 0xAADF);
}

}  // namespace octavo
