// The interface between the server of sockets and what answers requests, and the limits of both.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "server/http/http_message.h"
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

  // The answer where too much waits already, or respond() has thrown.
  virtual OutgoingResponse unavailable(const HttpRequest& request) = 0;

  // On a thread of the pool.
  virtual OutgoingResponse respond(const HttpRequest& request) = 0;
};

struct HttpServerOptions {
  HttpServerLimits limits;
  std::vector<std::pair<std::string, std::string>> headers;  // of every answer that does not have them
};

}  // namespace octavo
