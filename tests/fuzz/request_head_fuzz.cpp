// Heads of HTTP requests as bytes: where they end does not depend on how they arrive, and what is taken is taken the same way
// when it is written and read again.
#include <algorithm>
#include <string>

#include "core/base/assert.h"
#include "fuzz/fuzz_input.h"
#include "fuzz/operations.h"
#include "server/http/http_service.h"
#include "server/http/request_head.h"

namespace octavo {
namespace {

// The end that is found when the bytes arrive a few at a time.
HeadEnd find_in_pieces(std::string_view bytes, std::size_t piece) {
  std::size_t scanned = 0;
  for (std::size_t arrived = std::min(piece, bytes.size());; arrived = std::min(arrived + piece, bytes.size())) {
    const HeadEnd end = find_head_end(bytes.substr(0, arrived), scanned);
    if (end.kind != HeadEnd::Kind::Incomplete || arrived == bytes.size()) return end;
    scanned = arrived;
  }
}

std::string written(const RequestHead& head) {
  const HttpRequest& request = head.request;
  std::string text = request.method + " " + request.path + (request.query.empty() ? "" : "?" + request.query);
  text += head.is_http_1_0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n";
  for (const auto& [name, value] : request.headers) text += name + ": " + value + "\r\n";
  return text + "\r\n";
}

void check_head(const RequestHead& head) {
  if (head.refusal != 0) {
    OCTAVO_ASSERT(head.refusal >= 400 && head.refusal < 600);
    return;
  }
  const HttpRequest& request = head.request;
  OCTAVO_ASSERT(request.path.starts_with('/') || request.path == "*");
  OCTAVO_ASSERT(request.path.find_first_of(std::string_view(" ?#\r\n\0", 6)) == std::string::npos);
  OCTAVO_ASSERT(request.headers_of("Host").size() <= 1 && (head.is_http_1_0 || request.headers_of("Host").size() == 1));
  // Nobody in front may see another length.
  OCTAVO_ASSERT(request.headers_of("Content-Length").size() + request.headers_of("Transfer-Encoding").size() <= 1);
  OCTAVO_ASSERT(head.is_chunked == (request.headers_of("Transfer-Encoding").size() == 1));
  for (const auto& [name, value] : request.headers) {
    OCTAVO_ASSERT(!name.empty() && name.find_first_of(std::string_view(" :\r\n\0", 5)) == std::string::npos);
    OCTAVO_ASSERT(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
  }
  const RequestHead again = parse_request_head(written(head));
  OCTAVO_ASSERT(again.refusal == 0 && again.request.method == request.method && again.request.path == request.path);
  OCTAVO_ASSERT(again.request.query == request.query && again.request.headers == request.headers);
  OCTAVO_ASSERT(again.content_length == head.content_length && again.is_chunked == head.is_chunked);
  OCTAVO_ASSERT(again.keeps_connection == head.keeps_connection && again.expects_continue == head.expects_continue);
}

// As an editor writes it, with '\n' alone: a seed that a person can read.
std::string with_line_ends(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

}  // namespace
}  // namespace octavo

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  FuzzInput input(data, size);
  const bool shows_growth = input.shows_growth();
  const std::size_t piece = 1 + input.option(7);
  const std::string bytes = input.flag() ? std::string(input.text()) : with_line_ends(input.text());
  const HeadEnd end = find_head_end(bytes, 0);
  const HeadEnd in_pieces = find_in_pieces(bytes, piece);
  OCTAVO_ASSERT(in_pieces.kind == end.kind && in_pieces.length == end.length);
  if (end.kind == HeadEnd::Kind::Complete) {
    OCTAVO_ASSERT(end.length <= bytes.size() && bytes.substr(0, end.length).ends_with("\r\n\r\n"));
    check_head(parse_request_head(bytes.substr(0, end.length)));
  } else if (end.kind == HeadEnd::Kind::Incomplete) {
    OCTAVO_ASSERT(parse_request_head(bytes).refusal != 0);
  }
  if (!shows_growth) return 0;
  // Longer heads are refused before they are read.
  const auto parse = [](std::string_view text) { parse_request_head(text.substr(0, HttpServerLimits().head_bytes)); };
  check_growth(bytes, parse, "GET / HTTP/1.1\r\nHost: a\r\n", "\r\n\r\n");
  return 0;
}
