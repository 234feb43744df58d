// The head of a request (RFC 9112), read by Boost.Beast's strict parser. What it leaves open (framing, Host, the forms of a
// target) is decided here, so that no proxy in front can understand a request in another way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "server/http/http_message.h"

namespace octavo {

struct HeadEnd {
  enum class Kind : std::uint8_t {
    Incomplete,
    Complete,
    Malformed,  // a line that ends without CR, or a folded one (obs-fold)
  } kind = Kind::Incomplete;
  std::size_t length = 0;  // Complete: with the empty line
};
// Where the head at the beginning of `bytes` ends. The first `scanned` bytes were found to be incomplete before.
HeadEnd find_head_end(std::string_view bytes, std::size_t scanned);

struct RequestHead {
  int refusal = 0;      // a status code; the other fields mean nothing then, and what follows cannot be read
  HttpRequest request;  // without body and peer; Host is the one of the target where that has one
  std::uint64_t content_length = 0;
  bool is_chunked = false;
  bool expects_continue = false;
  bool keeps_connection = true;
  bool is_http_1_0 = false;
};
// `head` is complete, with its empty line.
RequestHead parse_request_head(std::string_view head);

}  // namespace octavo
