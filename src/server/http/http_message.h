// A request and its answer as plain values, so that what answers needs no socket and no HTTP library.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace octavo {

struct HttpRequest {
  enum class Body : std::uint8_t {
    Whole,
    TooLarge,  // longer than the server reads; it was thrown away and the connection ends
  };

  std::string method;
  std::string path;   // as sent: percent-encoded, without the query
  std::string query;  // as sent, without '?'
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  Body body_state = Body::Whole;
  std::string peer;  // the address of the socket's other end

  // The first header of this name (ASCII case does not matter), or empty.
  std::string_view header(std::string_view name) const;
  // All of this name, in the order in which they came.
  std::vector<std::string_view> headers_of(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;  // without Content-Type and Content-Length
  std::string body;

  HttpResponse& set(std::string name, std::string value);
};

// Something that answers below a path of its own.
class RequestHandler {
 public:
  virtual ~RequestHandler() = default;
  virtual bool handles(std::string_view path) const = 0;
  // From any thread.
  virtual HttpResponse respond(const HttpRequest& request) = 0;
  // From any thread, and at once: the answer where there is no room for this request, or respond() has thrown.
  virtual HttpResponse unavailable(const HttpRequest& request) const = 0;
};

// Value of a query's field, decoded ('+' is a blank). The first one counts.
std::optional<std::string> find_query_field(std::string_view query, std::string_view name);
// The same, with an empty text where there is no such field.
std::string query_field(std::string_view query, std::string_view name);

// ASCII case does not matter.
bool same_ignoring_case(std::string_view a, std::string_view b);

}  // namespace octavo
