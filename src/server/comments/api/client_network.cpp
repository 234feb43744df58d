// Addresses by the system's own parser.
#include "server/comments/api/client_network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "core/base/ascii_text.h"

namespace octavo {

namespace {

std::string text_of(int family, const void* bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  return inet_ntop(family, bytes, text.data(), text.size()) == nullptr ? "" : text.data();
}

std::string ipv4_network(std::array<unsigned char, 4> bytes) {
  bytes[3] = 0;
  return text_of(AF_INET, bytes.data()) + "/24";
}

}  // namespace

std::string network_of(std::string_view address) {
  const std::string text(trimmed(address));
  std::array<unsigned char, 4> v4{};
  if (inet_pton(AF_INET, text.c_str(), v4.data()) == 1) return ipv4_network(v4);
  std::array<unsigned char, 16> v6{};
  if (inet_pton(AF_INET6, text.c_str(), v6.data()) != 1) return {};
  constexpr std::array<unsigned char, 12> kMappedV4 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (std::memcmp(v6.data(), kMappedV4.data(), kMappedV4.size()) == 0) {
    std::copy(v6.begin() + 12, v6.end(), v4.begin());
    return ipv4_network(v4);
  }
  std::fill(v6.begin() + 6, v6.end(), static_cast<unsigned char>(0));
  return text_of(AF_INET6, v6.data()) + "/48";
}

std::string client_network(const HttpRequest& request, const std::vector<std::string>& trusted_proxies) {
  const auto is_trusted = [&](std::string_view address) {
    return std::find(trusted_proxies.begin(), trusted_proxies.end(), address) != trusted_proxies.end();
  };
  std::string_view address = request.peer;
  std::string_view forwarded = is_trusted(address) ? request.header("X-Forwarded-For") : std::string_view();
  // Each proxy appends whom it heard; what stands before the last one not trusted is hearsay.
  while (!forwarded.empty() && is_trusted(address)) {
    const std::size_t comma = forwarded.rfind(',');
    address = trimmed(forwarded.substr(comma == std::string_view::npos ? 0 : comma + 1));
    forwarded = forwarded.substr(0, comma == std::string_view::npos ? 0 : comma);
  }
  return network_of(address);
}

}  // namespace octavo
