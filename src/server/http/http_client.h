// Requests to other servers, whose addresses the owner has configured or a caller has checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace octavo {

// Whether anybody on the way may read along.
enum class Transport : std::uint8_t { Private, Any };

struct OutgoingRequest {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  // empty = none
  std::string body_type = "application/x-www-form-urlencoded";
  std::string method;                   // empty = POST with a body, GET without
  std::size_t max_answer = 256 * 1024;  // bytes; a longer answer is an error
  std::string connect_to;               // an address of the host, where the caller has resolved it; empty = the system does
  Transport transport = Transport::Private;
  int max_seconds = 0;  // for all of it; 0 = only silences are limited
};

struct IncomingResponse {
  int status = 0;
  std::string body;
  std::string retry_after;  // the header
  std::vector<std::pair<std::string, std::string>> headers;

  // The first header of this name (ASCII case does not matter), or empty.
  std::string_view header(std::string_view name) const;
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // From any thread. An error when there is no answer: the server cannot be reached, its certificate is not good, it takes too
  // long or says too much. Redirects are answers, too; they are not followed.
  virtual Result<IncomingResponse> send(const OutgoingRequest& request) = 0;
};

std::unique_ptr<HttpClient> make_http_client();

// HTTPS anywhere, or plain HTTP to this machine: nobody on the way reads what is said.
bool is_private_address(std::string_view url);

// "https://host:port", or empty where `url` is not a web address.
std::string_view origin_part(std::string_view url);

// Its host without port and brackets: "https://[::1]:8/x" -> "::1"; empty where `url` is not a web address.
std::string host_part(std::string_view url);

// One field more of a form or query.
void add_form_field(std::string& form, std::string_view name, std::string_view value);

}  // namespace octavo
