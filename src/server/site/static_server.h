// The web server behind `octavo serve`: a folder, and what answers below addresses of its own beside it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "server/http/http_message.h"
#include "server/site/change_feed.h"

namespace octavo {

struct StaticServerOptions {
  std::filesystem::path folder;
  int port = 0;                       // 0 = any free one
  RequestHandler* handler = nullptr;  // asked first; must outlive the server
  std::string address = "127.0.0.1";
  const ChangeFeed* changes = nullptr;  // pages are told of new builds; must outlive the server and be stopped before it
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
  void stop();  // from another thread than the one that is in run() or about to call it

 private:
  struct State;
  explicit StaticServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace octavo
