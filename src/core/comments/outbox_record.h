// What the store keeps of a comment that was sent, or is to be: enough to go on after any crash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/comments/comment_adapter.h"

namespace octavo {

enum class OutboxState : std::uint8_t {
  Queued,     // not sent, or known not to have arrived
  Sending,    // a request is or was under way: after a crash nobody knows whether it has arrived
  Unsure,     // the engine is to be asked
  Asking,     // the engine cannot say: the person decides
  Held,       // taken, waits for the site's owner
  Published,  // taken and public
  Refused,    // not taken; `reason` says why
};
// In the order of OutboxState. The shell reads this list, too.
inline constexpr std::string_view kOutboxStates[] = {"queued", "sending", "unsure", "asking", "held", "published", "refused"};
// What has not arrived for certain, and is sent without asking anybody.
inline constexpr OutboxState kPendingStates[] = {OutboxState::Queued, OutboxState::Sending, OutboxState::Unsure};

struct OutboxRecord {
  std::uint64_t order = 0;  // as written; a clock may be wrong
  ThreadRef thread_ref;
  Submission submission;  // its key names the record; its text goes once the thread shows it
  OutboxState state = OutboxState::Queued;
  std::uint32_t attempts = 0;
  // Not before `wait_s` seconds after `waits_since`. A clock that was set back ends the wait. Of a published comment: until when
  // the thread may be without it.
  std::int64_t waits_since = 0;
  std::int64_t wait_s = 0;
  Refusal reason = Refusal::None;
  FormField field = FormField::None;
  std::int64_t limit = 0;
  std::string detail;
  std::string comment_id;
  std::string author_key;
  bool operator==(const OutboxRecord&) const = default;

  const std::string& key() const { return submission.key; }
};

// What has become of a record on its way into the store.
enum class Stored : std::uint8_t {
  Yes,
  No,    // the store has refused it
  Gone,  // it was there before, and another window has taken it back
};

std::string_view outbox_state_name(OutboxState state);

// JSON with a version, and back. A record without a version is read; nullopt for what is no record (a store may be damaged), or
// is of a newer version.
std::string write_outbox_record(const OutboxRecord& record);
std::optional<OutboxRecord> parse_outbox_record(std::string_view json);

}  // namespace octavo
