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
  return comment.status == CommentStatus::Published;
}

// Seconds to wait, by what came from the network before.
Result<std::int64_t> seconds_to_wait(CommentStore& store, const CommentRecord& comment, const CommentSettings& settings) {
  if (comment.network.empty()) return std::int64_t{0};
  const auto rounded_up = [](std::int64_t ms) { return (ms + 999) / 1000; };
  if (settings.min_gap_seconds > 0) {
    OCTAVO_TRY(const auto latest, store.latest_from(comment.network));
    const std::int64_t next = latest + settings.min_gap_seconds * 1000;
    // A time in the future comes from a clock that was set back, and must not lock anybody out.
    if (latest <= comment.created && next > comment.created) return rounded_up(next - comment.created);
  }
  const std::pair<std::int64_t, std::int64_t> windows[] = {{settings.per_minute, kMinute}, {settings.per_hour, kHour}};
  for (const auto& [most, window] : windows) {
    if (most == 0) continue;
    OCTAVO_TRY(const auto count, store.recent_from(comment.network, comment.created - window));
    if (count >= most) return rounded_up(window / 4);
  }
  return std::int64_t{0};
}

// Takes the place below the parent. A parent that is not there is a problem.
Outcome<Unit> place_comment(CommentStore& store, CommentRecord& comment) {
  comment.root = comment.id;
  if (comment.parent.empty()) return Unit();
  OCTAVO_TRY(const auto parent, store.comment(comment.parent));
  if (!parent || parent->thread != comment.thread || !is_public(*parent)) {
    return Problem{ProblemKind::ParentUnknown,
                   "The comment you answer is gone. Your text is kept; it can be sent as a new comment."};
  }
  comment.root = parent->root;
  comment.depth = parent->depth + 1;
  return Unit();
}

Status insert_new(CommentStore& store, CommentRecord& comment, std::int64_t change, std::int64_t now) {
  comment.number = comment.change = change;
  comment.was_public = is_public(comment);
  OCTAVO_CHECK(store.insert(comment));
  return is_public(comment) ? store.count_above(comment, {1, 1}, now) : Unit();
}

Status change_status(CommentStore& store, CommentRecord& comment, CommentStatus status, std::int64_t now) {
  const CommentRecord before = comment;
  comment.status = status;
  comment.was_public = comment.was_public || is_public(comment);
  if (is_public(comment)) comment.held_reason = HoldReason::None;
  OCTAVO_TRY(comment.change, store.next_change(comment.thread, now));
  OCTAVO_CHECK(store.update(comment));
  const auto difference = [](bool was, bool is) { return std::int64_t{is} - std::int64_t{was}; };
  return store.count_above(
      comment, {difference(is_public(before), is_public(comment)), difference(is_visible(before), is_visible(comment))}, now);
}

// The comment, locked against other writers by its thread's row.
Result<std::optional<CommentRecord>> comment_for_change(CommentStore& store, std::string_view id, std::int64_t now) {
  Result<std::optional<CommentRecord>> comment = store.comment(id);
  if (!comment || !*comment) return comment;
  OCTAVO_CHECK(store.next_change((*comment)->thread, now));
  return store.comment(id);
}

bool is_matched(std::string_view if_match, const CommentRecord& comment) {
  return if_match.empty() || if_match == "*" || if_match == comment_etag(comment);
}

Problem unknown_comment() {
  return {ProblemKind::CommentUnknown, "That comment does not exist."};
}

Problem not_yours() {
  return {ProblemKind::NotAllowed, "You can only change your own comments."};
}

// The answer to a comment that came before with the same Idempotency-Key; nothing when none did.
Outcome<std::optional<Creation>> earlier_creation(CommentStore& store, const CommentRecord& comment) {
  OCTAVO_TRY(auto earlier, store.comment_by_submission(comment.submission));
  if (!earlier) return std::optional<Creation>();
  // A deleted comment's fingerprint is gone with its text.
  if (!earlier->fingerprint.empty() && earlier->fingerprint != comment.fingerprint) {
    return Problem{ProblemKind::IdempotencyMismatch, "The same key came with another comment before."};
  }
  return std::optional<Creation>(Creation{std::move(*earlier), true});
}

// Whether the thread, the network and the author may send this now.
Outcome<Unit> check_rules(CommentStore& store, const CommentRecord& comment, const CreationRules& rules) {
  OCTAVO_TRY(const std::int64_t wait, seconds_to_wait(store, comment, rules.settings));
  if (wait > 0) {
    Problem problem{ProblemKind::RateLimited, "Too many comments from your network. Sending again in a while."};
    problem.retry_after = wait;
    return problem;
  }
  OCTAVO_TRY(const auto same, store.same_text(comment, rules.key_hash, comment.created - kDuplicateWindow));
  if (same) {
    Problem problem{ProblemKind::Duplicate, "You have sent the same words already. Your text is kept."};
    problem.comment = *same;
    return problem;
  }
  return Unit();
}

}  // namespace

std::string comment_etag(const CommentRecord& comment) {
  return "\"" + std::to_string(comment.change) + "\"";
}

HoldReason hold_reason(const HoldSignals& signals, const CommentSettings& settings) {
  if (signals.hit_honeypot) return HoldReason::Honeypot;
  if (settings.moderation == Moderation::All) return HoldReason::AllHeld;
  if (settings.moderation == Moderation::None) return HoldReason::None;
  if (signals.links > settings.links_max) return HoldReason::Links;
  if (signals.was_too_fast) return HoldReason::TooFast;
  const std::string text = ascii_lowercase(signals.plain_text);
  const bool has_blocked = std::any_of(
      settings.blocked_words.begin(), settings.blocked_words.end(),
      [&](const std::string& word) { return !word.empty() && text.find(ascii_lowercase(word)) != std::string::npos; });
  return has_blocked ? HoldReason::Words : HoldReason::None;
}

Outcome<Creation> create_comment(Database& database, const CommentRecord& comment, const CreationRules& rules) {
  // Resends need no lock; most of them end here.
  OCTAVO_TRY(auto replay, read_from(database, [&](SqlSession& session) {
               CommentStore store(session);
               return earlier_creation(store, comment);
             }));
  if (replay) return std::move(*replay);
  if (!rules.takes_thread) return Problem{ProblemKind::ThreadUnknown, "There is no such post here. Your text is kept."};
  return in_transaction(database, [&](CommentStore& store) -> Outcome<Creation> {
    CommentRecord created = comment;
    OCTAVO_TRY(const std::int64_t change, store.next_change(created.thread, created.created));
    // Another request with the same key may have been faster.
    OCTAVO_TRY(auto earlier, earlier_creation(store, created));
    if (earlier) return std::move(*earlier);
    OCTAVO_TRY(const ThreadRecord thread, store.thread(created.thread));
    if (!thread.is_open) return Problem{ProblemKind::ThreadClosed, "Comments are closed. Your text is kept."};
    OCTAVO_CHECK(place_comment(store, created));
    OCTAVO_CHECK(check_rules(store, created, rules));
    OCTAVO_CHECK(insert_new(store, created, change, created.created));
    return Creation{std::move(created), false};
  });
}

Outcome<Creation> import_comment(Database& database, const CommentRecord& comment, std::int64_t now) {
  return in_transaction(database, [&](CommentStore& store) -> Outcome<Creation> {
    CommentRecord created = comment;
    OCTAVO_TRY(const std::int64_t change, store.next_change(created.thread, now));
    OCTAVO_TRY(auto earlier, earlier_creation(store, created));
    if (earlier) return std::move(*earlier);
    if (const auto placed = place_comment(store, created); !placed) {
      if (placed.error().kind != ProblemKind::ParentUnknown) return placed.error();
      created.parent.clear();
    }
    OCTAVO_CHECK(insert_new(store, created, change, now));
    return Creation{std::move(created), false};
  });
}

Outcome<CommentRecord> edit_comment(Database& database, std::string_view id, const CommentEdit& edit, const MayChange& may_change,
                                    const CommentSettings& settings, std::int64_t now) {
  return in_transaction(database, [&](CommentStore& store) -> Outcome<CommentRecord> {
    OCTAVO_TRY(auto found, comment_for_change(store, id, now));
    if (!found || found->status == CommentStatus::Deleted) return unknown_comment();
    CommentRecord& comment = *found;
    if (!may_change(comment)) return not_yours();
    if (now > comment.created + settings.edit_seconds * 1000 || comment.status == CommentStatus::Rejected) {
      return Problem{ProblemKind::EditExpired, "It is too late to change this comment."};
    }
    if (!is_matched(edit.if_match, comment)) {
      return Problem{ProblemKind::EditConflict, "Read the comment again and repeat the change."};
    }
    if (comment.source == edit.source && comment.source_type == edit.source_type) return std::move(comment);
    comment.source = edit.source;
    comment.source_type = edit.source_type;
    comment.html = edit.html;
    comment.edited = now;
    ++comment.edits;
    const bool must_wait = is_public(comment) && edit.held_reason != HoldReason::None;
    if (must_wait) comment.held_reason = edit.held_reason;
    OCTAVO_CHECK(change_status(store, comment, must_wait ? CommentStatus::Held : comment.status, now));
    return std::move(comment);
  });
}

Status erase_comment(CommentStore& store, CommentRecord comment, std::int64_t now) {
  if (comment.status == CommentStatus::Deleted) return Unit();
  for (std::string* text :
       {&comment.author_name, &comment.author_email, &comment.author_url, &comment.author_avatar, &comment.person,
        &comment.source, &comment.html, &comment.language, &comment.fingerprint, &comment.network}) {
    text->clear();
  }
  comment.held_reason = HoldReason::None;
  return change_status(store, comment, CommentStatus::Deleted, now);
}

Outcome<CommentRecord> delete_comment(Database& database, std::string_view id, const MayChange& may_change, std::int64_t now) {
  return in_transaction(database, [&](CommentStore& store) -> Outcome<CommentRecord> {
    OCTAVO_TRY(const auto found, comment_for_change(store, id, now));
    if (!found) return unknown_comment();
    if (!may_change(*found)) return not_yours();
    OCTAVO_CHECK(erase_comment(store, *found, now));
    OCTAVO_TRY(auto erased, store.comment(id));
    if (!erased) return unknown_comment();
    return std::move(*erased);
  });
}

Outcome<CommentRecord> moderate_comment(Database& database, std::string_view id, CommentStatus status, std::string_view if_match,
                                        std::int64_t now) {
  if (status == CommentStatus::Deleted) {
    return delete_comment(
        database, id, [](const CommentRecord&) { return true; }, now);
  }
  return in_transaction(database, [&](CommentStore& store) -> Outcome<CommentRecord> {
    OCTAVO_TRY(auto found, comment_for_change(store, id, now));
    if (!found || found->status == CommentStatus::Deleted) return unknown_comment();
    if (!is_matched(if_match, *found)) {
      return Problem{ProblemKind::EditConflict, "This comment has changed since you read it. Read it again."};
    }
    if (found->status != status) OCTAVO_CHECK(change_status(store, *found, status, now));
    return std::move(*found);
  });
}

}  // namespace octavo
