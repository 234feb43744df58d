// Bytes compressed for the way to the browser.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace octavo {

enum class Encoding : std::uint8_t { Identity, Gzip, Brotli };

// The name in Content-Encoding; empty for Identity.
std::string_view encoding_name(Encoding encoding);

enum class Effort : std::uint8_t {
  Quick,  // while somebody waits
  Most,   // once, at build time
};

// Nothing when the library fails or the result is not smaller. Precondition: not Identity.
std::optional<std::string> compress(std::string_view bytes, Encoding encoding, Effort effort = Effort::Quick);

}  // namespace octavo
