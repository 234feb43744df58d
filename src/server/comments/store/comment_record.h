// A comment as it is stored, and the words for its states.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace octavo {

// Also the words of the contract and of the database.
namespace comment_status {
inline constexpr std::string_view kPublished = "published";
inline constexpr std::string_view kHeld = "held";          // waits for the owner
inline constexpr std::string_view kRejected = "rejected";  // by the owner
inline constexpr std::string_view kDeleted = "deleted";    // by its author or the owner; its text is gone
}  // namespace comment_status

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
  std::string status;
  bool was_public = false;  // somebody may have it; a list of changes must tell that it is gone
  std::string held_reason;  // a word: "all-held", "links", "too-fast", "trap" ...
  std::string author_name;
  std::string author_email;  // for the owner only, never in an answer to anyone else
  std::string author_url;
  std::string author_picture;
  std::string person;  // who signed in ("provider:subject"), empty for guests
  std::string source;
  std::string source_type;
  std::string html;
  std::string language;
  std::int64_t replies = 0;       // published ones
  std::string submission;         // hash of the idempotency key
  std::string fingerprint;        // hash of the request's body
  std::int64_t first_status = 0;  // HTTP status of the first answer
  std::string key_hash;           // of the author's key
  std::string network;            // truncated address, forgotten after a while

  ReactionCounts reactions;                // filled by the store where it says so
  std::vector<std::string> own_reactions;  // of the reader who asks
};

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
