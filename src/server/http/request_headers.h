// What a request's headers ask for (RFC 9110), as pure functions of their text.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "server/http/compression.h"

namespace octavo {

// True for localhost, 127.0.0.1 and [::1] with any port. A page elsewhere whose name was rebound to this machine's address
// sends its own name, and must not be able to read what is served here.
bool is_local_host(std::string_view host);

// The best of what Accept-Encoding names; q=0 refuses.
Encoding accepted_encoding(std::string_view accept_encoding);

// If-None-Match: "*" or one of a list of entity tags, weak or strong.
bool matches_any_etag(std::string_view if_none_match, std::string_view etag);

struct ByteRange {
  std::uint64_t begin = 0;
  std::uint64_t length = 0;
};
struct RangeRequest {
  enum class Kind : std::uint8_t { Whole, Part, Unsatisfiable } kind = Kind::Whole;
  ByteRange range;  // Part
};
// One range of a file of `size` bytes. For several ranges, and for a range that is not understood, it is the
// whole file, as the standard allows.
RangeRequest parse_range(std::string_view range, std::uint64_t size);

}  // namespace octavo
