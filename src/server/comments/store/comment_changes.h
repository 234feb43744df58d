// What happens to comments: they come, are changed by their authors, approved or refused by the owner, and deleted. Each function
// is one transaction's work; the HTTP side and the command line call the same.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "server/comments/problem.h"
#include "server/comments/store/comment_record.h"
#include "server/comments/store/comment_settings.h"
#include "server/comments/store/comment_store.h"

namespace octavo {

// What makes a comment wait.
struct HoldSignals {
  std::int64_t links = 0;
  std::string_view plain_text;
  bool hit_honeypot = false;
  bool was_too_fast = false;
};
HoldReason hold_reason(const HoldSignals& signals, const CommentSettings& settings);

struct Creation {
  CommentRecord comment;
  bool is_replay = false;  // the comment had come before with the same Idempotency-Key
};
// What a new comment is measured by.
struct CreationRules {
  const CommentSettings& settings;
  std::string_view key_hash;  // of the key of an earlier comment that the sender has shown; empty = none
  bool takes_thread = true;   // the site has the post
};
// Precondition: all of `comment` is set that a request can say; place, root, depth and counters are filled in here. The same
// words twice within ten minutes are a duplicate only if both are provably by one author: both by the person who signed in, or
// the second one with the key of the first. Two people may write the same words.
Outcome<Creation> create_comment(Database& database, const CommentRecord& comment, const CreationRules& rules);

// The same for a comment from elsewhere: closed threads, limits and repeated words do not count. Without its parent it
// answers the post. What came before with the same `submission` is a replay, also when it has been deleted since.
Outcome<Creation> import_comment(Database& database, const CommentRecord& comment, std::int64_t now);

struct CommentEdit {
  std::string source;
  SourceType source_type = SourceType::Markdown;
  std::string html;
  HoldReason held_reason = HoldReason::None;  // None = may stay public
  std::string if_match;                       // etag that the author saw; empty = whatever
};

// Says whether the caller may change a comment.
using MayChange = std::function<bool(const CommentRecord&)>;

Outcome<CommentRecord> edit_comment(Database& database, std::string_view id, const CommentEdit& edit, const MayChange& may_change,
                                    const CommentSettings& settings, std::int64_t now);
// The text and everything about its author goes. The place stays. Deleting again is not an error.
Outcome<CommentRecord> delete_comment(Database& database, std::string_view id, const MayChange& may_change, std::int64_t now);
// By the owner, who may say which text was read (`if_match`, an etag; empty = whatever it is now). A deleted comment cannot come
// back.
Outcome<CommentRecord> moderate_comment(Database& database, std::string_view id, CommentStatus status, std::string_view if_match,
                                        std::int64_t now);

// Within a transaction of the caller's.
Status erase_comment(CommentStore& store, CommentRecord comment, std::int64_t now);

std::string comment_etag(const CommentRecord& comment);

// Runs `work`, a function from CommentStore& to an Outcome<T>; a problem it returns undoes what it did.
template <typename Work>
auto in_transaction(Database& database, const Work& work) -> std::invoke_result_t<Work, CommentStore&> {
  std::optional<std::invoke_result_t<Work, CommentStore&>> outcome;
  const Status done = database.write([&](SqlSession& session) -> Status {
    CommentStore store(session);
    outcome.emplace(work(store));
    if (!*outcome) return Error{ErrorCode::BadValue, outcome->error().detail, ""};
    return Unit();
  });
  const bool is_refused = outcome && !*outcome;
  if (!done && !is_refused) return done.error();
  return std::move(*outcome);
}

}  // namespace octavo
