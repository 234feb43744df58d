// `octavo comments`: what the owner does with comments at the command line, beside a running server or without one.
#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>

#include "core/base/json.h"
#include "core/base/plain_name.h"
#include "press/base/text_file.h"
#include "press/command/commands.h"
#include "press/command/comment_data_dir.h"
#include "press/command/comment_import.h"
#include "server/comments/api/comment_api.h"
#include "server/comments/api/comment_json.h"
#include "server/comments/store/comment_archive.h"
#include "server/comments/store/comment_changes.h"

namespace octavo {

namespace {

constexpr std::int64_t kPage = 200;
constexpr std::uintmax_t kMaxExport = 4ULL * 1024 * 1024 * 1024;

int fail(const Error& error) {
  print_error(error);
  return kExitProblems;
}

int fail(const std::string& what, const Problem& problem) {
  std::fprintf(stderr, "%s: error: %s\n", what.c_str(), problem.detail.c_str());
  return kExitProblems;
}

// Makes strangers' text fit for a terminal: no control characters, one line.
std::string printable(std::string_view text, std::size_t limit) {
  return plain_name(text, limit);
}

void print_comment(const CommentRecord& comment) {
  std::printf("%s  %s  %s  %s\n", comment.id.c_str(), utc_text(comment.created).c_str(),
              std::string(api_name(comment.status)).c_str(), printable(comment.thread, 80).c_str());
  const std::string reason =
      comment.held_reason == HoldReason::None ? "" : " (" + std::string(word_of(comment.held_reason)) + ")";
  std::printf("  %s%s%s%s%s\n", printable(comment.author_name, 64).c_str(), comment.author_email.empty() ? "" : " <",
              printable(comment.author_email, 254).c_str(), comment.author_email.empty() ? "" : ">", reason.c_str());
  std::printf("  %s\n", printable(comment.source, 200).c_str());
}

std::string owners_json(const CommentRecord& comment, const CommentSettings& settings) {
  JsonWriter json;
  write_comment(json, comment, {settings, CommentView::Owner, system_milliseconds()});
  return json.take();
}

struct ListPage {
  std::vector<CommentRecord> comments;
  bool has_more = false;
};

Result<ListPage> load_page(Database& database, std::optional<CommentStatus> status, std::int64_t size,
                           const std::string& before) {
  return read_from(database, [&](SqlSession& session) -> Result<ListPage> {
    CommentStore store(session);
    std::optional<CommentRecord> last;
    if (!before.empty()) {
      OCTAVO_TRY(last, store.comment(before));
      if (!last) return Error{ErrorCode::NotFound, "There is no comment with this id.", before};
    }
    ListPage page;
    OCTAVO_TRY(page.comments, store.moderation_list(status, size + 1, last ? &*last : nullptr));
    page.has_more = static_cast<std::int64_t>(page.comments.size()) > size;
    if (page.has_more) page.comments.pop_back();
    return page;
  });
}

// Page by page, so that any number fits into memory.
int list(Database& database, const CommentSettings& settings, const CommentsCommand& command) {
  std::string before = command.before;
  std::int64_t shown = 0;
  bool has_more = true;
  while (has_more && (command.limit == 0 || shown < command.limit)) {
    const std::int64_t size = command.limit == 0 ? kPage : std::min(kPage, command.limit - shown);
    const Result<ListPage> page = load_page(database, comment_state_from(command.status), size, before);
    if (!page) return fail(page.error());
    for (const CommentRecord& comment : page->comments) {
      if (command.report == Report::Json) {
        std::printf("%s\n", owners_json(comment, settings).c_str());
      } else {
        print_comment(comment);
      }
      before = comment.id;
    }
    shown += static_cast<std::int64_t>(page->comments.size());
    has_more = page->has_more;
  }
  if (command.report == Report::Shown) {
    const std::string next = has_more ? "; continue with --before " + before : "";
    std::fprintf(stderr, "%lld comments%s\n", static_cast<long long>(shown), next.c_str());
  }
  return kExitOk;
}

int change(Database& database, const CommentsCommand& command, CommentStatus status) {
  int worst = kExitOk;
  for (const std::string& id : command.names) {
    const Outcome<CommentRecord> changed = moderate_comment(database, id, status, "", system_milliseconds());
    if (!changed) {
      worst = fail(id, changed.error());
    } else if (command.report == Report::Json) {
      JsonWriter json;
      json.begin_object().key("id").value(id).key("status").value(api_name(changed->status)).end_object();
      std::printf("%s\n", json.text().c_str());
    } else if (command.report == Report::Shown) {
      std::printf("%s %s\n", id.c_str(), std::string(api_name(changed->status)).c_str());
    }
  }
  return worst;
}

int set_threads(Database& database, const CommentsCommand& command, bool is_open) {
  const Status done = database.write([&](SqlSession& session) -> Status {
    for (const std::string& thread : command.names) {
      OCTAVO_CHECK(CommentStore(session).set_thread_open(thread, is_open));
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

// A file is an export, anything else a built site.
Result<ImportedCommentCounts> import_one(Database& database, const CommentSettings& settings, const std::string& name,
                                         Diagnostics& diagnostics) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(name, error)) return import_comments_of(name, database, settings, diagnostics);
  OCTAVO_TRY(const std::string text, load_file(name, kMaxExport));
  OCTAVO_TRY(const RestoredCounts counts, read_comment_archive(text, name, database, system_milliseconds()));
  return ImportedCommentCounts{counts.added, counts.known};
}

int import_all(Database& database, const CommentSettings& settings, const CommentsCommand& command) {
  int worst = kExitOk;
  for (const std::string& name : command.names) {
    Diagnostics diagnostics;
    const Result<ImportedCommentCounts> counts = import_one(database, settings, name, diagnostics);
    print_diagnostics(diagnostics);
    if (!counts) {
      worst = fail(counts.error());
      continue;
    }
    if (diagnostics.count(Severity::Error) > 0) worst = kExitProblems;
    if (command.report == Report::Json) {
      JsonWriter json;
      json.begin_object().key("site").value(name).key("added").value(static_cast<std::int64_t>(counts->added));
      json.key("known").value(static_cast<std::int64_t>(counts->known)).end_object();
      std::printf("%s\n", json.text().c_str());
    } else if (command.report == Report::Shown) {
      std::fprintf(stderr, "%zu comments imported, %zu were there already\n", counts->added, counts->known);
    }
  }
  return worst;
}

int export_all(Database& database) {
  const Result<std::string> text = write_comment_archive(database);
  if (!text) return fail(text.error());
  const bool is_written = std::fwrite(text->data(), 1, text->size(), stdout) == text->size() && std::fflush(stdout) == 0;
  return is_written ? kExitOk : fail({ErrorCode::Unreadable, "The export cannot be written.", ""});
}

int run_verb(Database& database, const CommentSettings& settings, const CommentsCommand& command) {
  switch (command.verb) {
    case CommentsVerb::List:
      return list(database, settings, command);
    case CommentsVerb::Approve:
      return change(database, command, CommentStatus::Published);
    case CommentsVerb::Reject:
      return change(database, command, CommentStatus::Rejected);
    case CommentsVerb::Delete:
      return change(database, command, CommentStatus::Deleted);
    case CommentsVerb::Close:
      return set_threads(database, command, false);
    case CommentsVerb::Open:
      return set_threads(database, command, true);
    case CommentsVerb::Import:
      return import_all(database, settings, command);
    case CommentsVerb::Export:
      return export_all(database);
  }
  return kExitUsage;
}

}  // namespace

int run_comments(const CommentsCommand& command) {
  std::error_code error;
  if (!std::filesystem::is_directory(command.folder, error)) {
    return fail({ErrorCode::NotFound,
                 "There is no comments folder with this name. `octavo serve` makes one beside the folder it serves.",
                 command.folder.string()});
  }
  Diagnostics diagnostics;
  const Result<CommentDataDir> place = open_comment_data_dir(command.folder, diagnostics);
  print_diagnostics(diagnostics);
  if (!place) return fail(place.error());
  if (const Status prepared = prepare_comment_tables(*place->database); !prepared) return fail(prepared.error());
  return run_verb(*place->database, place->settings, command);
}

}  // namespace octavo
