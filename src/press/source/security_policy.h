// The Content-Security-Policy of a site: what its pages may load and run.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace octavo {

struct PolicySources {
  std::string comments_endpoint;      // empty = no comments
  std::set<std::string> image_hosts;  // origins, "https://images.example.org"
};

enum class PolicyDelivery : std::uint8_t {
  Header,
  Meta,  // <meta> may not say who frames the page
};

// One line without a character that a header or an attribute would have to escape, short enough for every host's header file:
// more image hosts than fit become "https:". Scripts come from the site alone, WebAssembly may be compiled, markup and script
// addresses only pass through the two named Trusted Types policies of the shell.
std::string content_security_policy(const PolicySources& sources, PolicyDelivery delivery);

// "https://example.org:8443" from "https://example.org:8443/a?b"; empty for an address without a plain http or https host.
std::string origin_of(std::string_view url);

}  // namespace octavo
