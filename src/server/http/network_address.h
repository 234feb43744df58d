// Addresses of hosts, and which of them are of the public internet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace octavo {

// By the system's resolver, IPv4 and IPv6 as text; empty when there are none.
std::vector<std::string> addresses_of_host(const std::string& host);

// False for private, shared, loopback, link-local, multicast, documentation, transition and reserved addresses (IANA's
// special-purpose registries), and for text that is not an address. IPv4 in IPv6 counts as IPv4.
bool is_public_address(std::string_view address);

}  // namespace octavo
