// Text that grows: what tests and benchmarks of large and pathological posts are built from.
#pragma once

#include <string>
#include <string_view>

namespace octavo {

// At least `bytes` bytes of `part` after `part`.
inline std::string repeat(std::string_view part, std::size_t bytes) {
  std::string out;
  out.reserve(bytes + part.size());
  while (out.size() < bytes) out += part;
  return out;
}

// opener * n + middle + closer * n, as large as `bytes` allows.
inline std::string nest(std::string_view opener, std::string_view middle, std::string_view closer, std::size_t bytes) {
  const std::size_t count = bytes / (opener.size() + closer.size());
  return repeat(opener, count * opener.size()) + std::string(middle) + repeat(closer, count * closer.size());
}

}  // namespace octavo
