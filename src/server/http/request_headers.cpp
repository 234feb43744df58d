// Reading request headers.
#include "server/http/request_headers.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "core/base/ascii_text.h"

namespace octavo {

namespace {

// Takes the part before the next `separator`, trimmed.
std::string_view next_part(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = trimmed(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

// "q=0", "q=0.0" ...
bool is_refused(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string parameter = ascii_lowercase(next_part(parameters, ';'));
    if (parameter.starts_with("q=")) return parameter.find_first_not_of("0.", 2) == std::string::npos;
  }
  return false;
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

bool is_local_host(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  // The colons of an IPv6 address are in brackets.
  if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
    if (!parse_number(host.substr(colon + 1))) return false;
    host = host.substr(0, colon);
  }
  const std::string name = ascii_lowercase(host);
  return name == "localhost" || name == "127.0.0.1" || name == "[::1]";
}

Encoding accepted_encoding(std::string_view accept_encoding) {
  Encoding best = Encoding::Identity;
  while (!accept_encoding.empty()) {
    std::string_view item = next_part(accept_encoding, ',');
    const std::string name = ascii_lowercase(next_part(item, ';'));
    if (is_refused(item)) continue;
    if (name == "br") best = Encoding::Brotli;
    if (name == "gzip" && best == Encoding::Identity) best = Encoding::Gzip;
  }
  return best;
}

bool matches_any_etag(std::string_view if_none_match, std::string_view etag) {
  if (trimmed(if_none_match) == "*") return true;
  while (!if_none_match.empty()) {
    std::string_view candidate = next_part(if_none_match, ',');
    if (candidate.starts_with("W/")) candidate.remove_prefix(2);
    if (candidate == etag) return true;
  }
  return false;
}

RangeRequest parse_range(std::string_view range, std::uint64_t size) {
  if (!range.starts_with("bytes=") || range.find(',') != std::string_view::npos) return {};
  range.remove_prefix(6);
  const std::size_t dash = range.find('-');
  if (dash == std::string_view::npos) return {};
  const std::string_view first_text = trimmed(range.substr(0, dash));
  const std::string_view last_text = trimmed(range.substr(dash + 1));
  const std::optional<std::uint64_t> first = parse_number(first_text);
  const std::optional<std::uint64_t> last = parse_number(last_text);
  if ((!first && !first_text.empty()) || (!last && !last_text.empty()) || (!first && !last)) return {};
  if (!first) {  // the last so many bytes
    if (*last == 0 || size == 0) return {RangeRequest::Kind::Unsatisfiable, {}};
    const std::uint64_t length = std::min(*last, size);
    return {RangeRequest::Kind::Part, {size - length, length}};
  }
  if (last && *last < *first) return {};
  if (*first >= size) return {RangeRequest::Kind::Unsatisfiable, {}};
  const std::uint64_t end = last ? std::min(*last, size - 1) : size - 1;
  return {RangeRequest::Kind::Part, {*first, end - *first + 1}};
}

}  // namespace octavo
