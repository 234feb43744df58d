// The web server behind `octavo serve`: a folder, and what answers below addresses of its own beside it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "server/http/http_message.h"
#include "server/http/http_server.h"
#include "server/site/change_feed.h"

namespace octavo {

struct StaticServerOptions {
  std::filesystem::path folder;
  int port = 0;                       // 0 = any free one
  RequestHandler* handler = nullptr;  // asked first; must outlive the server
  std::string address = "127.0.0.1";
  ChangeFeed* changes = nullptr;       // pages are told of new builds; must outlive the server
  const Listener* listener = nullptr;  // already open, instead of address and port; must outlive open() only
  // The network that a request counts against; empty = its peer's address. From any thread.
  std::function<std::string(const HttpRequest&)> network;
  std::vector<std::string> trusted_proxies;  // their connections are many networks', so only the number of all bounds them
  HttpServerLimits limits;
  // Files never wait for the handler: each has threads of its own.
  WorkerPoolOptions site_pool{.threads = 4, .running_per_network = 3, .waiting = 1024, .waiting_per_network = 512};
  WorkerPoolOptions handler_pool{.threads = 16, .running_per_network = 8, .waiting = 512, .waiting_per_network = 128};
};

class StaticServer {
 public:
  // Takes the port; requests wait until run(). A port that is taken is an error.
  static Result<StaticServer> open(const StaticServerOptions& options);

  StaticServer(StaticServer&&) noexcept;
  StaticServer& operator=(StaticServer&&) = delete;
  ~StaticServer();

  int port() const;
  void run();   // answers requests until stop()
  void stop();  // from any thread; requests that are being answered get their answers

 private:
  struct State;
  explicit StaticServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace octavo
