// The queue: one record at a time through store, engine, store.
#include "core/comments/outbox.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace octavo {

namespace {

bool is_pending(OutboxState state) {
  return std::find(std::begin(kPendingStates), std::end(kPendingStates), state) != std::end(kPendingStates);
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

const OutboxRecord* Outbox::find_own(const ThreadRef& thread_ref, std::string_view comment_id) const {
  for (const auto& [key, record] : records_) {
    const bool is_it = !comment_id.empty() && record.comment_id == comment_id && is_same_thread(record.thread_ref, thread_ref);
    if (is_it && !record.author_key.empty() && has_own_actions(thread_ref)) return &record;
  }
  return nullptr;
}

std::uint64_t Outbox::store(const OutboxRecord& record, Effects& effects, Place place) {
  // What follows the first save is not new, although that has not been answered yet.
  const bool is_first =
      std::none_of(storing_.begin(), storing_.end(), [&](const auto& entry) { return entry.second.key == record.key(); });
  const bool is_new = is_first && new_.contains(record.key());
  std::optional<OutboxState> expected;
  if (const auto known = known_.find(record.key()); !is_sending_ && known != known_.end()) expected = known->second;
  known_.insert_or_assign(record.key(), record.state);
  storing_.emplace(++last_ticket_, Write{record.key(), expected, is_new});
  const auto at = place == Place::First ? effects.begin() : effects.end();
  // Made in their place: GCC 12 takes a variant that is moved for one that is not set, Clang 14 cannot build aggregates in place.
  effects.emplace(at, std::in_place_type<StoreRecord>,
                  StoreRecord{last_ticket_, record.key(), write_outbox_record(record), is_new, expected, {}});
  return last_ticket_;
}

Outbox::Effects Outbox::load(std::vector<OutboxRecord> records, std::int64_t now) {
  std::map<std::string, OutboxRecord> loaded;
  for (OutboxRecord& record : records) {
    known_.insert_or_assign(record.key(), record.state);
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
  for (const auto& [ticket, write] : storing_) {
    // Others may have gone on from it, or from what was there before.
    const auto there = loaded.find(write.key);
    const bool is_overtaken =
        there != loaded.end() && (write.is_new || (write.expected && known_.at(write.key) != *write.expected));
    if (!is_overtaken) keep(write.key);
  }
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

Outbox::Effects Outbox::submit(const ThreadRef& thread_ref, Submission submission, std::int64_t now) {
  OutboxRecord record;
  for (const auto& [key, other] : records_) record.order = std::max(record.order, other.order + 1);
  record.thread_ref = thread_ref;
  record.submission = std::move(submission);
  const std::string key = record.key();
  records_.insert_or_assign(key, record);
  new_.insert(key);
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
    if (is_pending(record.state) || (record.state == OutboxState::Held && can_follow_up(record.thread_ref)))
      ordered.push_back(&record);
  }
  std::sort(ordered.begin(), ordered.end(), [](const OutboxRecord* a, const OutboxRecord* b) { return a->order < b->order; });
  std::set<std::string_view> blocked;
  for (OutboxRecord* record : ordered) {
    const bool delivers = is_pending(record->state);
    if (delivers && !blocked.insert(record->thread_ref.endpoint).second) continue;
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
    effects.emplace_back(std::in_place_type<SetTimer>, SetTimer{soonest});
  }
}

void Outbox::start(OutboxRecord& record, Effects& effects) {
  current_ = record.key();
  if (record.state == OutboxState::Held) {
    asked_ = Asked::FollowUp;
    call(record, effects);
    return;
  }
  if (record.state == OutboxState::Unsure && reconcile_way(record.thread_ref) == Reconcile::Ask) {
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
  effects.emplace_back(
      std::in_place_type<CallEngine>,
      CallEngine{record.key(), asked_ == Asked::Create ? create_call(record.thread_ref, record.submission, parser_)
                                                       : reconcile_call(record.thread_ref, record.submission)});
}

Outbox::Effects Outbox::record_stored(std::uint64_t ticket, Stored stored, std::int64_t now) {
  const auto storing = storing_.extract(ticket);
  if (storing.empty()) return {};
  const std::string& key = storing.mapped().key;
  // Not gone, but never there: the store has refused the first save.
  if (stored == Stored::Gone && new_.contains(key)) stored = Stored::No;
  if (stored == Stored::No) {
    unstored_.insert(key);
  } else {
    unstored_.erase(key);
    new_.erase(key);
  }
  // Taken back in another window. Nothing may bring it back.
  if (stored == Stored::Gone) records_.erase(key);
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

Outbox::Effects Outbox::timer_fired(std::int64_t now) {
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
    if (is_pending(record.state) && record.reason == Refusal::Unreachable) record.wait_s = 0;
  }
  return timer_fired(now);
}

Outbox::Effects Outbox::send_again(const std::string& key, const std::string& token, std::int64_t now) {
  const auto found = records_.find(key);
  if (found == records_.end() || is_current(key)) return {};
  OutboxRecord& record = found->second;
  const bool was_stopped = record.state == OutboxState::Refused || record.state == OutboxState::Asking;
  if (!was_stopped && !is_pending(record.state)) return {};
  if (was_stopped) record.state = OutboxState::Queued;
  if (!token.empty() && !record.submission.token.empty()) record.submission.token = token;
  // What the engine asked for is kept; the outbox's own patience is not.
  if (record.reason != Refusal::RateLimited && record.reason != Refusal::TooEarly) record.wait_s = 0;
  Effects effects;
  advance(now, effects);
  if (!is_current(key)) store(record, effects, Place::First);
  return effects;
}

Outbox::Effects Outbox::withdraw(const std::string& key, std::int64_t now) {
  if (is_current(key) || records_.erase(key) == 0) return {};
  unstored_.erase(key);
  new_.erase(key);
  Effects effects;
  effects.emplace_back(std::in_place_type<ForgetRecord>, ForgetRecord{key});
  advance(now, effects);
  return effects;
}

}  // namespace octavo
