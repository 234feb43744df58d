// `octavo serve`: a folder on this machine's own address, until it is interrupted.
#include <pthread.h>

#include <csignal>
#include <cstdio>
#include <thread>

#include "press/commands.h"
#include "server/static_server.h"

namespace octavo {

int run_serve(const std::filesystem::path& folder, int port) {
  // Blocked before any thread starts, so that only the waiting thread below receives them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  Result<StaticServer> server = StaticServer::open({folder, port});
  if (!server) {
    print_error(server.error());
    return kExitProblems;
  }
  std::printf("Serving %s at http://localhost:%d/\nCtrl-C ends it.\n", folder.c_str(), server->port());
  std::fflush(stdout);
  std::thread waiting([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    server->stop();
  });
  server->run();
  pthread_kill(waiting.native_handle(), SIGTERM);  // ends the wait when serving ended by itself
  waiting.join();
  return kExitOk;
}

}  // namespace octavo
