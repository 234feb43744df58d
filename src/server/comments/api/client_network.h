// Who asks, no more exactly than limits need: the network of an address, not the address.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http/http_message.h"

namespace octavo {

// All requests without a readable address are one network, which shares its limits.
inline constexpr std::string_view kUnknownNetwork = "unknown";

// The first 24 bits of an IPv4 address, 48 of an IPv6 one ("192.0.2.0/24"); IPv4 in IPv6 counts as IPv4. The address may have a
// port, brackets, a zone or quotation marks: "192.0.2.7:4711", "[2001:db8::1]:4711", "fe80::1%eth0".
std::string network_of(std::string_view address);

// The network of the socket's other end. If that is a trusted proxy, the network of the last address that is not a trusted proxy
// in all X-Forwarded-For lines, or in all Forwarded lines (RFC 7239), in the order in which they came. Each proxy appends the
// address that it heard, so only what is after that address can be believed. A client can send the kind of line that the proxy
// does not write. Lines of both kinds that disagree make the network unknown.
std::string client_network(const HttpRequest& request, const std::vector<std::string>& trusted_proxies);

}  // namespace octavo
