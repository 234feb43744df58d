// Writes the policy.
#include "press/source/security_policy.h"

#include <algorithm>

#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

// Cloudflare Pages takes header lines of 2,000 characters; the rest of the policy has about 500.
constexpr std::size_t kMaxHostsBytes = 1200;

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string image_sources(const std::set<std::string>& hosts) {
  std::string text;
  bool has_plain_http = false;
  for (const std::string& host : hosts) {
    text += " " + host;
    has_plain_http = has_plain_http || host.starts_with("http:");
  }
  if (text.size() <= kMaxHostsBytes) return text;
  return has_plain_http ? " https: http:" : " https:";
}

}  // namespace

std::string origin_of(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return {};
  const std::string scheme = ascii_lowercase(url.substr(0, colon));
  if (scheme != "https" && scheme != "http") return {};
  const std::string_view rest = url.substr(colon + 3);
  const std::string authority = ascii_lowercase(rest.substr(0, rest.find_first_of("/?#")));
  const std::size_t port = authority.find(':');
  const std::string_view host = std::string_view(authority).substr(0, port);
  if (host.empty() || !std::all_of(host.begin(), host.end(), is_host_character)) return {};
  if (port != std::string::npos && !is_port(std::string_view(authority).substr(port + 1))) return {};
  return scheme + "://" + authority;
}

std::string content_security_policy(const PolicySources& sources, PolicyDelivery delivery) {
  const std::string comments = origin_of(sources.comments_endpoint);
  std::string policy =
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; media-src 'self'";
  policy += "; img-src 'self' data: blob:" + image_sources(sources.image_hosts);
  policy += "; connect-src 'self'" + (comments.empty() ? "" : " " + comments);
  policy += "; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";
  if (delivery == PolicyDelivery::Header) policy += "; frame-ancestors 'none'";
  return policy + "; require-trusted-types-for 'script'; trusted-types octavo-html octavo-worker";
}

}  // namespace octavo
