// Who answers a request: the handler, the folder, or the news of builds.
#include "server/site/static_server.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/base/url.h"
#include "server/http/request_headers.h"
#include "server/site/static_site.h"

namespace octavo {

namespace {

StaticRequest request_from(const HttpRequest& request) {
  StaticRequest out;
  out.method = request.method;
  out.path = decode_percent(request.path);
  out.query = request.query.empty() ? "" : "?" + request.query;
  out.host = request.header("Host");
  out.accept_encoding = request.header("Accept-Encoding");
  out.if_none_match = request.header("If-None-Match");
  out.range = request.header("Range");
  out.if_range = request.header("If-Range");
  return out;
}

// What the server as a whole understands (RFC 9110, section 9.3.7).
OutgoingResponse server_options() {
  OutgoingResponse response;
  response.status = 204;
  response.headers.emplace_back("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  return response;
}

OutgoingResponse live_script_response() {
  OutgoingResponse response;
  response.content_type = "text/javascript; charset=utf-8";
  response.bytes = std::make_shared<const std::string>(live_script());
  response.length = response.bytes->size();
  return response;
}

// A page as it is served while its author writes: whole, never from a cache, and with the script that waits for the next build.
OutgoingResponse respond_live(StaticSite& site, StaticRequest request, const ChangeFeed& changes) {
  request.accept_encoding.clear();
  request.range.clear();
  if (request.path.ends_with('/') || request.path.ends_with(".html")) request.if_none_match.clear();
  OutgoingResponse response = site.respond(request);
  if (!response.content_type.starts_with("text/html") || !response.bytes) return response;
  auto page = std::make_shared<std::string>(*response.bytes);
  const std::size_t end = page->rfind("</body>");
  page->insert(end == std::string::npos ? page->size() : end, changes.page_addition());
  response.length = page->size();
  response.bytes = std::move(page);
  std::erase_if(response.headers, [](const auto& header) {
    return header.first == "ETag" || header.first == "Cache-Control" || header.first == "Accept-Ranges";
  });
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

class Service final : public HttpService {
 public:
  Service(const StaticServerOptions& options, StaticSite& site)
      : options_(options), site_(site), site_pool_(options.site_pool), handler_pool_(options.handler_pool) {}

  std::string network_of(const HttpRequest& request) override {
    return options_.network ? options_.network(request) : request.peer;
  }
  bool is_limited_peer(const std::string& peer) override {
    const auto& trusted = options_.trusted_proxies;
    return std::find(trusted.begin(), trusted.end(), peer) == trusted.end();
  }
  WorkerPool& pool_of(const HttpRequest& head) override { return is_for_handler(head) ? handler_pool_ : site_pool_; }
  bool wants_events(const HttpRequest& head) override {
    return options_.changes != nullptr && head.path == kChangesPath && head.method == "GET" && is_local_host(head.header("Host"));
  }
  std::string newest_event() override { return change_event(options_.changes->state()); }

  OutgoingResponse unavailable(const HttpRequest& request) override {
    if (is_for_handler(request)) return response_from(options_.handler->unavailable(request));
    OutgoingResponse response = text_response(503, "The server has too much to do. Try again in a moment.\n");
    response.headers.emplace_back("Retry-After", "1");
    return response;
  }
  OutgoingResponse respond(const HttpRequest& request) override {
    if (is_for_handler(request)) return response_from(options_.handler->respond(request));
    if (request.path == "*") return server_options();
    const bool is_read = request.method == "GET" || request.method == "HEAD";
    if (is_read && request.body_state == HttpRequest::Body::TooLarge) return text_response(413, "The body is too long.\n");
    if (options_.changes == nullptr || !is_local_host(request.header("Host"))) return site_.respond(request_from(request));
    if (request.path == kLiveScriptPath) return live_script_response();
    return respond_live(site_, request_from(request), *options_.changes);
  }

 private:
  // TRACE would give a page's script the headers that browsers keep from it, so no handler sees it.
  bool is_for_handler(const HttpRequest& request) const {
    return options_.handler != nullptr && request.method != "TRACE" && options_.handler->handles(request.path);
  }

  const StaticServerOptions options_;
  StaticSite& site_;
  WorkerPool site_pool_;
  WorkerPool handler_pool_;
};

}  // namespace

struct StaticServer::State {
  explicit State(StaticSite served) : site(std::move(served)) {}
  ~State() {
    if (changes != nullptr) changes->set_listener({});
  }

  StaticSite site;
  ChangeFeed* changes = nullptr;
  int port = 0;
  std::optional<HttpServer> server;
  std::optional<Service> service;  // after the server, because its jobs hold connections
};

Result<StaticServer> StaticServer::open(const StaticServerOptions& options) {
  Result<StaticSite> site = StaticSite::open(options.folder);
  if (!site) return site.error();
  std::optional<Listener> own;
  if (options.listener == nullptr) {
    Result<Listener> opened = Listener::open(options.address, options.port);
    if (!opened) return opened.error();
    own.emplace(std::move(*opened));
  }
  const Listener& listener = own ? *own : *options.listener;
  auto state = std::make_unique<State>(std::move(*site));
  state->port = listener.port();
  state->service.emplace(options, state->site);
  Result<HttpServer> server = HttpServer::open(listener, *state->service, {options.limits, security_headers()});
  if (!server) return server.error();
  state->server.emplace(std::move(*server));
  if (options.changes != nullptr) {
    state->changes = options.changes;
    state->changes->set_listener([server = &*state->server] { server->announce_event(); });
  }
  return StaticServer(std::move(state));
}

StaticServer::StaticServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
StaticServer::StaticServer(StaticServer&&) noexcept = default;
StaticServer::~StaticServer() = default;

int StaticServer::port() const {
  return state_->port;
}

void StaticServer::run() {
  state_->server->run();
}

void StaticServer::stop() {
  state_->server->stop();
}

}  // namespace octavo
