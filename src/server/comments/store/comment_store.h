// The comments in a database, in the words of the field; the only place with SQL. Every function works within one transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/comments/store/comment_record.h"
#include "server/comments/store/database.h"

namespace octavo {

// Makes the tables, or upgrades those of an older Octavo step by step, all or nothing; several processes may do it at once. A
// database from a newer Octavo is an error.
Status prepare_comment_tables(Database& database);

enum class CommentSort : std::uint8_t { Oldest, Newest, Popular };

// Where a page of a list begins: after the comment with these keys.
struct CommentCursor {
  std::int64_t first = 0;  // created, or likes when sorted by them
  std::int64_t number = 0;
};

struct CommentQuery {
  std::string thread;
  CommentSort sort = CommentSort::Oldest;
  std::int64_t limit = 50;
  std::optional<CommentCursor> after;
  std::optional<std::string> parent;  // only direct replies to it; empty = only top-level ones
  std::string root;                   // only the branch below it, itself included
};

struct Reaction {
  std::string thread;
  std::string target;  // a comment's id, or empty for the thread itself
  std::string name;
  std::string reader;        // hash of the key, or of the person
  std::string network;       // of a guest; forgotten after a while
  std::int64_t created = 0;  // Unix milliseconds
};

class CommentStore {
 public:
  explicit CommentStore(SqlSession& session) : session_(session) {}

  // Values that all processes share ("tables" ...).
  Result<std::string> setting(std::string_view name);  // empty when it is not set
  Status set_setting(std::string_view name, std::string_view value);

  // A thread that nobody wrote to yet is open and empty.
  Result<ThreadRecord> thread(std::string_view key);
  // Next number of the thread's history. Makes the thread; holds it against other writers until the transaction ends, so that
  // numbers become visible in their order.
  Result<std::int64_t> next_change(std::string_view thread, std::int64_t now);
  Status set_thread_open(std::string_view key, bool is_open);
  Result<std::vector<ThreadRecord>> threads(const std::vector<std::string>& keys);

  Result<std::optional<CommentRecord>> comment(std::string_view id);
  Result<std::optional<CommentRecord>> comment_by_submission(std::string_view hash);
  Result<std::vector<CommentRecord>> comments_by_key(std::string_view key_hash);
  Result<std::vector<CommentRecord>> comments_by_person(std::string_view person);
  // Visible ones (is_visible()). With reaction counts.
  Result<std::vector<CommentRecord>> list(const CommentQuery& query);
  // Everything that was public at some time and changed after `since`, in the order of changes. With reaction counts.
  Result<std::vector<CommentRecord>> changes(std::string_view thread, std::int64_t since, std::int64_t limit);
  // For the owner: newest first, any thread, those before `before` only; its time and id are the cursor.
  Result<std::vector<CommentRecord>> moderation_list(std::optional<CommentStatus> status, std::int64_t limit,
                                                     const CommentRecord* before);
  // In the order in which they came; replies follow what they answer.
  Result<std::vector<CommentRecord>> all_comments(const CommentRecord* after, std::int64_t limit);
  Result<std::vector<ThreadRecord>> all_threads();
  Result<std::vector<Reaction>> all_reactions();
  // A comment with this text and parent since a time, if its author is provably the same. That is the person who signed in, or
  // the sender of the earlier comment's key (`key_hash`).
  Result<std::optional<std::string>> same_text(const CommentRecord& comment, std::string_view key_hash, std::int64_t since);

  Status insert(const CommentRecord& comment);
  Status update(const CommentRecord& comment);  // all but id, thread, place and submission
  // A change of what is said about a comment elsewhere (reactions).
  Status touch(std::string_view id, std::int64_t change);
  // Counts a comment in its thread and in the comments above, after it has become public or visible (1) or has ceased to be (-1).
  struct CountChange {
    std::int64_t published = 0;
    std::int64_t visible = 0;
  };
  Status count_above(const CommentRecord& comment, CountChange change, std::int64_t now);
  // Makes the thread, or sets all that is kept about it.
  Status put_thread(const ThreadRecord& thread);
  // All counts anew, after rows were written one by one.
  Status recount();

  // Comments from a network since a time, whichever process took them. Rate limits use it.
  Result<std::int64_t> recent_from(std::string_view network, std::int64_t since);
  Result<std::int64_t> latest_from(std::string_view network);  // time; 0 = none
  Status forget_networks(std::int64_t before);

  // Says whether anything changed.
  Result<bool> set_reaction(const Reaction& reaction, bool is_on);
  // Readers of a network who have reacted like this to the same thread or comment since a time.
  Result<std::int64_t> reactions_from(const Reaction& reaction, std::int64_t since);
  Result<ReactionCounts> reactions(std::string_view thread, std::string_view target);
  Result<std::vector<std::string>> own_reactions(std::string_view thread, std::string_view target, std::string_view reader);
  // Of all comments at once.
  Status add_own_reactions(std::string_view thread, std::string_view reader, std::vector<CommentRecord>& comments);
  Status delete_reactions_of(std::string_view reader);

 private:
  Result<std::vector<CommentRecord>> comments(std::string_view where, const SqlParameters& parameters);
  Status add_reactions(std::string_view thread, std::vector<CommentRecord>& comments);

  SqlSession& session_;
};

}  // namespace octavo
