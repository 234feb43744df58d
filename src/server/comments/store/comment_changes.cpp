// The rules of coming and going.
#include "server/comments/store/comment_changes.h"

#include <algorithm>
#include <optional>

#include "core/base/ascii_text.h"

namespace octavo {

namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
// The same words again within this time are a second click, not a second thought.
constexpr std::int64_t kDuplicateWindow = 10 * kMinute;

bool is_public(const CommentRecord& comment) {
  return comment.status == comment_status::kPublished;
}

// Seconds to wait, by what came from the network before.
Result<std::int64_t> seconds_to_wait(CommentStore& store, const CommentRecord& comment, const CommentSettings& settings) {
  if (comment.network.empty()) return std::int64_t{0};
  const auto rounded_up = [](std::int64_t ms) { return (ms + 999) / 1000; };
  if (settings.min_gap_seconds > 0) {
    const Result<std::int64_t> latest = store.latest_from(comment.network);
    if (!latest) return latest.error();
    const std::int64_t next = *latest + settings.min_gap_seconds * 1000;
    // A time in the future comes from a clock that was set back, and must not lock anybody out.
    if (*latest <= comment.created && next > comment.created) return rounded_up(next - comment.created);
  }
  const std::pair<std::int64_t, std::int64_t> windows[] = {{settings.per_minute, kMinute}, {settings.per_hour, kHour}};
  for (const auto& [most, window] : windows) {
    if (most == 0) continue;
    const Result<std::int64_t> count = store.recent_from(comment.network, comment.created - window);
    if (!count) return count.error();
    if (*count >= most) return rounded_up(window / 4);
  }
  return std::int64_t{0};
}

// Takes the place below the parent; a problem where there is none.
Result<std::optional<Problem>> place_comment(CommentStore& store, CommentRecord& comment) {
  comment.root = comment.id;
  if (comment.parent.empty()) return std::optional<Problem>();
  const Result<std::optional<CommentRecord>> parent = store.comment(comment.parent);
  if (!parent) return parent.error();
  if (!*parent || (*parent)->thread != comment.thread || !is_public(**parent)) {
    return std::optional<Problem>(Problem{ProblemKind::ParentUnknown,
                                          "The comment you answer is gone. Your text is kept; it can be sent as a new comment."});
  }
  comment.root = (*parent)->root;
  comment.depth = (*parent)->depth + 1;
  return std::optional<Problem>();
}

Status insert_new(CommentStore& store, CommentRecord& comment, std::int64_t change, std::int64_t now) {
  comment.number = comment.change = change;
  comment.was_public = is_public(comment);
  if (const Status inserted = store.insert(comment); !inserted) return inserted;
  return is_public(comment) ? store.count_published(comment, 1, now) : Unit();
}

Status change_status(CommentStore& store, CommentRecord& comment, std::string_view status, std::int64_t now) {
  const bool was_public = is_public(comment);
  comment.status = status;
  comment.was_public = comment.was_public || is_public(comment);
  if (is_public(comment)) comment.held_reason.clear();
  const Result<std::int64_t> change = store.next_change(comment.thread, now);
  if (!change) return change.error();
  comment.change = *change;
  if (const Status updated = store.update(comment); !updated) return updated;
  if (was_public == is_public(comment)) return Unit();
  return store.count_published(comment, is_public(comment) ? 1 : -1, now);
}

// The comment, locked against other writers by its thread's row.
Result<std::optional<CommentRecord>> comment_for_change(CommentStore& store, std::string_view id, std::int64_t now) {
  Result<std::optional<CommentRecord>> comment = store.comment(id);
  if (!comment || !*comment) return comment;
  if (const Result<std::int64_t> locked = store.next_change((*comment)->thread, now); !locked) return locked.error();
  return store.comment(id);
}

Problem unknown_comment() {
  return {ProblemKind::CommentUnknown, "That comment does not exist."};
}

Problem not_yours() {
  return {ProblemKind::NotAllowed, "You can only change your own comments."};
}

// The answer to a comment that came before with the same Idempotency-Key; nothing when none did.
Result<std::optional<Outcome<Creation>>> earlier_creation(CommentStore& store, const CommentRecord& comment) {
  Result<std::optional<CommentRecord>> earlier = store.comment_by_submission(comment.submission);
  if (!earlier) return earlier.error();
  if (!*earlier) return std::optional<Outcome<Creation>>();
  // A deleted comment's fingerprint is gone with its text.
  if (!(*earlier)->fingerprint.empty() && (*earlier)->fingerprint != comment.fingerprint) {
    return std::optional<Outcome<Creation>>(
        Problem{ProblemKind::IdempotencyMismatch, "The same key came with another comment before."});
  }
  return std::optional<Outcome<Creation>>(Creation{std::move(**earlier), true});
}

}  // namespace

std::string comment_etag(const CommentRecord& comment) {
  return "\"" + std::to_string(comment.change) + "\"";
}

std::string hold_reason(const HoldFacts& facts, const CommentSettings& settings) {
  if (facts.hit_honeypot) return "trap";
  if (settings.moderation == Moderation::All) return "all-held";
  if (settings.moderation == Moderation::None) return {};
  if (facts.links > settings.links_max) return "links";
  if (facts.was_too_fast) return "too-fast";
  const std::string text = lower_ascii(facts.plain_text);
  const bool has_blocked =
      std::any_of(settings.blocked_words.begin(), settings.blocked_words.end(),
                  [&](const std::string& word) { return !word.empty() && text.find(lower_ascii(word)) != std::string::npos; });
  return has_blocked ? "words" : "";
}

Outcome<Creation> create_comment(Database& database, CommentRecord comment, const CommentSettings& settings) {
  // Resends need no lock; most of them end here.
  std::optional<Outcome<Creation>> resent;
  const Status read = database.read([&](SqlSession& session) -> Status {
    CommentStore store(session);
    Result<std::optional<Outcome<Creation>>> earlier = earlier_creation(store, comment);
    if (!earlier) return earlier.error();
    resent = std::move(*earlier);
    return Unit();
  });
  if (!read) return Problem{ProblemKind::EngineError, read.error().text()};
  if (resent) return *resent;
  return in_transaction<Creation>(database, [&](CommentStore& store) -> Result<Outcome<Creation>> {
    CommentRecord created = comment;
    const Result<std::int64_t> change = store.next_change(created.thread, created.created);
    if (!change) return change.error();
    // Another request with the same key may have been faster.
    Result<std::optional<Outcome<Creation>>> earlier = earlier_creation(store, created);
    if (!earlier) return earlier.error();
    if (*earlier) return **earlier;
    const Result<ThreadRecord> thread = store.thread(created.thread);
    if (!thread) return thread.error();
    if (!thread->is_open) return Outcome<Creation>(Problem{ProblemKind::ThreadClosed, "Comments are closed. Your text is kept."});
    const Result<std::optional<Problem>> placed = place_comment(store, created);
    if (!placed) return placed.error();
    if (*placed) return Outcome<Creation>(**placed);
    const Result<std::int64_t> wait = seconds_to_wait(store, created, settings);
    if (!wait) return wait.error();
    if (*wait > 0) {
      Problem problem{ProblemKind::RateLimited, "Too many comments from your network. Sending again in a while."};
      problem.retry_after = *wait;
      return Outcome<Creation>(std::move(problem));
    }
    const Result<std::optional<std::string>> same = store.same_text(created, created.created - kDuplicateWindow);
    if (!same) return same.error();
    if (*same) {
      Problem problem{ProblemKind::Duplicate, "Already delivered."};
      problem.comment = **same;
      return Outcome<Creation>(std::move(problem));
    }
    if (const Status inserted = insert_new(store, created, *change, created.created); !inserted) return inserted.error();
    return Outcome<Creation>(Creation{std::move(created), false});
  });
}

Outcome<Creation> import_comment(Database& database, const CommentRecord& comment, std::int64_t now) {
  return in_transaction<Creation>(database, [&](CommentStore& store) -> Result<Outcome<Creation>> {
    CommentRecord created = comment;
    const Result<std::int64_t> change = store.next_change(created.thread, now);
    if (!change) return change.error();
    Result<std::optional<Outcome<Creation>>> earlier = earlier_creation(store, created);
    if (!earlier) return earlier.error();
    if (*earlier) return **earlier;
    const Result<std::optional<Problem>> placed = place_comment(store, created);
    if (!placed) return placed.error();
    if (*placed) created.parent.clear();
    if (const Status inserted = insert_new(store, created, *change, now); !inserted) return inserted.error();
    return Outcome<Creation>(Creation{std::move(created), false});
  });
}

Outcome<CommentRecord> edit_comment(Database& database, std::string_view id, const CommentEdit& edit, const MayChange& may_change,
                                    const CommentSettings& settings, std::int64_t now) {
  return in_transaction<CommentRecord>(database, [&](CommentStore& store) -> Result<Outcome<CommentRecord>> {
    Result<std::optional<CommentRecord>> found = comment_for_change(store, id, now);
    if (!found) return found.error();
    if (!*found || (*found)->status == comment_status::kDeleted) return Outcome<CommentRecord>(unknown_comment());
    CommentRecord& comment = **found;
    if (!may_change(comment)) return Outcome<CommentRecord>(not_yours());
    if (now > comment.created + settings.edit_seconds * 1000 || comment.status == comment_status::kRejected) {
      return Outcome<CommentRecord>(Problem{ProblemKind::EditExpired, "It is too late to change this comment."});
    }
    if (!edit.if_match.empty() && edit.if_match != "*" && edit.if_match != comment_etag(comment)) {
      return Outcome<CommentRecord>(Problem{ProblemKind::EditConflict, "Read the comment again and repeat the change."});
    }
    if (comment.source == edit.source && comment.source_type == edit.source_type)
      return Outcome<CommentRecord>(std::move(comment));
    comment.source = edit.source;
    comment.source_type = edit.source_type;
    comment.html = edit.html;
    comment.edited = now;
    ++comment.edits;
    const bool must_wait = is_public(comment) && !edit.held_reason.empty();
    if (must_wait) comment.held_reason = edit.held_reason;
    const std::string status = must_wait ? std::string(comment_status::kHeld) : comment.status;
    if (const Status changed = change_status(store, comment, status, now); !changed) return changed.error();
    return Outcome<CommentRecord>(std::move(comment));
  });
}

Status erase_comment(CommentStore& store, CommentRecord comment, std::int64_t now) {
  if (comment.status == comment_status::kDeleted) return Unit();
  for (std::string* text :
       {&comment.author_name, &comment.author_email, &comment.author_url, &comment.author_picture, &comment.person,
        &comment.source, &comment.html, &comment.language, &comment.held_reason, &comment.fingerprint, &comment.network}) {
    text->clear();
  }
  return change_status(store, comment, comment_status::kDeleted, now);
}

Outcome<CommentRecord> delete_comment(Database& database, std::string_view id, const MayChange& may_change, std::int64_t now) {
  return in_transaction<CommentRecord>(database, [&](CommentStore& store) -> Result<Outcome<CommentRecord>> {
    Result<std::optional<CommentRecord>> found = comment_for_change(store, id, now);
    if (!found) return found.error();
    if (!*found) return Outcome<CommentRecord>(unknown_comment());
    if (!may_change(**found)) return Outcome<CommentRecord>(not_yours());
    if (const Status erased = erase_comment(store, **found, now); !erased) return erased.error();
    Result<std::optional<CommentRecord>> erased = store.comment(id);
    if (!erased) return erased.error();
    return Outcome<CommentRecord>(std::move(**erased));
  });
}

Outcome<CommentRecord> moderate_comment(Database& database, std::string_view id, std::string_view status, std::int64_t now) {
  return in_transaction<CommentRecord>(database, [&](CommentStore& store) -> Result<Outcome<CommentRecord>> {
    Result<std::optional<CommentRecord>> found = comment_for_change(store, id, now);
    if (!found) return found.error();
    if (!*found || (*found)->status == comment_status::kDeleted) return Outcome<CommentRecord>(unknown_comment());
    if ((*found)->status != status) {
      if (const Status changed = change_status(store, **found, status, now); !changed) return changed.error();
    }
    return Outcome<CommentRecord>(std::move(**found));
  });
}

}  // namespace octavo
