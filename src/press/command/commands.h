// The verbs of the `octavo` command, one file each. They print and return the process's exit code.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/diagnostics.h"
#include "press/command/report.h"
#include "press/import/import_site.h"
#include "press/publish/build_site.h"

namespace octavo {

int run_build(const BuildOptions& options, Report report);
enum class RemoteMedia : std::uint8_t { Leave, Fetch };
int run_import(ImportOptions options, RemoteMedia media, Report report);
int run_check(const std::filesystem::path& site, DateTime now, Report report);
int run_site_audit(const std::string& url, Report report);

// A folder for a new site, or a new draft in the content of a site that exists.
int run_new_site(const std::filesystem::path& folder, DateTime now, Report report);
int run_new_post(const std::string& title, const std::filesystem::path& site, DateTime now, Report report);

enum class Comments : std::uint8_t { On, Off };
enum class Supervisor : std::uint8_t { On, Off };
struct ServeOptions {
  std::filesystem::path folder;  // a built site, or the sources of one: these are built, and again whenever they change
  int port = 8000;
  Comments comments = Comments::On;
  std::filesystem::path comments_folder;  // empty = beside the served folder
  std::string address = "127.0.0.1";
  std::filesystem::path reader_files;
  Drafts drafts = Drafts::Withhold;
  std::optional<DateTime> now;  // empty = the clock, at each build
  Report report = Report::Shown;
  Supervisor supervisor = Supervisor::On;  // On: a child process serves, and is started again after a crash
};
int run_serve(const ServeOptions& options);

enum class CommentsVerb : std::uint8_t { List, Approve, Reject, Delete, Close, Open, Import, Export };
struct CommentsCommand {
  CommentsVerb verb = CommentsVerb::List;
  std::filesystem::path folder;    // of the comments
  std::string status;              // List: only comments with this status
  std::string before;              // List: only those that are older than the comment with this id
  std::int64_t limit = 0;          // List: at most this many; 0 = all
  std::vector<std::string> names;  // ids of comments, keys of threads, folders of built sites and files of exports
  Report report = Report::Shown;   // Json: one object per line
};
int run_comments(const CommentsCommand& command);

enum class TerminalColors : std::uint8_t { Automatic, Plain };
struct RenderOptions {
  std::filesystem::path post;
  std::uint32_t width = 0;  // 0 = that of the terminal
  TerminalColors colors = TerminalColors::Automatic;
};
// Quiet reports only what is wrong with the post.
int run_render(const RenderOptions& options, Report report);

}  // namespace octavo
