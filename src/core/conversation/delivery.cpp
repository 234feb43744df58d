// The outbox at work: its effects, and what readers are told of what becomes of their comments.
#include <algorithm>
#include <utility>

#include "core/conversation/conversation_view.h"
#include "core/conversation/state.h"
#include "core/page/conversation_strings.h"

namespace octavo {

using Text = ConversationStrings;

// ---- Events ----------------------------------------------------------------------------------------------------------------

void Conversation::State::handle(const RecordStored& event) {
  apply(outbox.record_stored(event.ticket, event.ok ? Outbox::Stored::Yes : Outbox::Stored::No, now));
  const bool was_sent = !composer.transit.key.empty() && event.ticket == composer.transit.ticket;
  return was_sent ? finish_sending() : show();
}

void Conversation::State::handle(const RecordsChanged& event) {
  apply(outbox.load(event.records, now));
  show();
}

void Conversation::State::handle(const LockAcquired&) {
  apply(outbox.begin_sending(now));
  show();
}

void Conversation::State::handle(const Woken&) {
  outbox_wake_at = 0;
  apply(outbox.woken(now));
  if (retry.is_due(now)) {
    ask_again_now();
  } else if (outbox_wake_at == 0) {
    wake_in_time();
  }
  show();
}

void Conversation::State::handle(const NetworkReturned&) {
  apply(outbox.online(now));
  if (thread.is_open()) ask_again_now();
  show();
}

void Conversation::State::act_on_record(const ConversationAction& action) {
  switch (action.kind) {
    case ActionKind::EditRecord:
    case ActionKind::DiscardRecord:
      return take_back(action.object, action.kind);
    case ActionKind::RetryRecord:
      apply(outbox.send_again(action.object, now));
      break;
    default:
      if (const OutboxRecord* record = outbox.find(action.object)) copy(record->submission.text);
  }
  show();
}

// ---- Effects ---------------------------------------------------------------------------------------------------------------

void Conversation::State::apply(Outbox::Effects outbox_effects, std::string_view slot) {
  for (OutboxEffect& effect : outbox_effects) {
    if (auto* store = std::get_if<StoreRecord>(&effect)) {
      if (store->key == composer.transit.key && composer.transit.ticket == 0) composer.transit.ticket = store->ticket;
      store->slot = std::exchange(slot, {});
      effects.emplace_back(std::move(*store));
    } else if (auto* forget = std::get_if<ForgetRecord>(&effect)) {
      effects.emplace_back(std::move(*forget));
    } else if (const auto* engine = std::get_if<CallEngine>(&effect)) {
      call(engine->call, OutboxRequest{engine->key});
    } else if (const auto* wake = std::get_if<WakeAfter>(&effect)) {
      outbox_wake_at = now + wake->seconds;
      wake_in_time();
    }
  }
  announce_changes();
}

// One alarm serves the outbox and a server that was down.
void Conversation::State::wake_in_time() {
  const bool is_retry_first = retry.at() > 0 && (outbox_wake_at == 0 || retry.at() < outbox_wake_at);
  const std::int64_t at = is_retry_first ? retry.at() : outbox_wake_at;
  if (at > 0) effects.emplace_back(WakeAfter{std::max<std::int64_t>(0, at - now)});
}

// Screen readers hear what becomes of the comments of this post, and the thread is asked for a comment that has just come in.
void Conversation::State::announce_changes() {
  std::string states;
  std::string last;
  bool has_arrived = false;
  std::uint32_t unfinished = 0;
  for (const auto& [key, record] : outbox.records()) {
    if (record.state != OutboxState::Published && record.state != OutboxState::Refused) ++unfinished;
    if (!is_same_thread(record.place, thread.place)) continue;
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
