// The outbox: delivers each comment exactly once, one at a time, whatever breaks on the way. Events in, effects out; the clock is
// an argument, and all that must survive is in the records.
//
// Before a request goes out its record says Sending in the store; so after a crash, and after every answer that proves nothing,
// the engine is asked before anything is sent again. A text leaves the store only when the engine's thread has it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/comments/draft.h"
#include "core/comments/outbox_record.h"

namespace octavo {

// ---- Effects -------------------------------------------------------------------------------------------------------------
// Keep this record, durably, in the place of what has the same key. Answered by exactly one record_stored() with this ticket.
// Where the record is new, its draft goes in the same transaction. One that is not new and not there is gone: nothing is kept.
// What has changed in the store since this window knew it stays as it is.
struct StoreRecord {
  std::uint64_t ticket = 0;
  std::string key;
  std::string record;  // JSON
  bool is_new = false;
  std::optional<OutboxState> expected;  // in the store; nullopt = this window sends, and may replace anything
  DropDraft draft;                      // its caller fills it in; an empty slot = no draft
};
struct ForgetRecord {
  std::string key;
};
// Answered by exactly one call_answered().
struct CallEngine {
  std::string key;
  HttpCall call;
};
// Call timer_fired() after this time. A new one replaces the last.
struct SetTimer {
  std::int64_t seconds = 0;
};
using OutboxEffect = std::variant<StoreRecord, ForgetRecord, CallEngine, SetTimer>;

// The wait before a second attempt, at the engine and at the store.
inline constexpr std::int64_t kFirstWaitS = 4;

class Outbox {
 public:
  using Effects = std::vector<OutboxEffect>;

  // `parser` must outlive the outbox.
  explicit Outbox(HtmlParser& parser) : parser_(parser) {}

  // What the store holds: at the start, and whenever another page has changed it.
  Effects load(std::vector<OutboxRecord> records, std::int64_t now);
  // From now on this page sends: it alone holds the lock, and has loaded the store since.
  Effects begin_sending(std::int64_t now);
  // A finished comment. It goes out at once, or when its turn comes.
  Effects submit(const ThreadRef& thread_ref, Submission submission, std::int64_t now);
  Effects record_stored(std::uint64_t ticket, Stored stored, std::int64_t now);
  Effects call_answered(const std::string& key, const HttpReply& reply, std::int64_t now);
  Effects timer_fired(std::int64_t now);
  // The network is back: what waited for it waits no longer.
  Effects online(std::int64_t now);
  // The person wants it tried now, although it was refused or is asked about. `token` is of the person's present session, or
  // empty: the one that the record has may have ended.
  Effects send_again(const std::string& key, const std::string& token, std::int64_t now);
  // The person has taken it back, to edit or to drop: not while a request is under way (then nothing happens).
  Effects withdraw(const std::string& key, std::int64_t now);
  // The engine's thread has these comments. What was held and is among them has been approved, what an engine said to have
  // already is found, and the text of what is there is no longer needed. Where they are all there are, what has been missing for
  // long was removed.
  enum class Extent : std::uint8_t { Part, Whole };
  Effects seen(const ThreadRef& thread_ref, const std::vector<Comment>& comments, Extent extent, std::int64_t now);

  // Its author has changed or deleted a comment that had been taken: `state` is what it is now.
  Effects changed(std::string key, CommentState state, const std::string& text, std::int64_t now);

  const std::map<std::string, OutboxRecord>& records() const { return records_; }
  const OutboxRecord* find(const std::string& key) const;
  // The record with the author's key to a comment that is there; null for those of others.
  const OutboxRecord* find_own(const ThreadRef& thread_ref, std::string_view comment_id) const;
  // False while the store has refused something: that is tried again, and is lost with the page until it succeeds.
  bool is_kept() const { return unstored_.empty(); }

 private:
  enum class Phase : std::uint8_t { Idle, StoringStart, Calling, StoringResult };
  enum class Asked : std::uint8_t { Create, Reconcile, FollowUp };

  bool is_current(const std::string& key) const { return phase_ != Phase::Idle && key == current_; }
  // Adds the effect in front or behind; returns its ticket.
  enum class Place : std::uint8_t { First, Last };
  std::uint64_t store(const OutboxRecord& record, Effects& effects, Place place = Place::Last);
  void advance(std::int64_t now, Effects& effects);
  OutboxRecord* next_due(std::int64_t now, std::int64_t& soonest);
  void start(OutboxRecord& record, Effects& effects);
  void call(OutboxRecord& record, Effects& effects);
  void apply(OutboxRecord& record, const SendOutcome& outcome, std::int64_t now);
  void publish(OutboxRecord& record, std::int64_t now);
  bool take_seen(OutboxRecord& record, const std::vector<Comment>& comments, Extent extent, std::int64_t now);
  std::set<std::string> claimed_ids(const OutboxRecord& record) const;
  void apply_follow_up(OutboxRecord& record, const SendOutcome& outcome, std::int64_t now);

  HtmlParser& parser_;
  std::map<std::string, OutboxRecord> records_;
  Phase phase_ = Phase::Idle;
  Asked asked_ = Asked::Create;
  std::string current_;        // key of the record that the phase is about
  std::uint64_t awaited_ = 0;  // ticket that ends the phase
  std::uint64_t last_ticket_ = 0;
  // A write on its way. It changes nothing where the store has not `expected`.
  struct Write {
    std::string key;
    std::optional<OutboxState> expected;
    bool is_new = false;
  };
  std::map<std::uint64_t, Write> storing_;    // by ticket
  std::set<std::string> unstored_;            // keys of records that the store has refused
  std::map<std::string, OutboxState> known_;  // key -> state in the store, as far as this window knows
  std::set<std::string> new_;                 // keys of records that the store has never had
  bool is_sending_ = false;
};

// Whether both are about the same post at the same engine.
bool is_same_thread(const ThreadRef& a, const ThreadRef& b);

// Seconds until a record may be tried again; 0 = now.
std::int64_t remaining_wait(const OutboxRecord& record, std::int64_t now);

}  // namespace octavo
