// By cpp-httplib and OpenSSL with the system's certificates; httplib may throw, and nothing of it leaves this file.
#include "server/http_client.h"

#include <httplib.h>

#include <algorithm>
#include <exception>

#include "core/base/url.h"
#include "server/http_message.h"
#include "server/request_headers.h"

namespace octavo {

namespace {

constexpr time_t kConnectSeconds = 5;
constexpr time_t kAnswerSeconds = 10;

class Client final : public HttpClient {
 public:
  Result<IncomingReply> send(const OutgoingRequest& request) override {
    const std::string origin(origin_part(request.url));
    if (!is_private_address(request.url)) {
      return Error{ErrorCode::BadValue, "An address must begin with https:// (http:// only on this machine).", request.url};
    }
    try {
      return ask(origin, request);
    } catch (const std::exception& failure) {
      return Error{ErrorCode::Unreadable, failure.what(), origin};
    }
  }

 private:
  static Result<IncomingReply> ask(const std::string& origin, const OutgoingRequest& request) {
    httplib::Client client(origin);
    client.set_connection_timeout(kConnectSeconds);
    client.set_read_timeout(kAnswerSeconds);
    client.set_write_timeout(kAnswerSeconds);
    client.set_follow_location(false);
    httplib::Request sent;
    sent.method = !request.method.empty() ? request.method : request.body.empty() ? "GET" : "POST";
    sent.path = request.url.size() == origin.size() ? "/" : request.url.substr(origin.size());
    for (const auto& [name, value] : request.headers) sent.headers.emplace(name, value);
    if (!sent.has_header("Accept")) sent.headers.emplace("Accept", "application/json");
    if (!request.body.empty()) {
      sent.headers.emplace("Content-Type", request.body_type);
      sent.body = request.body;
    }
    IncomingReply reply;
    sent.content_receiver = [&reply, &request](const char* bytes, std::size_t length, std::uint64_t, std::uint64_t) {
      reply.body.append(bytes, length);
      return reply.body.size() <= request.max_answer;
    };
    const httplib::Result result = client.send(sent);
    if (!result) return Error{ErrorCode::Unreadable, httplib::to_string(result.error()), origin};
    reply.status = result->status;
    reply.headers.assign(result->headers.begin(), result->headers.end());
    reply.retry_after = result->get_header_value("Retry-After");
    return reply;
  }
};

}  // namespace

std::string_view IncomingReply::header(std::string_view name) const {
  const auto found =
      std::find_if(headers.begin(), headers.end(), [&](const auto& header) { return same_ignoring_case(header.first, name); });
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::unique_ptr<HttpClient> make_http_client() {
  return std::make_unique<Client>();
}

std::string_view origin_part(std::string_view url) {
  constexpr std::string_view kMark = "://";
  const std::size_t scheme = url.find(kMark);
  if (scheme == std::string_view::npos || (url.substr(0, scheme) != "https" && url.substr(0, scheme) != "http")) return {};
  const std::size_t host = scheme + kMark.size();
  const std::string_view origin = url.substr(0, url.find_first_of("/?#", host));
  const bool is_plain = origin.size() > host && origin.find_first_of("@\\", host) == std::string_view::npos;
  return is_plain ? origin : std::string_view();
}

bool is_private_address(std::string_view url) {
  const std::string_view origin = origin_part(url);
  constexpr std::string_view kPlain = "http://";
  return origin.starts_with("https://") || (origin.starts_with(kPlain) && is_local_host(origin.substr(kPlain.size())));
}

void add_form_field(std::string& form, std::string_view name, std::string_view value) {
  if (!form.empty()) form += '&';
  form.append(name).append("=").append(encode_path(value));
}

}  // namespace octavo
