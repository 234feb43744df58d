// The embedding levels of the Unicode Bidirectional Algorithm (UAX #9), in time that grows linearly with the text.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace octavo {

// Bidi_Class, with Unicode's short names.
enum class BidiClass : std::uint8_t {
  L,
  R,
  AL,
  EN,
  ES,
  ET,
  AN,
  CS,
  NSM,
  BN,
  B,
  S,
  WS,
  ON,
  LRE,
  LRO,
  RLE,
  RLO,
  PDF,
  LRI,
  RLI,
  FSI,
  PDI
};

struct BidiCharacter {
  BidiClass type = BidiClass::ON;
  bool opens = false;         // of a bracket: whether it is the opening one
  std::uint32_t bracket = 0;  // the same for both of a pair and for their canonical equivalents; 0 for every other character
};

// One level for each character, by rules X1 to I2 and L1 for text on one line. Every paragraph (up to a character of class B) has
// the base level. Characters that rule X9 removes have the level of the one before them.
std::vector<std::uint8_t> resolve_bidi_levels(std::span<const BidiCharacter> text, std::uint8_t base_level);

}  // namespace octavo
