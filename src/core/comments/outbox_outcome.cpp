// What becomes of a record: by the engine's answers, by the thread that it sends, and by what the author changes.
#include <algorithm>
#include <cctype>
#include <utility>

#include "core/base/plain_name.h"
#include "core/base/utf8.h"
#include "core/comments/comment_content.h"
#include "core/comments/outbox.h"

namespace octavo {

namespace {

constexpr std::int64_t kLongestWaitS = 3600;
// Caches of engines are behind for a while: until then a thread without a comment says nothing of it.
constexpr std::int64_t kThreadLagS = 600;
// How often the engine is asked what has become of a held comment.
constexpr std::int64_t kFollowUpS = 60;

// Doubles, and a quarter of it depends on the key, so that the readers of a blog do not all come back at once.
std::int64_t backoff(const OutboxRecord& record) {
  const std::int64_t wait = std::min(kLongestWaitS, kFirstWaitS << std::min(record.attempts, 10u));
  std::uint32_t hash = record.attempts;
  for (const char c : record.key()) hash = hash * 31 + static_cast<unsigned char>(c);
  return wait + static_cast<std::int64_t>(hash % 256) * wait / 1024;
}

// What the engine asks for, and the part of a second that the clock has not counted.
std::int64_t asked_wait(const SendOutcome& outcome) {
  return outcome.wait_s > 0 ? outcome.wait_s + 1 : 0;
}

void wait_for(OutboxRecord& record, std::int64_t seconds, std::int64_t now) {
  record.waits_since = now;
  record.wait_s = seconds;
}

// Letters and digits alone: engines set quotes, dashes and smileys anew.
std::string letters_of(std::string_view source, SourceType type, HtmlParser& parser) {
  const std::string text = plain_text(comment_document(source, type, parser, CommentImages::AsLinks));
  std::string letters;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCodePoint next = decode_utf8(text, at);
    const bool is_ascii_letter = next.value < 0x80 && std::isalnum(static_cast<int>(next.value)) != 0;
    const bool is_sign = next.value < 0xC0 || (next.value >= 0x2000 && next.value < 0x3000) || next.value >= 0x1F000;
    if (is_ascii_letter || !is_sign) letters += text.substr(at, next.length);
    at += next.length;
  }
  return letters;
}

// By its number, or, where the engine has told none, by its place, author, time and text. `claimed` are other records' comments.
bool is_public_form(const Comment& comment, const OutboxRecord& record, const std::set<std::string>& claimed,
                    HtmlParser& parser) {
  if (comment.state != CommentState::Published) return false;
  if (!record.comment_id.empty()) return comment.id == record.comment_id;
  const Submission& submission = record.submission;
  if (claimed.contains(comment.id) || compare_time(comment, submission.written_at) != TimeMatch::Since) return false;
  return comment.parent == submission.parent && comment.author == plain_name(submission.name, kMaxShownName) &&
         letters_of(comment.body, comment.body_type, parser) == letters_of(submission.text, SourceType::Markdown, parser);
}

}  // namespace

Outbox::Effects Outbox::call_answered(const std::string& key, const HttpReply& reply, std::int64_t now) {
  if (phase_ != Phase::Calling || key != current_) return {};
  Effects effects;
  const auto found = records_.find(key);
  if (found == records_.end()) {  // deleted while the engine was asked about it
    phase_ = Phase::Idle;
    advance(now, effects);
    return effects;
  }
  OutboxRecord& record = found->second;
  const SendOutcome outcome = asked_ == Asked::Create
                                  ? create_outcome(record.thread_ref, reply)
                                  : reconcile_outcome(record.thread_ref, record.submission, reply, claimed_ids(record), parser_);
  if (asked_ == Asked::FollowUp) {
    apply_follow_up(record, outcome, now);
  } else {
    apply(record, outcome, now);
  }
  phase_ = Phase::StoringResult;
  awaited_ = store(record, effects);
  return effects;
}

void Outbox::apply(OutboxRecord& record, const SendOutcome& outcome, std::int64_t now) {
  const bool had_arrived_unseen = asked_ == Asked::Reconcile;
  record.reason = outcome.reason;
  record.field = outcome.field;
  record.limit = outcome.limit;
  record.detail = outcome.detail;
  if (!outcome.comment_id.empty()) record.comment_id = outcome.comment_id;
  if (!outcome.author_key.empty()) record.author_key = outcome.author_key;
  switch (outcome.kind) {
    case OutcomeKind::Published:
      publish(record, now);
      break;
    case OutcomeKind::Held:
      record.state = OutboxState::Held;
      wait_for(record, kFollowUpS, now);
      break;
    case OutcomeKind::Refused:
      record.state = OutboxState::Refused;
      break;
    case OutcomeKind::Retry:
      record.state = OutboxState::Queued;
      // "It has not arrived" is no reason to wait.
      if (had_arrived_unseen && outcome.reason == Refusal::None) {
        wait_for(record, 0, now);
      } else {
        wait_for(record, outcome.wait_s > 0 ? asked_wait(outcome) : backoff(record), now);
        ++record.attempts;
      }
      break;
    case OutcomeKind::Unknown:
      if (had_arrived_unseen && outcome.reason == Refusal::Unclear) {
        record.state = OutboxState::Asking;
        break;
      }
      record.state = reconcile_way(record.thread_ref) == Reconcile::Never ? OutboxState::Asking : OutboxState::Unsure;
      wait_for(record, std::max(asked_wait(outcome), backoff(record)), now);
      ++record.attempts;
      break;
  }
}

// The text stays until the thread has it.
void Outbox::publish(OutboxRecord& record, std::int64_t now) {
  record.state = OutboxState::Published;
  wait_for(record, kThreadLagS, now);
}

std::set<std::string> Outbox::claimed_ids(const OutboxRecord& record) const {
  std::set<std::string> ids;
  for (const auto& [key, other] : records_) {
    const bool is_other = &other != &record && is_same_thread(other.thread_ref, record.thread_ref);
    if (is_other && !other.comment_id.empty()) ids.insert(other.comment_id);
  }
  return ids;
}

void Outbox::apply_follow_up(OutboxRecord& record, const SendOutcome& outcome, std::int64_t now) {
  wait_for(record, std::max(asked_wait(outcome), kFollowUpS), now);
  if (outcome.kind == OutcomeKind::Published) {
    publish(record, now);
  } else if (outcome.kind == OutcomeKind::Refused) {
    record.state = OutboxState::Refused;
    record.reason = outcome.reason;
  }
}

Outbox::Effects Outbox::changed(std::string key, CommentState state, const std::string& text, std::int64_t now) {
  const auto found = records_.find(key);
  if (found == records_.end()) return {};
  Effects effects;
  if (state == CommentState::Deleted) {
    records_.erase(found);
    unstored_.erase(key);
    effects.emplace_back(std::in_place_type<ForgetRecord>, ForgetRecord{std::move(key)});
    return effects;
  }
  OutboxRecord& record = found->second;
  const bool is_public = state == CommentState::Published;
  record.state = is_public ? OutboxState::Published : OutboxState::Held;
  record.reason = Refusal::None;
  record.submission.text = is_public ? std::string() : text;
  if (!is_public) wait_for(record, kFollowUpS, now);
  store(record, effects);
  return effects;
}

// True when the record has changed.
bool Outbox::take_seen(OutboxRecord& record, const std::vector<Comment>& comments, Extent extent, std::int64_t now) {
  const bool is_public = record.state == OutboxState::Published;
  if ((!is_public && record.state != OutboxState::Held) || record.submission.text.empty()) return false;
  const std::set<std::string> claimed = claimed_ids(record);
  const auto found = std::find_if(comments.begin(), comments.end(),
                                  [&](const Comment& comment) { return is_public_form(comment, record, claimed, parser_); });
  const bool is_removed = is_public && extent == Extent::Whole && remaining_wait(record, now) == 0;
  if (found == comments.end() && !is_removed) return false;
  if (found != comments.end()) record.comment_id = found->id;
  record.state = OutboxState::Published;
  record.submission.text.clear();
  return true;
}

Outbox::Effects Outbox::seen(const ThreadRef& thread_ref, const std::vector<Comment>& comments, Extent extent, std::int64_t now) {
  Effects effects;
  for (auto& [key, record] : records_) {
    if (!is_same_thread(record.thread_ref, thread_ref) || is_current(key)) continue;
    if (take_seen(record, comments, extent, now)) store(record, effects);
  }
  advance(now, effects);
  return effects;
}

}  // namespace octavo
