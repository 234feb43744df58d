// SHA-256 by OpenSSL.
#include "press/base/sha256.h"

#include <openssl/evp.h>

#include <algorithm>

#include "core/base/assert.h"

namespace octavo {

Sha256 sha256(std::string_view bytes) {
  Sha256 hash{};
  unsigned int length = 0;
  const int done = EVP_Digest(bytes.data(), bytes.size(), hash.data(), &length, EVP_sha256(), nullptr);
  OCTAVO_ASSERT(done == 1 && length == hash.size());  // fails only when OpenSSL itself is broken
  return hash;
}

std::string hex_digits(const Sha256& hash, std::size_t digits) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : hash) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text.substr(0, std::min(digits, text.size()));
}

Sha256 hash_from_hex(std::string_view digits) {
  Sha256 hash{};
  if (digits.size() != kWholeHashDigits) return hash;
  const auto value_of = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0; };
  for (std::size_t i = 0; i < hash.size(); ++i) {
    hash[i] = static_cast<std::uint8_t>(value_of(digits[2 * i]) << 4 | value_of(digits[2 * i + 1]));
  }
  return hash;
}

std::string integrity_string(const Sha256& hash) {
  std::array<unsigned char, 45> encoded{};  // 44 characters for 32 bytes, and the NUL that OpenSSL adds
  const int length = EVP_EncodeBlock(encoded.data(), hash.data(), static_cast<int>(hash.size()));
  return "sha256-" + std::string(encoded.begin(), encoded.begin() + length);
}

}  // namespace octavo
