// A comment as it is stored, and the words for its states.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/comments/api_names.h"

namespace octavo {

// The database calls it a status, as the contract does.
using CommentStatus = CommentState;

// Why a comment waits.
enum class HoldReason : std::uint8_t { None, AllHeld, Links, TooFast, Words, Honeypot };

// The words of the contract and of the database; nullopt for other words. Those of states are in api_names.h.
std::string_view word_of(HoldReason reason);  // empty for None
std::optional<HoldReason> parse_hold_reason(std::string_view word);

using ReactionCounts = std::map<std::string, std::int64_t>;

struct CommentRecord {
  std::string id;
  std::string thread;
  std::string parent;  // empty = top level
  std::string root;    // the top-level comment above; its own id at top level
  std::int64_t depth = 0;
  std::int64_t number = 0;   // place in the thread's history when it came; a thread's numbers are unique
  std::int64_t change = 0;   // ... of its last change
  std::int64_t created = 0;  // Unix milliseconds, like all times here
  std::int64_t edited = 0;   // 0 = never
  std::int64_t edits = 0;
  CommentStatus status = CommentStatus::Held;
  bool was_public = false;  // somebody may have it; a list of changes must tell that it is gone
  HoldReason held_reason = HoldReason::None;
  std::string author_name;
  std::string author_email;  // for the owner only, never in an answer to anyone else
  std::string author_url;
  std::string author_avatar;
  std::string person;  // who signed in ("provider:subject"), empty for guests
  std::string source;
  SourceType source_type = SourceType::Markdown;
  std::string html;
  std::string language;
  std::int64_t replies = 0;          // published ones
  std::int64_t visible_replies = 0;  // published ones, and places of others that have visible replies themselves
  std::string submission;            // hash of the idempotency key
  std::string fingerprint;           // hash of the request's body
  std::int64_t first_status = 0;     // HTTP status of the first answer
  std::string key_hash;              // of the author's key
  std::string network;               // truncated address, forgotten after a while

  ReactionCounts reactions;                // filled by the store where it says so
  std::vector<std::string> own_reactions;  // of the reader who asks
};

// Readers see a published comment, and the place of one that is not (any more) if others have answered it in public.
inline bool is_visible(const CommentRecord& comment) {
  return comment.status == CommentStatus::Published || comment.visible_replies > 0;
}

struct ThreadRecord {
  std::string key;
  bool is_open = true;
  std::int64_t change = 0;   // grows with every change of anything in the thread
  std::int64_t count = 0;    // published comments
  std::int64_t changed = 0;  // when
  ReactionCounts reactions;
  std::vector<std::string> own_reactions;
};

}  // namespace octavo
