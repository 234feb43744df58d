// The local web server behind `octavo serve`: a folder on 127.0.0.1, for the machine it runs on.
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/result.h"

namespace octavo {

struct StaticServerOptions {
  std::filesystem::path folder;
  int port = 0;  // 0 = any free one
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
