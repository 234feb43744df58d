// Random secrets and the hashes under which they are kept (OpenSSL).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace octavo {

// Base64url without padding (RFC 4648, section 5).
std::string encode_base64url(std::string_view bytes);
// Empty for what is not base64url.
std::string decode_base64url(std::string_view text);

// `bytes` from the system's generator, as base64url.
std::string random_secret(std::size_t bytes = 24);

// 32 raw bytes.
std::string sha256_bytes(std::string_view text);
std::string hmac_sha256(std::string_view key, std::string_view text);

// What is stored instead of a secret: base64url of its SHA-256. Secrets here are random, so no salt is needed.
std::string secret_hash(std::string_view secret);

// Takes the same time wherever the difference is.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace octavo
