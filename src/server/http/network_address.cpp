// Resolving by getaddrinfo; ranges of RFC 6890 and its registries.
#include "server/http/network_address.h"

#include <arpa/inet.h>
#include <netdb.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace octavo {

namespace {

struct Range {
  std::array<std::uint8_t, 4> first;
  int bits;
};

// 100.64/10 is shared by providers, 192.0.0/24 and 192.88.99/24 are protocols', 192.0.2, 198.51.100 and 203.0.113 documentation,
// 198.18/15 for measuring.
constexpr Range kNotPublicV4[] = {
    {{0, 0, 0, 0}, 8},     {{10, 0, 0, 0}, 8},      {{100, 64, 0, 0}, 10},  {{127, 0, 0, 0}, 8},    {{169, 254, 0, 0}, 16},
    {{172, 16, 0, 0}, 12}, {{192, 0, 0, 0}, 24},    {{192, 0, 2, 0}, 24},   {{192, 88, 99, 0}, 24}, {{192, 168, 0, 0}, 16},
    {{198, 18, 0, 0}, 15}, {{198, 51, 100, 0}, 24}, {{203, 0, 113, 0}, 24}, {{224, 0, 0, 0}, 4},    {{240, 0, 0, 0}, 4},
};
constexpr Range kPublicV6 = {{0x20, 0, 0, 0}, 3};
// 2001::/23 is protocols' (Teredo), 2001:db8::/32 and 3fff::/20 documentation, 2002::/16 IPv4 in disguise.
constexpr Range kNotPublicV6[] = {
    {{0x20, 0x01, 0, 0}, 23}, {{0x20, 0x01, 0x0D, 0xB8}, 32}, {{0x20, 0x02, 0, 0}, 16}, {{0x3F, 0xFF, 0, 0}, 20}};

std::uint32_t number(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
}

bool is_in(const std::uint8_t* address, const Range& range) {
  const std::uint32_t mask = ~std::uint32_t{0} << (32 - range.bits);
  return (number(address) & mask) == number(range.first.data());
}

template <typename Ranges>
bool is_in_any(const std::uint8_t* address, const Ranges& ranges) {
  return std::any_of(std::begin(ranges), std::end(ranges), [&](const Range& range) { return is_in(address, range); });
}

}  // namespace

std::vector<std::string> addresses_of_host(const std::string& host) {
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  std::vector<std::string> addresses;
  if (getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0) return addresses;
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    if (getnameinfo(each->ai_addr, each->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) == 0)
      addresses.emplace_back(text.data());
  }
  freeaddrinfo(found);
  return addresses;
}

bool is_public_address(std::string_view address) {
  const std::string text(address);
  std::array<std::uint8_t, 16> bytes{};
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return !is_in_any(bytes.data(), kNotPublicV4);
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return false;
  constexpr std::array<std::uint8_t, 12> kMappedV4 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (std::memcmp(bytes.data(), kMappedV4.data(), kMappedV4.size()) == 0) return !is_in_any(bytes.data() + 12, kNotPublicV4);
  return is_in(bytes.data(), kPublicV6) && !is_in_any(bytes.data(), kNotPublicV6);
}

}  // namespace octavo
