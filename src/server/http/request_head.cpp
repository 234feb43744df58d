// From bytes to a request. Beast throws only where memory ends; the caller catches it.
#include "server/http/request_head.h"

#include <algorithm>
#include <array>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <charconv>
#include <optional>
#include <string>

namespace octavo {

namespace {

namespace http = boost::beast::http;

constexpr int kBadRequest = 400;
constexpr int kExpectationFailed = 417;
constexpr int kNotImplemented = 501;
constexpr int kVersionNotSupported = 505;

// Those of RFC 9110, with PATCH and QUERY: what an address does not take of them is answered with 405 by the service.
constexpr std::array<std::string_view, 9> kMethods = {"GET",    "HEAD",    "POST",  "PUT",  "PATCH",
                                                      "DELETE", "OPTIONS", "TRACE", "QUERY"};

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

// uri-host [ ":" port ] without a user, as Host and an absolute target have it.
bool is_authority(std::string_view text) {
  return text.find_first_of("/?#@\\\"<> \t,") == std::string_view::npos;
}

// Replaces the Host lines by the host of an absolute target, as RFC 9112 (3.2.2) wants it.
void set_host(HttpRequest& request, std::string_view host) {
  std::erase_if(request.headers, [](const auto& header) { return same_ignoring_case(header.first, "Host"); });
  request.headers.emplace_back("Host", host);
}

bool has_one_host(const RequestHead& head) {
  const std::vector<std::string_view> hosts = head.request.headers_of("Host");
  if (hosts.empty()) return head.is_http_1_0;
  return hosts.size() == 1 && is_authority(hosts.front());
}

// Takes the target apart: "/a?b", "http://host/a?b", or "*" for OPTIONS.
bool read_target(std::string_view target, HttpRequest& request) {
  if (target.find('#') != std::string_view::npos) return false;
  for (const std::string_view scheme : {std::string_view("http://"), std::string_view("https://")}) {
    if (!same_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const std::string_view host = target.substr(0, target.find_first_of("/?"));
    if (host.empty() || !is_authority(host)) return false;
    target.remove_prefix(host.size());
    set_host(request, host);
    if (!target.starts_with('/')) {
      request.path = "/";
      request.query = target.substr(std::min<std::size_t>(1, target.size()));
      return true;
    }
    break;
  }
  if (!target.starts_with('/') && !(target == "*" && request.method == "OPTIONS")) return false;
  const std::size_t query = std::min(target.find('?'), target.size());
  request.path = target.substr(0, query);
  request.query = target.substr(std::min(query + 1, target.size()));
  return true;
}

// One line of digits. Beast would take equal numbers on several lines as well.
std::optional<std::uint64_t> content_length_of(const std::vector<std::string_view>& lines) {
  if (lines.empty()) return 0;
  const std::string_view text = lines.front();
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (lines.size() != 1 || text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return length;
}

// How long the body is; a status code when that cannot be known for sure.
int read_framing(RequestHead& head) {
  const std::vector<std::string_view> encodings = head.request.headers_of("Transfer-Encoding");
  const std::vector<std::string_view> lengths = head.request.headers_of("Content-Length");
  if (!encodings.empty() && (!lengths.empty() || head.is_http_1_0 || encodings.size() > 1)) return kBadRequest;
  const std::optional<std::uint64_t> length = content_length_of(lengths);
  if (!length) return kBadRequest;
  head.content_length = *length;
  head.is_chunked = !encodings.empty();
  return head.is_chunked && !same_ignoring_case(encodings.front(), "chunked") ? kNotImplemented : 0;
}

int read_expectation(RequestHead& head) {
  if (head.is_http_1_0) return 0;
  for (const std::string_view expected : head.request.headers_of("Expect")) {
    if (expected.empty()) continue;
    if (!same_ignoring_case(expected, "100-continue")) return kExpectationFailed;
    head.expects_continue = true;
  }
  return 0;
}

RequestHead refused(int status) {
  RequestHead head;
  head.refusal = status;
  return head;
}

}  // namespace

HeadEnd find_head_end(std::string_view bytes, std::size_t scanned) {
  // What follows a line end that was the last byte, or an empty line in the middle, is looked at again.
  const std::size_t from = scanned < 3 ? 0 : scanned - 3;
  for (std::size_t at = bytes.find('\n', from); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    if (at == 0 || bytes[at - 1] != '\r') return {HeadEnd::Kind::Malformed, 0};
    if (at >= 3 && bytes[at - 2] == '\n') return {HeadEnd::Kind::Complete, at + 1};
    if (at + 1 < bytes.size() && (bytes[at + 1] == ' ' || bytes[at + 1] == '\t')) return {HeadEnd::Kind::Malformed, 0};
  }
  return {};
}

RequestHead parse_request_head(std::string_view text) {
  http::request_parser<http::empty_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(std::min<std::size_t>(text.size() + 1, UINT32_MAX)));
  parser.body_limit(boost::none);
  parser.skip(true);
  boost::beast::error_code error;
  parser.put(boost::asio::const_buffer(text.data(), text.size()), error);
  if (error == http::error::bad_version) return refused(kVersionNotSupported);
  if (error || !parser.is_header_done()) return refused(kBadRequest);

  RequestHead head;
  const auto& message = parser.get();
  head.is_http_1_0 = message.version() == 10;
  head.keeps_connection = message.keep_alive();
  head.request.method = view(message.method_string());
  for (const auto& field : message) head.request.headers.emplace_back(view(field.name_string()), view(field.value()));
  if (std::find(kMethods.begin(), kMethods.end(), head.request.method) == kMethods.end()) return refused(kNotImplemented);
  if (!has_one_host(head) || !read_target(view(message.target()), head.request)) return refused(kBadRequest);
  if (const int status = read_framing(head); status != 0) return refused(status);
  if (const int status = read_expectation(head); status != 0) return refused(status);
  return head;
}

}  // namespace octavo
