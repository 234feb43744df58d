// By cpp-httplib and OpenSSL with the system's certificates; httplib may throw, and nothing of it leaves this file.
#include "server/http/http_client.h"

#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "core/base/url.h"
#include "server/http/http_message.h"
#include "server/http/request_headers.h"

namespace octavo {

namespace {

constexpr time_t kConnectSeconds = 5;
constexpr time_t kAnswerSeconds = 10;

// Ends a conversation that goes on for too long, however often something is heard.
class Deadline {
 public:
  Deadline(httplib::Client& client, int seconds) {
    if (seconds == 0) return;
    watch_ = std::thread([this, &client, seconds] {
      std::unique_lock lock(mutex_);
      if (!done_.wait_for(lock, std::chrono::seconds(seconds), [this] { return is_done_; })) client.stop();
    });
  }
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;
  ~Deadline() {
    {
      const std::lock_guard lock(mutex_);
      is_done_ = true;
    }
    done_.notify_one();
    if (watch_.joinable()) watch_.join();
  }

 private:
  std::mutex mutex_;
  std::condition_variable done_;
  bool is_done_ = false;
  std::thread watch_;
};

class Client final : public HttpClient {
 public:
  Result<IncomingResponse> send(const OutgoingRequest& request) override {
    const std::string origin(origin_part(request.url));
    if (request.transport == Transport::Private && !is_private_address(request.url)) {
      return Error{ErrorCode::BadValue, "An address must begin with https:// (http:// only on this machine).", request.url};
    }
    if (origin.empty()) return Error{ErrorCode::BadValue, "An address must begin with http:// or https://.", request.url};
    try {
      return ask(origin, request);
    } catch (const std::exception& failure) {
      return Error{ErrorCode::Unreadable, failure.what(), origin};
    }
  }

 private:
  static Result<IncomingResponse> ask(const std::string& origin, const OutgoingRequest& request) {
    httplib::Client client(origin);
    client.set_connection_timeout(kConnectSeconds);
    client.set_read_timeout(kAnswerSeconds);
    client.set_write_timeout(kAnswerSeconds);
    client.set_follow_location(false);
    if (!request.connect_to.empty()) client.set_hostname_addr_map({{host_part(request.url), request.connect_to}});
    httplib::Request sent;
    sent.method = !request.method.empty() ? request.method : request.body.empty() ? "GET" : "POST";
    sent.path = request.url.size() == origin.size() ? "/" : request.url.substr(origin.size());
    for (const auto& [name, value] : request.headers) sent.headers.emplace(name, value);
    if (!sent.has_header("Accept")) sent.headers.emplace("Accept", "application/json");
    if (!request.body.empty()) {
      sent.headers.emplace("Content-Type", request.body_type);
      sent.body = request.body;
    }
    IncomingResponse reply;
    sent.content_receiver = [&reply, &request](const char* bytes, std::size_t length, std::uint64_t, std::uint64_t) {
      reply.body.append(bytes, length);
      return reply.body.size() <= request.max_answer;
    };
    const Deadline deadline(client, request.max_seconds);
    const httplib::Result result = client.send(sent);
    if (!result) return Error{ErrorCode::Unreadable, httplib::to_string(result.error()), origin};
    reply.status = result->status;
    reply.headers.assign(result->headers.begin(), result->headers.end());
    reply.retry_after = result->get_header_value("Retry-After");
    return reply;
  }
};

}  // namespace

std::string_view IncomingResponse::header(std::string_view name) const {
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

std::string host_part(std::string_view url) {
  std::string_view host = origin_part(url);
  if (host.empty()) return {};
  host.remove_prefix(host.find("://") + 3);
  if (host.starts_with('[')) return std::string(host.substr(1, host.find(']') - 1));
  return std::string(host.substr(0, host.find(':')));
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
