// Sockets and HTTP by cpp-httplib; it throws, but only inside of itself: it answers 500 to what a handler lets out.
#include "server/site/static_server.h"

#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <utility>

#include "server/http/request_headers.h"
#include "server/site/static_site.h"

namespace octavo {

namespace {

constexpr std::size_t kThreads = 64;  // each open connection takes one; browsers open six
constexpr std::size_t kRequestsPerConnection = 1000;
constexpr std::size_t kMaxBodyDigits = 5;  // of Content-Length: longer bodies than any handler wants are not read
constexpr std::size_t kChunkBytes = 256 * 1024;

StaticRequest request_from(const httplib::Request& request) {
  StaticRequest out;
  out.method = request.method;
  out.path = request.path;
  out.query = request.target.substr(std::min(request.target.find('?'), request.target.size()));
  out.host = request.get_header_value("Host");
  out.accept_encoding = request.get_header_value("Accept-Encoding");
  out.if_none_match = request.get_header_value("If-None-Match");
  out.range = request.get_header_value("Range");
  out.if_range = request.get_header_value("If-Range");
  return out;
}

HttpRequest message_from(const httplib::Request& request, HttpRequest::Body body_state) {
  HttpRequest out;
  out.method = request.method;
  const std::size_t query = std::min(request.target.find('?'), request.target.size());
  out.path = request.target.substr(0, query);
  out.query = request.target.substr(std::min(query + 1, request.target.size()));
  out.headers.assign(request.headers.begin(), request.headers.end());
  out.body = request.body;
  out.body_state = body_state;
  out.peer = request.remote_addr;
  return out;
}

StaticResponse response_from(HttpResponse&& response) {
  StaticResponse out;
  out.status = response.status;
  out.content_type = response.content_type;
  out.headers = std::move(response.headers);
  out.length = response.body.size();
  out.bytes = std::make_shared<const std::string>(std::move(response.body));
  return out;
}

bool send_from_file(const std::filesystem::path& path, std::uint64_t offset, std::size_t length, httplib::DataSink& sink) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return false;
  std::string chunk(std::min(length, kChunkBytes), '\0');
  const bool is_read =
      fseeko(file, static_cast<off_t>(offset), SEEK_SET) == 0 && std::fread(chunk.data(), 1, chunk.size(), file) == chunk.size();
  std::fclose(file);
  return is_read && sink.write(chunk.data(), chunk.size());
}

enum class Afterwards { KeepConnection, CloseConnection };

// By a content provider, because httplib compresses and cuts whole bodies in its own way.
void send(const StaticResponse& from, Afterwards afterwards, httplib::Response& to) {
  to.status = from.status;
  for (const auto& [name, value] : from.headers) to.set_header(name, value);
  if (from.length == 0) {
    if (from.status == 200) to.set_header("Content-Type", from.content_type);
    return;
  }
  const auto provider = [from, afterwards](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
    if (!from.bytes) return send_from_file(from.file, from.offset + offset, length, sink);
    const bool is_sent = sink.write(from.bytes->data() + from.offset + offset, length);
    // httplib ends a connection whose answer is said to have failed; all of it has been sent by then.
    return is_sent && afterwards == Afterwards::KeepConnection;
  };
  to.set_content_provider(static_cast<std::size_t>(from.length), from.content_type, provider);
}

// What has to happen with a request's body: left unread, it would be taken for the next request on the connection.
enum class Body {
  None,
  Read,    // by httplib, before it calls its handler
  Refuse,  // too long, of unknown length, or of a method whose body httplib does not read: the connection ends
};

Body body_of(const httplib::Request& request) {
  if (request.has_header("Transfer-Encoding")) return Body::Refuse;
  const std::string length = request.get_header_value("Content-Length");
  if (length.empty() || length == "0") return Body::None;
  const bool is_read =
      request.method == "POST" || request.method == "PUT" || request.method == "PATCH" || request.method == "DELETE";
  return is_read && length.size() <= kMaxBodyDigits ? Body::Read : Body::Refuse;
}

// A connection without news is heard of this often, so that one whose page is gone ends.
constexpr std::chrono::milliseconds kHeartbeat{10000};

// Server-sent events until the page goes or the feed is stopped.
void send_changes(const ChangeFeed& changes, httplib::Response& to) {
  to.set_header("Cache-Control", "no-store");
  auto known = std::make_shared<ChangeFeed::State>();
  to.set_chunked_content_provider("text/event-stream", [&changes, known](std::size_t, httplib::DataSink& sink) {
    if (!changes.wait(*known, kHeartbeat)) return false;
    const ChangeFeed::State now = changes.state();
    const std::string text = now == *known ? ":\n\n" : change_event(now);
    *known = now;
    return sink.write(text.data(), text.size());
  });
}

StaticResponse live_script_response() {
  StaticResponse response;
  response.content_type = "text/javascript; charset=utf-8";
  response.bytes = std::make_shared<const std::string>(live_script());
  response.length = response.bytes->size();
  return response;
}

// A page as it is served while its author writes: whole, never from a cache, and with the script that waits for the next build.
StaticResponse respond_live(StaticSite& site, StaticRequest request, const ChangeFeed& changes) {
  request.accept_encoding.clear();
  request.range.clear();
  if (request.path.ends_with('/') || request.path.ends_with(".html")) request.if_none_match.clear();
  StaticResponse response = site.respond(request);
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

// Every answer comes from `handler` or `site`, whichever way httplib reaches it.
void set_handlers(httplib::Server& server, StaticSite& site, RequestHandler* handler, const ChangeFeed* changes) {
  const auto respond = [&site, changes](const httplib::Request& request) {
    if (changes == nullptr || !is_local_host(request.get_header_value("Host"))) return site.respond(request_from(request));
    if (request.path == kLiveScriptPath) return live_script_response();
    return respond_live(site, request_from(request), *changes);
  };
  const auto answer = [respond, handler, changes](const httplib::Request& request, httplib::Response& response) {
    const bool asks_for_changes = changes != nullptr && request.path == kChangesPath && request.method == "GET";
    if (asks_for_changes && is_local_host(request.get_header_value("Host"))) return send_changes(*changes, response);
    const bool is_refused = body_of(request) == Body::Refuse;
    const Afterwards afterwards = is_refused ? Afterwards::CloseConnection : Afterwards::KeepConnection;
    if (handler == nullptr || !handler->handles(request.target)) {
      return send(respond(request), afterwards, response);
    }
    const HttpRequest::Body body_state = !is_refused                               ? HttpRequest::Body::Whole
                                         : request.has_header("Transfer-Encoding") ? HttpRequest::Body::NoLength
                                                                                   : HttpRequest::Body::TooLarge;
    send(response_from(handler->respond(message_from(request, body_state))), afterwards, response);
  };
  server.set_pre_routing_handler([answer](const httplib::Request& request, httplib::Response& response) {
    if (body_of(request) == Body::Read) return httplib::Server::HandlerResponse::Unhandled;
    // Ranges are applied by StaticSite; httplib must not cut the part once more. The object itself is not const.
    const_cast<httplib::Request&>(request).ranges.clear();
    answer(request, response);
    return httplib::Server::HandlerResponse::Handled;
  });
  constexpr const char* kAnyPath = "[\\s\\S]*";  // with line ends in it, too
  server.Post(kAnyPath, answer).Put(kAnyPath, answer).Patch(kAnyPath, answer).Delete(kAnyPath, answer);
}

// Without SO_REUSEPORT, which httplib sets by itself and with which two servers would share a port unnoticed.
void set_socket_options(socket_t socket) {
  const int yes = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

}  // namespace

struct StaticServer::State {
  explicit State(StaticSite served) : site(std::move(served)) {}

  StaticSite site;
  httplib::Server server;
  int port = 0;
  std::atomic<bool> is_stopped = false;
  std::atomic<bool> has_ended = false;
};

Result<StaticServer> StaticServer::open(const StaticServerOptions& options) {
  Result<StaticSite> site = StaticSite::open(options.folder);
  if (!site) return site.error();
  auto state = std::make_unique<State>(std::move(*site));
  httplib::Server& server = state->server;
  server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  server.set_socket_options(set_socket_options);
  server.set_tcp_nodelay(true);
  server.set_keep_alive_max_count(kRequestsPerConnection);
  server.set_post_routing_handler([](const httplib::Request&, httplib::Response& response) {
    for (const auto& [name, value] : security_headers()) {
      if (!response.has_header(name.c_str())) response.set_header(name, value);
    }
  });
  set_handlers(server, state->site, options.handler, options.changes);
  const bool is_bound = options.port == 0 ? (state->port = server.bind_to_any_port(options.address.c_str())) > 0
                                          : server.bind_to_port(options.address.c_str(), state->port = options.port);
  if (!is_bound) {
    return Error{
        ErrorCode::Unreadable,
        "Port " + std::to_string(options.port) +
            " cannot be used: another program has it, or it is reserved. Choose another with --port, or --port 0 for any.",
        ""};
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
  if (!state_->is_stopped) state_->server.listen_after_bind();
  state_->has_ended = true;
}

void StaticServer::stop() {
  state_->is_stopped = true;
  // httplib ignores stop() before it listens, which is a matter of moments after run() was called.
  while (!state_->has_ended && !state_->server.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  state_->server.stop();
}

}  // namespace octavo
