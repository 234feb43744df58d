// HTTP/1.1 over sockets. All of them are on one thread, so a connection costs memory and no thread. Each step of a connection has
// a deadline. Requests are answered on worker pools.
#pragma once

#include <memory>

#include "core/base/result.h"
#include "server/http/http_service.h"
#include "server/http/listener.h"

namespace octavo {

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
