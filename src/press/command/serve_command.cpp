// `octavo serve`: a folder on this machine's own address and the comments on it, until it is interrupted. The sources of a site
// are built first, and again whenever they change.
#include <pthread.h>
#include <stdlib.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <thread>

#include "press/base/gumbo_parser.h"
#include "press/command/commands.h"
#include "press/command/comment_data_dir.h"
#include "press/command/comment_threads.h"
#include "press/command/folder_watch.h"
#include "press/command/supervisor.h"
#include "press/output/output_folder.h"
#include "press/publish/static_files.h"
#include "press/source/post_address.h"
#include "press/source/site_settings.h"
#include "server/comments/api/client_network.h"
#include "server/comments/api/comment_api.h"
#include "server/comments/moderation/moderation_page.h"
#include "server/http/listener.h"
#include "server/site/change_feed.h"
#include "server/site/static_server.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

// The folder that sources are built into; removed at the end.
class WorkFolder {
 public:
  WorkFolder() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "octavo-serve-XXXXXX").string();
    if (!error && mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~WorkFolder() {
    std::error_code error;
    if (!path_.empty()) fs::remove_all(path_, error);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  bool exists() const { return !path_.empty(); }
  fs::path site() const { return path_ / "site"; }

 private:
  fs::path path_;
};

// A JSON Feed, or a folder with what `octavo build` reads and without what it writes.
bool is_source(const fs::path& path) {
  std::error_code error;
  if (fs::is_regular_file(path, error)) return true;
  if (fs::exists(path / kManifestFileName, error)) return false;
  if (fs::exists(path / kSettingsFileName, error) || fs::is_directory(path / "content", error)) return true;
  for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
    if (is_post_file(at->path().filename().string())) return true;
  }
  return false;
}

// What a build reads. A folder with its posts in "content" may hold much else, for instance a published copy of itself.
std::vector<fs::path> watched_paths(const fs::path& source) {
  std::error_code error;
  if (!fs::is_directory(source / "content", error)) return {source};
  std::vector<fs::path> paths{source / "content", source / kSettingsFileName};
  if (fs::is_directory(source / kStaticFolderName, error)) paths.push_back(source / kStaticFolderName);
  return paths;
}

DateTime time_of(const ServeOptions& options) {
  if (options.now) return *options.now;
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count(), 0};
}

struct Built {
  std::optional<Error> error;  // nothing was built
  std::string problems;        // a line each: why posts are missing
};

Built build(const ServeOptions& options, const fs::path& output) {
  BuildOptions build;
  build.site = options.folder;
  build.output = output;
  build.reader_files = options.reader_files;
  build.now = time_of(options);
  build.drafts = options.drafts;
  build.cache = output.parent_path() / "cache";
  build.worker = ServiceWorker::Kill;  // changes must show at once, not when a release is whole
  Diagnostics diagnostics;
  Progress progress(progress_mode(options.report));
  const auto began = std::chrono::steady_clock::now();
  const Result<PostCounts> counts = build_site(build, diagnostics, progress);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
  print_diagnostics(diagnostics);
  Built built;
  if (!counts) {
    built.error = counts.error();
    return built;
  }
  for (const Diagnostic& diagnostic : diagnostics.items()) {
    if (diagnostic.severity == Severity::Error) built.problems += diagnostic.text() + "\n";
  }
  if (options.report == Report::Shown) std::fprintf(stderr, "%s (%.2f s)\n", summary_text(*counts).c_str(), seconds.count());
  return built;
}

void build_whenever_changed(const ServeOptions& options, const fs::path& output, FolderWatch& watch, ChangeFeed& changes) {
  while (watch.wait()) {
    const Built built = build(options, output);
    if (built.error) {
      print_error(*built.error);
      changes.announce_failure(built.error->text());
    } else {
      changes.announce(built.problems);
    }
  }
}

struct Served {
  fs::path folder;
  const Listener& listener;
  ProcessOnce& announce_once;    // the addresses
  FolderWatch* watch = nullptr;  // with `changes`, for sources
  ChangeFeed* changes = nullptr;
};

sigset_t ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

int run_until_interrupted(StaticServer& server, const ServeOptions& options, const Served& served, const sigset_t& signals) {
  std::thread waiting([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    if (served.watch != nullptr) served.watch->stop();
    server.stop();
  });
  std::thread building([&] {
    if (served.watch != nullptr) build_whenever_changed(options, served.folder, *served.watch, *served.changes);
  });
  server.run();
  pthread_kill(waiting.native_handle(), SIGTERM);  // ends the wait when serving ended by itself
  waiting.join();
  building.join();
  return kExitOk;
}

int fail(const Error& error) {
  print_error(error);
  return kExitProblems;
}

void print_addresses(const ServeOptions& options, int port, const CommentDataDir* comments) {
  const std::string url = "http://localhost:" + std::to_string(port) + "/";
  const std::string moderation =
      comments == nullptr ? "" : url + std::string(kModerationPath).substr(1) + "#" + comments->settings.moderation_token;
  if (options.report == Report::Json) {
    JsonWriter json;
    json.begin_object().key("ok").value(true).key("url").value(url);
    if (comments != nullptr) json.key("comments").value(comments->where).key("moderation").value(moderation);
    std::printf("%s\n", json.end_object().text().c_str());
  } else if (options.report == Report::Shown) {
    std::printf("Serving %s at %s\n", options.folder.c_str(), url.c_str());
    if (comments != nullptr) {
      std::printf("Comments are kept in %s\nModerate them at %s\n", comments->where.c_str(), moderation.c_str());
    }
    std::printf("Press Ctrl-C to stop.\n");
  }
  std::fflush(stdout);
}

void warn_of_unknown_posts(const fs::path& served, const CommentSettings& settings) {
  std::error_code error;
  if (settings.thread_rule != ThreadRule::Site || fs::exists(served / kManifestFileName, error)) return;
  Diagnostics diagnostics;
  diagnostics.warn(served.string(), 0, 0,
                   "This is not a site that octavo has built, so no post takes comments. If the blog is elsewhere, put "
                   "threads = \"any\" or a list of its slugs into comments.toml.");
  print_diagnostics(diagnostics);
}

int serve(const ServeOptions& options, const Served& served, const sigset_t& signals) {
  GumboParser parser;
  const std::unique_ptr<HttpClient> http = make_http_client();
  CommentDataDir comments;
  SiteThreads threads(served.folder);
  std::unique_ptr<RequestHandler> handler;
  if (options.comments != Comments::Off) {
    Diagnostics diagnostics;
    Result<CommentDataDir> place = open_comment_data_dir(
        options.comments_folder.empty() ? comments_folder_of(options.folder) : options.comments_folder, diagnostics);
    print_diagnostics(diagnostics);
    if (!place) return fail(place.error());
    comments = std::move(*place);
    Result<std::unique_ptr<RequestHandler>> api =
        open_comment_api({*comments.database, comments.settings, parser, system_milliseconds, *http,
                          [&threads](std::string_view key) { return threads.has(key); }});
    if (!api) return fail(api.error());
    handler = std::move(*api);
    warn_of_unknown_posts(served.folder, comments.settings);
  }
  StaticServerOptions serving;
  serving.folder = served.folder;
  serving.handler = handler.get();
  serving.changes = served.changes;
  serving.listener = &served.listener;
  serving.trusted_proxies = comments.settings.trusted_proxies;
  serving.network = [&proxies = comments.settings.trusted_proxies](const HttpRequest& request) {
    return client_network(request, proxies);
  };
  Result<StaticServer> server = StaticServer::open(serving);
  if (!server) return fail(server.error());
  if (served.announce_once.is_first()) print_addresses(options, server->port(), handler ? &comments : nullptr);
  return run_until_interrupted(*server, options, served, signals);
}

int serve_sources(const ServeOptions& options, const WorkFolder& work, Served served, const sigset_t& signals) {
  Result<FolderWatch> watch = FolderWatch::open(watched_paths(options.folder));
  if (!watch) return fail(watch.error());
  const Built built = build(options, work.site());
  if (built.error) return fail(*built.error);
  ChangeFeed changes(std::to_string(std::chrono::system_clock::now().time_since_epoch().count()));
  changes.announce(built.problems);
  served.folder = work.site();
  served.watch = &*watch;
  served.changes = &changes;
  return serve(options, served, signals);
}

}  // namespace

int run_serve(const ServeOptions& options) {
  // Blocked before any thread starts, so that only the waiting thread receives them.
  const sigset_t signals = ending_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::error_code error;
  if (!fs::exists(options.folder, error)) {  // before a folder for its comments is made
    return fail({ErrorCode::NotFound, "There is no file or folder with this name.", options.folder.string()});
  }
  std::optional<WorkFolder> work;
  if (is_source(options.folder) && !work.emplace().exists()) {
    return fail({ErrorCode::Unreadable, "A temporary folder for the build cannot be created.", ""});
  }
  // Opened here, so that a restarted server has the same port, and clients that connect meanwhile wait instead of being refused.
  const Result<Listener> listener = Listener::open(options.address, options.port);
  if (!listener) return fail(listener.error());
  ProcessOnce announce_once;
  const auto run = [&] {
    const Served served{options.folder, *listener, announce_once};
    return work ? serve_sources(options, *work, served, signals) : serve(options, served, signals);
  };
  return options.supervisor == Supervisor::Off ? run() : supervise(run);
}

}  // namespace octavo
