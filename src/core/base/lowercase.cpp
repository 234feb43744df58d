// Case mapping by ranges: Unicode's whole table would cost more than it is worth.
#include "core/base/lowercase.h"

#include <array>
#include <cstdint>

namespace octavo {

namespace {

// Upper-case letters at a fixed distance from their lower-case ones; `step` is 2 where the two alternate.
struct CapitalRange {
  char32_t first;
  char32_t last;
  std::uint32_t distance;
  std::uint32_t step;
};
constexpr auto kCapitals = std::to_array<CapitalRange>({
    {'A', 'Z', 32, 1},     {0xC0, 0xD6, 32, 1},    {0xD8, 0xDE, 32, 1},    {0x100, 0x12E, 1, 2},    {0x132, 0x136, 1, 2},
    {0x139, 0x147, 1, 2},  {0x14A, 0x176, 1, 2},   {0x179, 0x17D, 1, 2},   {0x386, 0x386, 38, 1},   {0x388, 0x38A, 37, 1},
    {0x38C, 0x38C, 64, 1}, {0x38E, 0x38F, 63, 1},  {0x391, 0x3A1, 32, 1},  {0x3A3, 0x3AB, 32, 1},   {0x400, 0x40F, 80, 1},
    {0x410, 0x42F, 32, 1}, {0x460, 0x480, 1, 2},   {0x48A, 0x4BE, 1, 2},   {0x4C1, 0x4CD, 1, 2},    {0x4D0, 0x52E, 1, 2},
    {0x531, 0x556, 48, 1}, {0x1E00, 0x1E94, 1, 2}, {0x1EA0, 0x1EFE, 1, 2}, {0xFF21, 0xFF3A, 32, 1},
});

}  // namespace

char32_t simple_lowercase(char32_t c) {
  if (c == 0x178) return 0xFF;
  for (const CapitalRange& range : kCapitals) {
    if (c >= range.first && c <= range.last && (c - range.first) % range.step == 0) return c + range.distance;
  }
  return c;
}

}  // namespace octavo
