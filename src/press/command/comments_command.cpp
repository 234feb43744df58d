// `octavo comments`: what the owner does with comments at the command line, beside a running server or without one.
#include <chrono>
#include <cstdio>
#include <string>

#include "core/base/json.h"
#include "core/base/plain_name.h"
#include "press/command/commands.h"
#include "press/command/comment_data_dir.h"
#include "press/command/comment_import.h"
#include "server/comments/api/comment_api.h"
#include "server/comments/api/comment_json.h"
#include "server/comments/store/comment_changes.h"

namespace octavo {

namespace {

constexpr std::int64_t kPage = 200;

int fail(const Error& error) {
  print_error(error);
  return kExitProblems;
}

int fail(const std::string& what, const Problem& problem) {
  std::fprintf(stderr, "%s: error: %s\n", what.c_str(), problem.detail.c_str());
  return kExitProblems;
}

// Text of strangers on a terminal: no control characters, one line.
std::string printable(std::string_view text, std::size_t limit) {
  return plain_name(text, limit);
}

void print_comment(const CommentRecord& comment) {
  std::printf("%s  %s  %s  %s\n", comment.id.c_str(), utc_text(comment.created).c_str(), comment.status.c_str(),
              printable(comment.thread, 80).c_str());
  std::printf("  %s%s%s%s%s\n", printable(comment.author_name, 64).c_str(), comment.author_email.empty() ? "" : " <",
              printable(comment.author_email, 254).c_str(), comment.author_email.empty() ? "" : ">",
              comment.held_reason.empty() ? "" : (" (" + comment.held_reason + ")").c_str());
  std::printf("  %s\n", printable(comment.source, 200).c_str());
}

std::string owners_json(const CommentRecord& comment, const CommentSettings& settings) {
  JsonWriter json;
  write_comment(json, comment, {settings, CommentView::Owner, system_milliseconds()});
  return json.take();
}

int list(Database& database, const CommentSettings& settings, const CommentsCommand& command) {
  const std::string& status = command.status;
  std::vector<CommentRecord> comments;
  const Status read = database.read([&](SqlSession& session) -> Status {
    Result<std::vector<CommentRecord>> found = CommentStore(session).moderation_list(status, kPage, nullptr);
    if (!found) return found.error();
    comments = std::move(*found);
    return Unit();
  });
  if (!read) return fail(read.error());
  for (const CommentRecord& comment : comments) {
    if (command.report == Report::Json) {
      std::printf("%s\n", owners_json(comment, settings).c_str());
    } else {
      print_comment(comment);
    }
  }
  if (command.report == Report::Shown) {
    std::fprintf(stderr, "%zu comments%s\n", comments.size(), comments.size() == kPage ? " (the newest ones)" : "");
  }
  return kExitOk;
}

int change(Database& database, const CommentsCommand& command, std::string_view status) {
  int worst = kExitOk;
  for (const std::string& id : command.names) {
    const auto anyones = [](const CommentRecord&) { return true; };
    Outcome<CommentRecord> changed = status == comment_status::kDeleted
                                         ? delete_comment(database, id, anyones, system_milliseconds())
                                         : moderate_comment(database, id, status, system_milliseconds());
    if (!changed) {
      worst = fail(id, changed.problem());
    } else if (command.report == Report::Json) {
      JsonWriter json;
      json.begin_object().key("id").value(id).key("status").value(changed->status).end_object();
      std::printf("%s\n", json.text().c_str());
    } else if (command.report == Report::Shown) {
      std::printf("%s %s\n", id.c_str(), changed->status.c_str());
    }
  }
  return worst;
}

int set_threads(Database& database, const CommentsCommand& command, bool is_open) {
  const Status done = database.write([&](SqlSession& session) -> Status {
    for (const std::string& thread : command.names) {
      if (const Status set = CommentStore(session).set_thread_open(thread, is_open); !set) return set;
    }
    return Unit();
  });
  if (!done) return fail(done.error());
  if (command.report == Report::Json) {
    for (const std::string& thread : command.names) {
      JsonWriter json;
      json.begin_object().key("thread").value(thread).key("open").value(is_open).end_object();
      std::printf("%s\n", json.text().c_str());
    }
  }
  return kExitOk;
}

int import_all(Database& database, const CommentSettings& settings, const CommentsCommand& command) {
  int worst = kExitOk;
  for (const std::string& site : command.names) {
    Diagnostics diagnostics;
    const Result<ImportedCommentCounts> counts = import_comments_of(site, database, settings, diagnostics);
    print_diagnostics(diagnostics);
    if (!counts) {
      worst = fail(counts.error());
      continue;
    }
    if (diagnostics.count(Severity::Error) > 0) worst = kExitProblems;
    if (command.report == Report::Json) {
      JsonWriter json;
      json.begin_object().key("site").value(site).key("added").value(static_cast<std::int64_t>(counts->added));
      json.key("known").value(static_cast<std::int64_t>(counts->known)).end_object();
      std::printf("%s\n", json.text().c_str());
    } else if (command.report == Report::Shown) {
      std::fprintf(stderr, "%zu comments imported, %zu had come before\n", counts->added, counts->known);
    }
  }
  return worst;
}

// One JSON object a line, all that is stored, in the order in which the comments came.
int export_all(Database& database, const CommentSettings& settings) {
  std::string after;
  for (bool is_done = false; !is_done;) {
    std::vector<CommentRecord> comments;
    const Status read = database.read([&](SqlSession& session) -> Status {
      Result<std::vector<CommentRecord>> found = CommentStore(session).all_comments(after, kPage);
      if (!found) return found.error();
      comments = std::move(*found);
      return Unit();
    });
    if (!read) return fail(read.error());
    for (const CommentRecord& comment : comments) {
      std::printf("%s\n", owners_json(comment, settings).c_str());
    }
    is_done = comments.empty();
    if (!is_done) after = comments.back().id;
  }
  return kExitOk;
}

}  // namespace

int run_comments(const CommentsCommand& command) {
  std::error_code error;
  if (!std::filesystem::is_directory(command.folder, error)) {
    return fail({ErrorCode::NotFound,
                 "There is no folder of comments of this name. `octavo serve` makes one beside the folder it serves.",
                 command.folder.string()});
  }
  Diagnostics diagnostics;
  Result<CommentDataDir> place = open_comment_data_dir(command.folder, diagnostics);
  print_diagnostics(diagnostics);
  if (!place) return fail(place.error());
  Database& database = *place->database;
  if (const Status prepared = prepare_comment_tables(database); !prepared) return fail(prepared.error());
  switch (command.verb) {
    case CommentsVerb::List:
      return list(database, place->settings, command);
    case CommentsVerb::Approve:
      return change(database, command, comment_status::kPublished);
    case CommentsVerb::Reject:
      return change(database, command, comment_status::kRejected);
    case CommentsVerb::Delete:
      return change(database, command, comment_status::kDeleted);
    case CommentsVerb::Close:
      return set_threads(database, command, false);
    case CommentsVerb::Open:
      return set_threads(database, command, true);
    case CommentsVerb::Import:
      return import_all(database, place->settings, command);
    case CommentsVerb::Export:
      return export_all(database, place->settings);
  }
  return kExitUsage;
}

}  // namespace octavo
