// The `octavo` command: reads its arguments and runs one verb. CLI11 throws; no exception leaves this file.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string>

#include "press/base/sha256.h"
#include "press/command/commands.h"

namespace octavo {

namespace {

struct Arguments {
  std::string site = ".";
  std::string output;
  std::string reader_files;
  std::string now;
  std::string folder = ".";
  std::string title;
  std::string post;
  std::string source;
  std::string url;
  bool drafts = false;
  bool precompress = false;
  bool no_cache = false;
  bool kill_service_worker = false;
  bool fetch_media = false;
  bool quiet = false;
  bool json = false;
  bool plain = false;
  bool no_comments = false;
  bool no_supervisor = false;
  std::string comments;
  std::string address = "127.0.0.1";
  CommentsCommand comments_command;
  int port = 8000;
  std::uint32_t width = 0;
};

// The reader files are installed beside the folder of the command: bin/octavo and web/.
std::string default_reader_files() {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? "web" : (self.parent_path().parent_path() / "web").string();
}

// Where the results of earlier builds of this output are kept; empty where there is no place for them.
std::filesystem::path default_cache(const std::string& output) {
  const char* given = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  if ((given == nullptr || *given != '/') && home == nullptr) return {};
  const std::filesystem::path folder =
      given != nullptr && *given == '/' ? std::filesystem::path(given) : std::filesystem::path(home) / ".cache";
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::weakly_canonical(std::filesystem::absolute(output, error), error);
  return error ? std::filesystem::path() : folder / "octavo" / hex_digits(sha256(whole.string()), 16);
}

// The only place that asks a clock which posts are due.
DateTime current_time() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count(), 0};
}

void add_now(CLI::App& verb, Arguments& arguments) {
  verb.add_option("--now", arguments.now, "The time to use instead of the clock (RFC 3339)")->check([](const std::string& text) {
    return parse_date_time(text) ? "" : "not a date like 2026-11-23T18:00:00Z";
  });
}

DateTime now_of(const Arguments& arguments) {
  const std::optional<DateTime> given = parse_date_time(arguments.now);
  return given ? *given : current_time();
}

void add_report(CLI::App& verb, Arguments& arguments) {
  CLI::Option* quiet = verb.add_flag("--quiet", arguments.quiet, "No progress and no summary");
  verb.add_flag("--json", arguments.json, "Report the outcome as JSON on standard output")->excludes(quiet);
}

Report report_of(const Arguments& arguments) {
  if (arguments.json) return Report::Json;
  return arguments.quiet ? Report::Quiet : Report::Shown;
}

void add_site(CLI::App& verb, Arguments& arguments) {
  verb.add_option("SITE", arguments.site, "Folder with octavo.toml and content/, or a JSON Feed file")->capture_default_str();
  add_report(verb, arguments);
  add_now(verb, arguments);
}

int run(const CLI::App& app, const Arguments& arguments) {
  const Report report = report_of(arguments);
  if (app.got_subcommand("build")) {
    BuildOptions options;
    options.site = arguments.site;
    options.output = arguments.output;
    options.reader_files = arguments.reader_files.empty() ? default_reader_files() : arguments.reader_files;
    options.now = now_of(arguments);
    options.drafts = arguments.drafts ? Drafts::Include : Drafts::Withhold;
    if (!arguments.no_cache) options.cache = default_cache(arguments.output);
    options.compression = arguments.precompress ? Compression::Beside : Compression::None;
    if (arguments.kill_service_worker) options.worker = ServiceWorker::Kill;
    return run_build(options, report);
  }
  if (app.got_subcommand("import")) {
    ImportOptions options;
    options.source = arguments.source;
    options.output = arguments.output;
    options.now = now_of(arguments);
    options.drafts = arguments.drafts ? Drafts::Include : Drafts::Withhold;
    return run_import(options, arguments.fetch_media ? RemoteMedia::Fetch : RemoteMedia::Leave, report);
  }
  if (app.got_subcommand("check") && !arguments.url.empty()) return run_site_audit(arguments.url, report);
  if (app.got_subcommand("check")) return run_check(arguments.site, now_of(arguments), report);
  if (app.got_subcommand("serve")) {
    const Comments comments = arguments.no_comments ? Comments::Off : Comments::On;
    ServeOptions options{arguments.folder, arguments.port, comments, arguments.comments, arguments.address};
    options.reader_files = arguments.reader_files.empty() ? default_reader_files() : arguments.reader_files;
    options.drafts = arguments.drafts ? Drafts::Include : Drafts::Withhold;
    options.now = parse_date_time(arguments.now);
    options.report = report;
    if (arguments.no_supervisor) options.supervisor = Supervisor::Off;
    return run_serve(options);
  }
  if (const CLI::App* verb = app.get_subcommand("new"); verb->parsed()) {
    return verb->got_subcommand("site") ? run_new_site(arguments.folder, now_of(arguments), report)
                                        : run_new_post(arguments.title, arguments.site, now_of(arguments), report);
  }
  if (app.got_subcommand("comments")) {
    CommentsCommand command = arguments.comments_command;
    command.report = report;
    return run_comments(command);
  }
  const TerminalColors colors = arguments.plain ? TerminalColors::Plain : TerminalColors::Automatic;
  return run_render({arguments.post, arguments.width, colors}, report);
}

void add_comments(CLI::App& app, Arguments& arguments) {
  CommentsCommand& command = arguments.comments_command;
  CLI::App* comments = app.add_subcommand("comments", "Moderate, import and export comments");
  comments->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, CommentsVerb which) {
    CLI::App* verb = comments->add_subcommand(name, what);
    verb->add_option("FOLDER", command.folder, "Folder of the comments, as `octavo serve` names it")->required();
    verb->callback([&command, which] { command.verb = which; });
    add_report(*verb, arguments);
    return verb;
  };
  const auto add_with_names = [&](const char* name, const char* what, const char* names, CommentsVerb which) {
    add(name, what, which)->add_option(names, command.names)->required();
  };
  CLI::App* list = add("list", "Comments, newest first", CommentsVerb::List);
  list->add_option("--status", command.status, "Only comments with this status")
      ->check(CLI::IsMember({"held", "published", "rejected", "deleted"}));
  list->add_option("--limit", command.limit, "At most this many")->check(CLI::PositiveNumber);
  list->add_option("--before", command.before, "Only comments older than this one: the last ID of the previous page");
  add_with_names("approve", "Publish comments", "ID", CommentsVerb::Approve);
  add_with_names("reject", "Refuse comments; their authors are told when they ask", "ID", CommentsVerb::Reject);
  add_with_names("delete", "Erase comments; their places stay where others answered", "ID", CommentsVerb::Delete);
  add_with_names("close", "Take no more comments in threads", "THREAD", CommentsVerb::Close);
  add_with_names("open", "Take comments in threads again", "THREAD", CommentsVerb::Open);
  add_with_names("import", "Take comments from built sites that bring them along, or from exports", "SITE|FILE",
                 CommentsVerb::Import);
  add("export", "Everything that is stored, one JSON object a line", CommentsVerb::Export);
}

void add_new(CLI::App& app, Arguments& arguments) {
  CLI::App* verb = app.add_subcommand("new", "Begin a site or a post");
  verb->require_subcommand(1);
  CLI::App* site = verb->add_subcommand("site", "The first files of a site");
  site->add_option("FOLDER", arguments.folder, "Folder to create; empty or absent")->required();
  CLI::App* post = verb->add_subcommand("post", "A draft to write in");
  post->add_option("TITLE", arguments.title, "Title of the post")->required();
  post->add_option("--site", arguments.site, "Folder of the site")->capture_default_str();
  for (CLI::App* each : {site, post}) {
    add_report(*each, arguments);
    add_now(*each, arguments);
  }
}

void add_verbs(CLI::App& app, Arguments& arguments) {
  CLI::App* build = app.add_subcommand("build", "Build the site into a folder that any host can serve");
  add_site(*build, arguments);
  build->add_option("--out", arguments.output, "Folder to publish; empty, absent or a previous output")->required();
  build->add_option("--reader-files", arguments.reader_files, "Folder of the built reader (default: ../web beside this program)");
  build->add_flag("--drafts", arguments.drafts, "Publish drafts as well");
  build->add_flag("--no-cache", arguments.no_cache, "Ignore the build cache in ~/.cache/octavo");
  build->add_flag("--precompress", arguments.precompress, "Write *.br and *.gz beside the files, for nginx, Caddy and the like");
  build->add_flag("--kill-service-worker", arguments.kill_service_worker,
                  "Take the service worker back from all readers; their drafts stay");

  CLI::App* import = app.add_subcommand("import", "Turn another blog into a folder that `octavo build` reads");
  import->add_option("SOURCE", arguments.source, "WordPress export, feed, or folder of another site builder")->required();
  import->add_option("--out", arguments.output, "Folder to write; empty or absent")->required();
  import->add_flag("--drafts", arguments.drafts, "Write drafts, pending and future posts as well, marked as drafts");
  import->add_flag("--fetch-media", arguments.fetch_media,
                   "Download the images that posts show from other sites; otherwise nothing is asked for over the network");
  add_report(*import, arguments);
  add_now(*import, arguments);

  CLI::App* check = app.add_subcommand("check", "Report every problem of a site; writes nothing");
  add_site(*check, arguments);
  check->add_option("--url", arguments.url, "Look at the published site at this address instead: headers, types, hashes");

  CLI::App* serve =
      app.add_subcommand("serve", "Serve a site on this machine; its sources are built, and again whenever they change");
  serve->add_option("DIR", arguments.folder, "A built site, or what `octavo build` reads")->capture_default_str();
  serve->add_option("--port", arguments.port, "Port; 0 takes any free one")->check(CLI::Range(0, 65535))->capture_default_str();
  serve->add_option("--comments", arguments.comments, "Folder of the comments (default: DIR-comments beside DIR)");
  serve->add_flag("--no-comments", arguments.no_comments, "Take no comments");
  serve->add_flag("--no-supervisor", arguments.no_supervisor, "Serve in this process; nothing starts it again after a crash");
  serve->add_option("--address", arguments.address, "Address to listen at, for a proxy on another machine")
      ->capture_default_str();

  serve->add_option("--reader-files", arguments.reader_files, "Folder of the built reader (default: ../web beside this program)");
  serve->add_flag("--drafts", arguments.drafts, "Show drafts as well");
  add_report(*serve, arguments);
  add_now(*serve, arguments);

  add_new(app, arguments);
  add_comments(app, arguments);

  CLI::App* render = app.add_subcommand("render", "Print one post laid out for the terminal");
  render->add_option("POST", arguments.post, "Markdown file")->required();
  render->add_option("--width", arguments.width, "Columns (default: those of the terminal)");
  render->add_flag("--plain", arguments.plain, "No colors and no bold");
  add_report(*render, arguments);
}

int parse_and_run(int argc, char** argv) {
  CLI::App app("Octavo packs posts into a site that reads well anywhere.", "octavo");
  app.set_version_flag("--version", "octavo " OCTAVO_VERSION);
  app.require_subcommand(1);
  Arguments arguments;
  add_verbs(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitUsage;
  }
  return run(app, arguments);
}

}  // namespace

}  // namespace octavo

int main(int argc, char** argv) {
  try {
    return octavo::parse_and_run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "octavo: error: %s\n", error.what());
    return octavo::kExitProblems;
  }
}
