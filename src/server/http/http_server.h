// HTTP/1.1 over sockets, all of them on one thread: a connection costs memory, never a thread, and has a deadline in whatever it
// does. What answers runs on worker pools.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "server/http/http_message.h"
#include "server/http/listener.h"
#include "server/http/outgoing_response.h"
#include "server/http/worker_pool.h"

namespace octavo {

struct HttpServerLimits {
  std::size_t connections = 2048;  // where more come, those that have waited longest for a request are closed
  std::size_t connections_per_network = 512;
  std::size_t head_bytes = 16 * 1024;  // longer heads are answered with 431
  std::size_t body_bytes = 96 * 1024;  // longer bodies are not read: the service is asked with Body::TooLarge
  // Deadlines. A client that is slower is cut off.
  std::chrono::milliseconds idle{75'000};   // until the next request begins; longer than proxies keep a connection
  std::chrono::milliseconds head{10'000};   // for all of a head, counted from the connection for the first one
  std::chrono::milliseconds body{20'000};   // for all of a body
  std::chrono::milliseconds write{20'000};  // for each 64 KiB of an answer
  std::chrono::milliseconds drain{5'000};   // for requests that are being answered while the server stops
};

// What answers the requests of a server.
class HttpService {
 public:
  virtual ~HttpService() = default;

  // On the thread of the sockets, so these must be quick:
  // Whose limits a request counts against. For a connection without a request yet, only `peer` is set.
  virtual std::string network_of(const HttpRequest& request) = 0;
  // False for proxies, through which many networks come: only their number of connections in all is bounded.
  virtual bool is_limited_peer(const std::string& peer) = 0;
  virtual WorkerPool& pool_of(const HttpRequest& head) = 0;
  // True when the answer is a stream of events (text/event-stream) that lasts as long as the client listens.
  virtual bool wants_events(const HttpRequest& head) = 0;
  // The newest event, as it is sent.
  virtual std::string newest_event() = 0;

  // On a thread of the pool. What it throws is answered with 500.
  virtual OutgoingResponse respond(const HttpRequest& request) = 0;
};

struct HttpServerOptions {
  HttpServerLimits limits;
  std::vector<std::pair<std::string, std::string>> headers;  // of every answer that does not have them
};

class HttpServer {
 public:
  // `service` and its pools must outlive run() and be destroyed before the server, because their jobs hold connections.
  static Result<HttpServer> open(const Listener& listener, HttpService& service, HttpServerOptions options);

  HttpServer(HttpServer&&) noexcept;
  HttpServer& operator=(HttpServer&&) = delete;
  ~HttpServer();

  void run();  // on one thread; answers requests until stop()
  // From any thread:
  void stop();            // takes no more requests; those that are being answered get their answers
  void announce_event();  // newest_event() has changed

  struct Core;

 private:
  explicit HttpServer(std::unique_ptr<Core> core);
  std::unique_ptr<Core> core_;
};

}  // namespace octavo
