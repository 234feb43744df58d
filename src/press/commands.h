// The verbs of the `octavo` command, one file each. They print and return the process's exit code.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/diagnostics.h"
#include "press/build_site.h"
#include "press/import/import_site.h"
#include "press/progress.h"

namespace octavo {

enum ExitCode : int { kExitOk = 0, kExitProblems = 1, kExitUsage = 2 };

int run_build(const BuildOptions& options, Progress::Mode progress);
int run_import(const ImportOptions& options, Progress::Mode progress);
int run_check(const std::filesystem::path& site, DateTime now, Progress::Mode progress);

enum class Comments : std::uint8_t { On, Off };
struct ServeOptions {
  std::filesystem::path folder;
  int port = 8000;
  Comments comments = Comments::On;
  std::filesystem::path comments_folder;  // empty = beside the served folder
  std::string address = "127.0.0.1";
};
int run_serve(const ServeOptions& options);

enum class CommentsVerb : std::uint8_t { List, Approve, Reject, Delete, Close, Open, Export };
struct CommentsCommand {
  CommentsVerb verb = CommentsVerb::List;
  std::filesystem::path folder;    // of the comments
  std::string status;              // List: only these
  std::vector<std::string> names;  // ids of comments, keys of threads
};
int run_comments(const CommentsCommand& command);

enum class TerminalColors : std::uint8_t { Automatic, Plain };
// Width 0 = that of the terminal.
int run_render(const std::filesystem::path& post, std::uint32_t width, TerminalColors colors);

// To stderr, one line each.
void print_diagnostics(const Diagnostics& diagnostics);
void print_error(const Error& error);

}  // namespace octavo
