// Addresses by the system's own parser; lists of them by the grammars of RFC 9110 and RFC 7239.
#include "server/comments/api/client_network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "core/base/ascii_text.h"

namespace octavo {

namespace {

// IPv4 as IPv6 has it: ::ffff:a.b.c.d.
using Address = std::array<unsigned char, 16>;
constexpr std::array<unsigned char, 12> kMappedV4 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr std::size_t kKeptBytesV4 = 3;
constexpr std::size_t kKeptBytesV6 = 6;

bool is_v4(const Address& address) {
  return std::equal(kMappedV4.begin(), kMappedV4.end(), address.begin());
}

std::string_view without_quotes(std::string_view text) {
  text = trimmed(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = trimmed(text.substr(1, text.size() - 2));
  return text;
}

// The address alone: what is in brackets, or before the only colon, and before a zone.
std::string_view without_port(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    const std::string_view after = close == std::string_view::npos ? std::string_view() : text.substr(close + 1);
    if (close == std::string_view::npos || (!after.empty() && !after.starts_with(':'))) return {};
    text = text.substr(1, close - 1);
  } else if (std::count(text.begin(), text.end(), ':') == 1) {
    text = text.substr(0, text.find(':'));
  }
  return text.substr(0, text.find('%'));
}

std::optional<Address> parse_address(std::string_view node) {
  const std::string text(without_port(without_quotes(node)));
  Address address{};
  if (inet_pton(AF_INET6, text.c_str(), address.data()) == 1) return address;
  std::copy(kMappedV4.begin(), kMappedV4.end(), address.begin());
  if (inet_pton(AF_INET, text.c_str(), address.data() + kMappedV4.size()) == 1) return address;
  return std::nullopt;
}

std::string network_of(Address address) {
  const bool is_four = is_v4(address);
  const std::size_t first = is_four ? kMappedV4.size() : 0;
  const std::size_t kept = is_four ? kKeptBytesV4 : kKeptBytesV6;
  std::fill(address.begin() + static_cast<std::ptrdiff_t>(first + kept), address.end(), static_cast<unsigned char>(0));
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (inet_ntop(is_four ? AF_INET : AF_INET6, address.data() + first, text.data(), text.size()) == nullptr) {
    return std::string(kUnknownNetwork);
  }
  return text.data() + ("/" + std::to_string(8 * kept));
}

enum class Quoting : std::uint8_t { None, Strings };

// Parts between separators, with Quoting::Strings those outside of quoted strings; empty ones are left out, as in RFC 9110,
// section 5.6.1.
std::vector<std::string_view> split(std::string_view text, char separator, Quoting quoting) {
  std::vector<std::string_view> parts;
  bool is_quoted = false;
  std::size_t begin = 0;
  const auto end_part = [&](std::size_t end) {
    const std::string_view part = trimmed(text.substr(begin, end - begin));
    if (!part.empty()) parts.push_back(part);
    begin = end + 1;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoting == Quoting::Strings && text[i] == '"') is_quoted = !is_quoted;
    if (is_quoted && text[i] == '\\') {
      ++i;
    } else if (!is_quoted && text[i] == separator) {
      end_part(i);
    }
  }
  if (begin < text.size()) end_part(text.size());
  return parts;
}

using Hops = std::vector<std::string_view>;  // nearest last

Hops hops_in_x_forwarded_for(const HttpRequest& request) {
  Hops hops;
  for (const std::string_view line : request.headers_of("X-Forwarded-For")) {
    for (const std::string_view node : split(line, ',', Quoting::None)) hops.push_back(node);
  }
  return hops;
}

// An element without `for` is a hop of which nothing is known.
Hops hops_in_forwarded(const HttpRequest& request) {
  constexpr std::string_view kFor = "for=";
  Hops hops;
  for (const std::string_view line : request.headers_of("Forwarded")) {
    for (const std::string_view element : split(line, ',', Quoting::Strings)) {
      std::string_view node;
      for (const std::string_view pair : split(element, ';', Quoting::Strings)) {
        if (same_ignoring_case(pair.substr(0, kFor.size()), kFor)) node = pair.substr(kFor.size());
      }
      hops.push_back(node);
    }
  }
  return hops;
}

using Trusted = std::vector<Address>;

bool contains(const Trusted& trusted, const Address& address) {
  return std::find(trusted.begin(), trusted.end(), address) != trusted.end();
}

// From the nearest hop outward to the first that nobody trusts.
std::string network_beyond(Address address, Hops hops, const Trusted& trusted) {
  while (!hops.empty() && contains(trusted, address)) {
    const std::optional<Address> next = parse_address(hops.back());
    hops.pop_back();
    if (!next) return std::string(kUnknownNetwork);
    address = *next;
  }
  return network_of(address);
}

}  // namespace

std::string network_of(std::string_view address) {
  const std::optional<Address> parsed = parse_address(address);
  return parsed ? network_of(*parsed) : std::string(kUnknownNetwork);
}

std::string client_network(const HttpRequest& request, const std::vector<std::string>& trusted_proxies) {
  Trusted trusted;
  for (const std::string& proxy : trusted_proxies) {
    if (const auto address = parse_address(proxy)) trusted.push_back(*address);
  }
  const std::optional<Address> peer = parse_address(request.peer);
  if (!peer) return std::string(kUnknownNetwork);
  if (!contains(trusted, *peer)) return network_of(*peer);
  const Hops x_forwarded_for = hops_in_x_forwarded_for(request);
  const Hops forwarded = hops_in_forwarded(request);
  std::string network = network_beyond(*peer, x_forwarded_for.empty() ? forwarded : x_forwarded_for, trusted);
  if (x_forwarded_for.empty() || forwarded.empty()) return network;
  return network == network_beyond(*peer, forwarded, trusted) ? network : std::string(kUnknownNetwork);
}

}  // namespace octavo
