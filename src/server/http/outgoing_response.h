// An answer whose body may be shared with a cache or come from a file, as the server of sockets sends it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/http_message.h"

namespace octavo {

struct OutgoingResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;  // without Content-Type and Content-Length
  std::string content_type;
  // The body: `length` bytes from `offset` of `bytes`, or of `file` when that is null.
  std::shared_ptr<const std::string> bytes;
  std::filesystem::path file;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;

  bool has_header(std::string_view name) const;  // ASCII case does not matter
};

// Text that no cache keeps.
OutgoingResponse text_response(int status, std::string text);

OutgoingResponse response_from(HttpResponse&& response);

}  // namespace octavo
