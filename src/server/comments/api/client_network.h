// Who asks, no more exactly than limits need: the network of an address, not the address.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http/http_message.h"

namespace octavo {

// The first 24 bits of an IPv4 address, 48 of an IPv6 one ("192.0.2.0/24"); IPv4 in IPv6 counts as IPv4. Empty for what is no
// address.
std::string network_of(std::string_view address);

// The network of the socket's other end; of the last address in X-Forwarded-For that is no trusted proxy, when it is one.
std::string client_network(const HttpRequest& request, const std::vector<std::string>& trusted_proxies);

}  // namespace octavo
