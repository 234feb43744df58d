// What happens to comments: they come, are changed by their authors, approved or refused by the owner, and deleted. Each function
// is one transaction's work; the HTTP side and the command line call the same.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "server/comments/problem.h"
#include "server/comments/store/comment_record.h"
#include "server/comments/store/comment_settings.h"
#include "server/comments/store/comment_store.h"

namespace octavo {

// What makes a comment wait, as a word; empty when nothing does.
struct HoldFacts {
  std::int64_t links = 0;
  std::string_view plain_text;
  bool hit_honeypot = false;
  bool was_too_fast = false;
};
std::string hold_reason(const HoldFacts& facts, const CommentSettings& settings);

struct Creation {
  CommentRecord comment;
  bool is_replay = false;  // the comment had come before with the same Idempotency-Key
};
// Precondition: all of `comment` is set that a request can say; place, root, depth and counters are filled in here.
Outcome<Creation> create_comment(Database& database, CommentRecord comment, const CommentSettings& settings);

// The same for a comment from elsewhere: closed threads, limits and repeated words do not count, and one whose parent is not
// there answers the post. What came before with the same `submission` is a replay, also when it has been deleted since.
Outcome<Creation> import_comment(Database& database, const CommentRecord& comment, std::int64_t now);

struct CommentEdit {
  std::string source;
  std::string source_type;
  std::string html;
  std::string held_reason;  // empty = may stay public
  std::string if_match;     // etag that the author saw; empty = whatever
};

// Who is allowed to change a comment.
using MayChange = std::function<bool(const CommentRecord&)>;

Outcome<CommentRecord> edit_comment(Database& database, std::string_view id, const CommentEdit& edit, const MayChange& may_change,
                                    const CommentSettings& settings, std::int64_t now);
// The text and everything about its author goes; the place stays. Again is no mistake.
Outcome<CommentRecord> delete_comment(Database& database, std::string_view id, const MayChange& may_change, std::int64_t now);
// By the owner: published, rejected or held. A deleted comment cannot come back.
Outcome<CommentRecord> moderate_comment(Database& database, std::string_view id, std::string_view status, std::int64_t now);

// Within a transaction of the caller's.
Status erase_comment(CommentStore& store, CommentRecord comment, std::int64_t now);

std::string comment_etag(const CommentRecord& comment);

// Runs `work`; a problem it returns undoes what it did.
template <typename T>
Outcome<T> in_transaction(Database& database, const std::function<Result<Outcome<T>>(CommentStore&)>& work) {
  Outcome<T> outcome{Problem()};
  const Status done = database.write([&](SqlSession& session) -> Status {
    CommentStore store(session);
    Result<Outcome<T>> result = work(store);
    if (!result) return result.error();
    outcome = std::move(*result);
    if (!outcome) return Error{ErrorCode::BadValue, "refused", ""};
    return Unit();
  });
  if (!done && done.error().code != ErrorCode::BadValue) return Problem{ProblemKind::EngineError, done.error().text()};
  return outcome;
}

}  // namespace octavo
