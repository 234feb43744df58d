// SHA-256 of file contents: names of immutable files and the integrity strings of the bundle.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace octavo {

using Sha256 = std::array<std::uint8_t, 32>;

Sha256 sha256(std::string_view bytes);

// The first `digits` lower-case hexadecimal digits; at most 64.
std::string hex_digits(const Sha256& hash, std::size_t digits);

// From all 64 digits; zeros when the text is not a hash.
inline constexpr std::size_t kWholeHashDigits = 64;
Sha256 hash_from_hex(std::string_view digits);

// The form of Subresource Integrity: "sha256-" + base64.
std::string integrity_string(const Sha256& hash);

}  // namespace octavo
