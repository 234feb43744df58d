// Events: everything that can happen to a conversation, as values. The browser side makes them; nothing else drives it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/comments/comment_adapter.h"
#include "core/comments/draft.h"
#include "core/comments/outbox_record.h"
#include "core/conversation/action.h"
#include "core/conversation/compose_target.h"

namespace octavo {

// Somebody is signed in.
struct SignedIn {
  std::string token;
  std::string name;
  std::string provider;  // its label
  std::string image;     // an address that the page may load, or empty
};

// Name, e-mail address and website that this browser keeps for next time.
struct RememberedPerson {
  std::string name;
  std::string email;
  std::string website;
};

// A post's page is shown. Without an endpoint there is no conversation, and the outbox alone is at work.
struct ConversationOpened {
  ThreadRef thread_ref;
  std::string page;      // path of the post's page
  std::string page_key;  // tells this window from others
  ComposeTarget target;  // opens the draft with this target
  std::int32_t zone_minutes = 0;
  bool follows_prebuilt = false;  // the page has comments that the engine does not have
  std::optional<RememberedPerson> person;
  std::optional<SignedIn> session;
  std::string reader_key;
  bool is_liked = false;
  bool is_like_sent = false;  // the engine knows that it is liked
  // What the store holds.
  std::vector<Draft> drafts;
  std::vector<OutboxRecord> records;
  std::string cached_thread;  // an earlier answer of the engine, or empty
  std::int64_t cached_at = 0;
  bool is_kept = true;    // the store works
  bool was_lost = false;  // the browser has cleared the store
};

// The answer to a CallServer.
struct ServerAnswered {
  std::uint32_t call = 0;
  HttpReply reply;
};

// The fields of the form as they are now.
struct FormTyped {
  std::string text;
  std::string name;
  std::string email;
  std::string website;
  bool consent = false;
  bool remember = false;
  std::uint32_t caret_begin = 0;
  std::uint32_t caret_end = 0;
};
// Nothing was typed for a moment.
struct TypingPaused {};
// The text needs so many rows.
struct RowsNeeded {
  std::uint32_t rows = 0;
};

// A button was activated. `key` is a fresh secret, which names what is sent.
struct ButtonPressed {
  ConversationAction action;
  std::string key;
};

struct PostLiked {
  bool on = false;
  std::string reader_key;
};

// What has become of a SaveDraft; `revision` is that of its draft.
struct DraftSaved {
  std::uint64_t revision = 0;
};
struct DraftFailed {
  std::uint64_t revision = 0;
};
struct DraftConflict {
  std::uint64_t revision = 0;
  Draft stored;
};
// What has become of a file of drafts and records.
struct FileImported {
  bool ok = false;
  std::uint32_t drafts = 0;
  std::uint32_t records = 0;
};

// What has become of a StoreRecord.
struct RecordStored {
  std::uint64_t ticket = 0;
  Stored stored = Stored::No;
};
// Another window has changed the records in the store.
struct RecordsChanged {
  std::vector<OutboxRecord> records;
};
// This window holds the outbox lock.
struct LockAcquired {};
// The time of a SetTimer is over.
struct TimerFired {};
struct NetworkReturned {};

enum class SignInFailure : std::uint8_t { Denied, Failed };
struct SignInEnded {
  SignInFailure why = SignInFailure::Failed;
  std::string provider;  // its label
};

using ConversationEvent = std::variant<ConversationOpened, ServerAnswered, FormTyped, TypingPaused, RowsNeeded, ButtonPressed,
                                       PostLiked, DraftSaved, DraftFailed, DraftConflict, FileImported, RecordStored,
                                       RecordsChanged, LockAcquired, TimerFired, NetworkReturned, SignedIn, SignInEnded>;

}  // namespace octavo
