// The outbox at work: its effects, and what readers are told about their comments.
#include <algorithm>
#include <utility>

#include "core/conversation/conversation_view.h"
#include "core/conversation/state.h"
#include "core/page/conversation_strings.h"

namespace octavo {

using Text = ConversationStrings;

// ---- Events ----------------------------------------------------------------------------------------------------------------

void ConversationState::handle(const RecordStored& event) {
  apply(outbox.record_stored(event.ticket, event.stored, now));
  // The thread may have come while the record was on its way into the store.
  if (thread.status == ConversationThread::Status::Shown)
    apply(outbox.seen(thread.thread_ref, thread.discussion.comments, Outbox::Extent::Part, now));
  const bool was_sent = !composer.transit.key.empty() && event.ticket == composer.transit.ticket;
  return was_sent ? finish_sending() : show();
}

void ConversationState::handle(const RecordsChanged& event) {
  apply(outbox.load(event.records, now));
  show();
}

void ConversationState::handle(const LockAcquired&) {
  apply(outbox.begin_sending(now));
  show();
}

void ConversationState::handle(const TimerFired&) {
  outbox_due_at = 0;
  apply(outbox.timer_fired(now));
  if (retry.is_due(now)) {
    retry_now();
  } else if (outbox_due_at == 0) {
    set_timer();
  }
  show();
}

void ConversationState::handle(const NetworkReturned&) {
  apply(outbox.online(now));
  if (thread.is_open()) retry_now();
  show();
}

void ConversationState::act_on_record(const ConversationAction& action) {
  switch (action.kind) {
    case ActionKind::EditRecord:
    case ActionKind::DiscardRecord:
      return withdraw(action.object, action.kind);
    case ActionKind::RetryRecord:
      apply(outbox.send_again(action.object, authorization_at(action.object), now));
      break;
    default:
      if (const OutboxRecord* record = outbox.find(action.object)) copy(record->submission.text);
  }
  show();
}

// The session is one with the engine of this page.
std::string ConversationState::authorization_at(const std::string& key) const {
  const OutboxRecord* record = outbox.find(key);
  return record != nullptr && record->thread_ref.endpoint == thread.thread_ref.endpoint ? session.authorization() : std::string();
}

// ---- Effects ---------------------------------------------------------------------------------------------------------------

void ConversationState::apply(Outbox::Effects outbox_effects, DropDraft draft) {
  for (OutboxEffect& effect : outbox_effects) {
    if (auto* store = std::get_if<StoreRecord>(&effect)) {
      if (store->key == composer.transit.key && composer.transit.ticket == 0) composer.transit.ticket = store->ticket;
      store->draft = std::exchange(draft, {});
      effects.emplace_back(std::move(*store));
    } else if (auto* forget = std::get_if<ForgetRecord>(&effect)) {
      effects.emplace_back(std::move(*forget));
    } else if (const auto* engine = std::get_if<CallEngine>(&effect)) {
      call(engine->call, OutboxRequest{engine->key});
    } else if (const auto* timer = std::get_if<SetTimer>(&effect)) {
      outbox_due_at = now + timer->seconds;
      set_timer();
    }
  }
  announce_changes();
}

// One alarm serves the outbox and a server that was down.
void ConversationState::set_timer() {
  const bool is_retry_first = retry.at() > 0 && (outbox_due_at == 0 || retry.at() < outbox_due_at);
  const std::int64_t at = is_retry_first ? retry.at() : outbox_due_at;
  if (at > 0) effects.emplace_back(SetTimer{std::max<std::int64_t>(0, at - now)});
}

// Screen readers hear how the state of a comment on this post changes. A comment that has just arrived loads the thread again.
void ConversationState::announce_changes() {
  std::string states;
  std::string last;
  bool has_arrived = false;
  std::uint32_t unfinished = 0;
  for (const auto& [key, record] : outbox.records()) {
    if (record.state != OutboxState::Published && record.state != OutboxState::Refused) ++unfinished;
    if (!is_same_thread(record.thread_ref, thread.thread_ref)) continue;
    const std::string line = key + std::string(outbox_state_name(record.state)) + std::string(refusal_name(record.reason)) + "\n";
    states += line;
    if (announced_states.find(line) != std::string::npos) continue;
    last = record_text(record, now, zone_minutes);
    const bool has_ended = record.state == OutboxState::Refused && record.reason == Refusal::SessionExpired;
    if (has_ended && session.is_signed_in() && record.submission.token == session.authorization()) drop_session();
    const bool is_there_already = record.state == OutboxState::Held && record.reason == Refusal::Duplicate;
    has_arrived = has_arrived || record.state == OutboxState::Published || is_there_already;
  }
  if (states == announced_states) return;
  const bool is_first = announced_states.empty() && requests.empty();
  announced_states = states;
  effects.emplace_back(CountUnfinished{unfinished});
  if (is_first) return;
  if (!last.empty()) announce(last);
  if (has_arrived) load_thread();
}

}  // namespace octavo
