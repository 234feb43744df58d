// One record at a time through store, engine, store.
#include "core/comments/outbox.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/base/plain_name.h"
#include "core/base/utf8.h"
#include "core/comments/comment_content.h"

namespace octavo {

namespace {

constexpr std::int64_t kFirstWaitS = 4;
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

bool is_under_way(OutboxState state) {
  return state == OutboxState::Queued || state == OutboxState::Sending || state == OutboxState::Unsure;
}

// Letters and digits alone: engines set quotes, dashes and smileys anew.
std::string letters_of(std::string_view source, std::string_view type, HtmlParser& parser) {
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
         letters_of(comment.body, comment.body_type, parser) == letters_of(submission.text, "markdown", parser);
}

}  // namespace

bool is_same_thread(const ThreadRef& a, const ThreadRef& b) {
  return a.endpoint == b.endpoint && a.site == b.site && a.thread == b.thread;
}

std::int64_t remaining_wait(const OutboxRecord& record, std::int64_t now) {
  if (now < record.waits_since) return 0;
  return std::max<std::int64_t>(0, record.waits_since + record.wait_s - now);
}

const OutboxRecord* Outbox::find(const std::string& key) const {
  const auto found = records_.find(key);
  return found == records_.end() ? nullptr : &found->second;
}

const OutboxRecord* Outbox::find_own(const ThreadRef& place, std::string_view comment_id) const {
  for (const auto& [key, record] : records_) {
    const bool is_it = !comment_id.empty() && record.comment_id == comment_id && is_same_thread(record.place, place);
    if (is_it && !record.author_key.empty() && has_own_actions(place)) return &record;
  }
  return nullptr;
}

std::uint64_t Outbox::store(const OutboxRecord& record, Effects& effects, Place place) {
  storing_.emplace(++last_ticket_, record.key());
  const auto at = place == Place::First ? effects.begin() : effects.end();
  // Made in their place: GCC 12 takes a variant that is moved for one that is not set, Clang 14 cannot build aggregates in place.
  effects.emplace(at, std::in_place_type<StoreRecord>, StoreRecord{last_ticket_, record.key(), write_outbox_record(record)});
  return last_ticket_;
}

Outbox::Effects Outbox::load(std::vector<OutboxRecord> records, std::int64_t now) {
  std::map<std::string, OutboxRecord> loaded;
  for (OutboxRecord& record : records) {
    // A request that nobody waits for any more.
    if (record.state == OutboxState::Sending && is_sending_) record.state = OutboxState::Unsure;
    const std::string key = record.key();
    loaded.insert_or_assign(key, std::move(record));
  }
  // What is on its way into the store knows more than the store.
  const auto keep = [&](const std::string& key) {
    if (const auto found = records_.find(key); found != records_.end()) loaded.insert_or_assign(key, found->second);
  };
  if (phase_ != Phase::Idle) keep(current_);
  for (const auto& [ticket, key] : storing_) keep(key);
  for (const std::string& key : unstored_) keep(key);
  records_ = std::move(loaded);
  Effects effects;
  advance(now, effects);
  return effects;
}

Outbox::Effects Outbox::begin_sending(std::int64_t now) {
  is_sending_ = true;
  for (auto& [key, record] : records_) {
    if (record.state == OutboxState::Sending) record.state = OutboxState::Unsure;
  }
  Effects effects;
  advance(now, effects);
  return effects;
}

Outbox::Effects Outbox::submit(const ThreadRef& place, Submission submission, std::int64_t now) {
  OutboxRecord record;
  for (const auto& [key, other] : records_) record.order = std::max(record.order, other.order + 1);
  record.place = place;
  record.submission = std::move(submission);
  const std::string key = record.key();
  records_.insert_or_assign(key, record);
  Effects effects;
  advance(now, effects);
  // In the store before anything else, also when others go first.
  if (!is_current(key)) store(record, effects, Place::First);
  return effects;
}

// The first record of each endpoint that is not done keeps the later ones back, so that a thread is in the order it was written
// in, and an engine that asks to wait is left alone.
OutboxRecord* Outbox::next_due(std::int64_t now, std::int64_t& soonest) {
  std::vector<OutboxRecord*> ordered;
  for (auto& [key, record] : records_) {
    if (is_under_way(record.state) || (record.state == OutboxState::Held && can_follow_up(record.place)))
      ordered.push_back(&record);
  }
  std::sort(ordered.begin(), ordered.end(), [](const OutboxRecord* a, const OutboxRecord* b) { return a->order < b->order; });
  std::set<std::string_view> blocked;
  for (OutboxRecord* record : ordered) {
    const bool delivers = is_under_way(record->state);
    if (delivers && !blocked.insert(record->place.endpoint).second) continue;
    const std::int64_t wait = remaining_wait(*record, now);
    if (wait == 0) return record;
    soonest = soonest == 0 ? wait : std::min(soonest, wait);
  }
  return nullptr;
}

void Outbox::advance(std::int64_t now, Effects& effects) {
  if (!is_sending_ || phase_ != Phase::Idle) return;
  std::int64_t soonest = unstored_.empty() ? 0 : kFirstWaitS;
  if (OutboxRecord* record = next_due(now, soonest)) {
    start(*record, effects);
  } else if (soonest > 0) {
    effects.emplace_back(std::in_place_type<WakeAfter>, WakeAfter{soonest});
  }
}

void Outbox::start(OutboxRecord& record, Effects& effects) {
  current_ = record.key();
  if (record.state == OutboxState::Held) {
    asked_ = Asked::FollowUp;
    call(record, effects);
    return;
  }
  if (record.state == OutboxState::Unsure && reconcile_way(record.place) == Reconcile::Ask) {
    asked_ = Asked::Reconcile;
    call(record, effects);
    return;
  }
  asked_ = Asked::Create;
  record.state = OutboxState::Sending;
  phase_ = Phase::StoringStart;
  awaited_ = store(record, effects);
}

void Outbox::call(OutboxRecord& record, Effects& effects) {
  phase_ = Phase::Calling;
  effects.emplace_back(std::in_place_type<CallEngine>,
                       CallEngine{record.key(), asked_ == Asked::Create ? create_call(record.place, record.submission, parser_)
                                                                        : reconcile_call(record.place, record.submission)});
}

Outbox::Effects Outbox::record_stored(std::uint64_t ticket, Stored stored, std::int64_t now) {
  const auto storing = storing_.extract(ticket);
  if (storing.empty()) return {};
  if (stored == Stored::Yes) {
    unstored_.erase(storing.mapped());
  } else {
    unstored_.insert(storing.mapped());
  }
  if (ticket != awaited_) return {};
  Effects effects;
  const auto found = records_.find(current_);
  // A store that takes nothing must not keep a comment from being sent while the page is open; the page says so.
  if (phase_ == Phase::StoringStart && found != records_.end()) {
    call(found->second, effects);
    return effects;
  }
  phase_ = Phase::Idle;
  advance(now, effects);
  return effects;
}

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
                                  ? create_outcome(record.place, reply)
                                  : reconcile_outcome(record.place, record.submission, reply, claimed_ids(record), parser_);
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
      record.state = reconcile_way(record.place) == Reconcile::Never ? OutboxState::Asking : OutboxState::Unsure;
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
    const bool is_other = &other != &record && is_same_thread(other.place, record.place);
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

Outbox::Effects Outbox::woken(std::int64_t now) {
  Effects effects;
  for (const std::string& key : unstored_) {
    const auto found = records_.find(key);
    if (found != records_.end() && !is_current(key)) store(found->second, effects);
  }
  advance(now, effects);
  return effects;
}

Outbox::Effects Outbox::online(std::int64_t now) {
  for (auto& [key, record] : records_) {
    if (is_under_way(record.state) && record.reason == Refusal::Unreachable) record.wait_s = 0;
  }
  return woken(now);
}

Outbox::Effects Outbox::send_again(const std::string& key, std::int64_t now) {
  const auto found = records_.find(key);
  if (found == records_.end() || is_current(key)) return {};
  OutboxRecord& record = found->second;
  const bool was_stopped = record.state == OutboxState::Refused || record.state == OutboxState::Asking;
  if (!was_stopped && !is_under_way(record.state)) return {};
  if (was_stopped) record.state = OutboxState::Queued;
  // What the engine asked for is kept; the outbox's own patience is not.
  if (record.reason != Refusal::RateLimited && record.reason != Refusal::TooEarly) record.wait_s = 0;
  Effects effects;
  advance(now, effects);
  if (!is_current(key)) store(record, effects, Place::First);
  return effects;
}

Outbox::Effects Outbox::take_back(const std::string& key, std::int64_t now) {
  if (is_current(key) || records_.erase(key) == 0) return {};
  unstored_.erase(key);
  Effects effects;
  effects.emplace_back(std::in_place_type<ForgetRecord>, ForgetRecord{key});
  advance(now, effects);
  return effects;
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

Outbox::Effects Outbox::seen(const ThreadRef& place, const std::vector<Comment>& comments, Extent extent, std::int64_t now) {
  Effects effects;
  for (auto& [key, record] : records_) {
    if (!is_same_thread(record.place, place) || is_current(key)) continue;
    if (take_seen(record, comments, extent, now)) store(record, effects);
  }
  advance(now, effects);
  return effects;
}

}  // namespace octavo
