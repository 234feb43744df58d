// `octavo serve`: a folder on this machine's own address and the comments on it, until it is interrupted.
#include <pthread.h>

#include <csignal>
#include <cstdio>
#include <memory>
#include <thread>

#include "press/commands.h"
#include "press/comment_place.h"
#include "press/gumbo_parser.h"
#include "server/comments/comment_api.h"
#include "server/comments/moderation_page.h"
#include "server/static_server.h"

namespace octavo {

namespace {

sigset_t ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

int run_until_interrupted(StaticServer& server, const sigset_t& signals) {
  std::thread waiting([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    server.stop();
  });
  server.run();
  pthread_kill(waiting.native_handle(), SIGTERM);  // ends the wait when serving ended by itself
  waiting.join();
  return kExitOk;
}

int fail(const Error& error) {
  print_error(error);
  return kExitProblems;
}

}  // namespace

int run_serve(const ServeOptions& options) {
  // Blocked before any thread starts, so that only the waiting thread receives them.
  const sigset_t signals = ending_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  GumboParser parser;
  const std::unique_ptr<HttpClient> http = make_http_client();
  CommentPlace comments;
  std::unique_ptr<RequestHandler> handler;
  if (options.comments != Comments::Off) {
    Diagnostics diagnostics;
    Result<CommentPlace> place = open_comment_place(
        options.comments_folder.empty() ? comments_folder_of(options.folder) : options.comments_folder, diagnostics);
    print_diagnostics(diagnostics);
    if (!place) return fail(place.error());
    comments = std::move(*place);
    Result<std::unique_ptr<RequestHandler>> api =
        open_comment_api({*comments.database, comments.settings, parser, system_milliseconds, *http});
    if (!api) return fail(api.error());
    handler = std::move(*api);
  }
  Result<StaticServer> server = StaticServer::open({options.folder, options.port, handler.get(), options.address});
  if (!server) return fail(server.error());
  std::printf("Serving %s at http://localhost:%d/\n", options.folder.c_str(), server->port());
  if (handler) {
    std::printf("Comments are kept in %s\nModerate them at http://localhost:%d%s#%s\n", comments.where.c_str(), server->port(),
                kModerationPath, comments.settings.moderation_token.c_str());
  }
  std::printf("Ctrl-C ends it.\n");
  std::fflush(stdout);
  return run_until_interrupted(*server, signals);
}

}  // namespace octavo
