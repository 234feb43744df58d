// One interface to all comment engines: which request to send, and what an answer means. These are pure functions. A table for
// each engine (engine_table.h) says how they differ.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/comments/comment.h"
#include "core/comments/comment_form.h"
#include "core/comments/refusal.h"
#include "core/content/html/html_parser.h"

namespace octavo {

enum class CommentEngine : std::uint8_t { Octavo, WordPress, WordPressCom, Isso, Remark42, Mastodon };

// "octavo", "wordpress", "wordpress.com", "isso", "remark42", "mastodon"; empty means Octavo's own contract.
std::optional<CommentEngine> comment_engine(std::string_view name);
std::string_view comment_engine_name(CommentEngine engine);

// Where the comments on one post are.
struct ThreadRef {
  CommentEngine engine = CommentEngine::Octavo;
  std::string endpoint;  // ends with '/'
  std::string site;      // WordPress.com, Remark42
  std::string thread;    // the engine's key of the post: a number, or its page's path or address
  std::string title;
  bool may_hold = false;  // comments may wait for approval; then no list has them
  bool operator==(const ThreadRef&) const = default;
};

struct HttpCall {
  std::string_view method = "GET";
  std::string url;
  std::vector<std::pair<std::string_view, std::string>> headers;
  std::string body;  // JSON
  bool with_cookies = false;
};

struct HttpReply {
  int status = 0;  // 0 = no answer, or one that another origin must not see
  std::string body;
  std::int64_t retry_after_s = 0;  // the header, 0 = none
  bool was_sent = true;            // false: there was no network, so nothing has left
};

enum class OutcomeKind : std::uint8_t {
  Published,
  Held,     // taken; waits for the site's owner
  Refused,  // `reason` says why; sending the same again would not help
  Retry,    // not taken; send the same again, not before `wait_s`
  Unknown,  // it may have been taken: ask the engine before sending again
};

struct SendOutcome {
  OutcomeKind kind = OutcomeKind::Unknown;
  Refusal reason = Refusal::None;
  std::int64_t wait_s = 0;  // 0 = as the outbox thinks best
  FormField field = FormField::None;
  std::int64_t limit = 0;
  std::string detail;      // the engine's own words, as plain text
  std::string comment_id;  // proof that it was taken
  std::string author_key;  // Octavo: edits, deletes and follows it
};

struct ListQuery {
  std::string cursor;
  std::string since;
  bool newest_first = false;
  std::string reader_key;  // Octavo: to be told what this reader likes
};

// ---- Reading -----------------------------------------------------------------------------------------------------------
HttpCall list_call(const ThreadRef& thread_ref, const ListQuery& query);
// `parser` decodes names that engines give as HTML. An error's message is for people.
Result<Discussion> parse_discussion(const ThreadRef& thread_ref, const ListQuery& query, const HttpReply& reply,
                                    HtmlParser& parser);

// What the engine takes before it has been asked, and the questions; none where it cannot be asked.
CommentForm default_form(const ThreadRef& thread_ref);
std::vector<HttpCall> form_calls(const ThreadRef& thread_ref);
// Anything but a good answer leaves the form as it is.
void read_form(const ThreadRef& thread_ref, const HttpReply& reply, CommentForm& form);

// ---- Writing -----------------------------------------------------------------------------------------------------------
// Precondition: the form's can_write; fields that it hides are empty.
HttpCall create_call(const ThreadRef& thread_ref, const Submission& submission, HtmlParser& parser);
SendOutcome create_outcome(const ThreadRef& thread_ref, const HttpReply& reply);
// The engine is down, broken or busy, or nothing is known of it: it may answer otherwise later.
bool is_temporary(const HttpReply& reply);

// How to learn whether a submission has arrived.
enum class Reconcile : std::uint8_t { Ask, Resend, Never };
// Ask: reconcile_call() and reconcile_outcome(). Resend: the engine itself recognizes it. Never: only the person can decide.
Reconcile reconcile_way(const ThreadRef& thread_ref);
HttpCall reconcile_call(const ThreadRef& thread_ref, const Submission& submission);
// Published, Held or Refused: it had arrived. Retry: it has not, so it may be sent. Unknown: ask again later, or, with
// reason Unclear, ask the person. `claimed` are ids of comments that are known to be other submissions.
SendOutcome reconcile_outcome(const ThreadRef& thread_ref, const Submission& submission, const HttpReply& reply,
                              const std::set<std::string>& claimed, HtmlParser& parser);

// Whether a comment was made since a submission was written, by clocks of which one may be wrong.
enum class TimeMatch : std::uint8_t { Since, Unclear, Before };
TimeMatch compare_time(const Comment& comment, std::int64_t written_at);

// Whether the engine tells its author what has become of a comment that nobody else sees: reconcile_call() asks.
bool can_follow_up(const ThreadRef& thread_ref);

// What authors may still do with a comment of theirs, where the engine lets them. All three may be asked again without harm.
enum class OwnAction : std::uint8_t { Read, Edit, Delete };
bool has_own_actions(const ThreadRef& thread_ref);
// Precondition: has_own_actions(). `text` is Markdown, for Edit.
HttpCall own_comment_call(const ThreadRef& thread_ref, OwnAction action, const std::string& id, const std::string& author_key,
                          const std::string& text);
// What the comment is now; nullopt when the answer does not say: create_outcome() tells why.
struct OwnComment {
  CommentState state = CommentState::Published;
  std::string source;
};
std::optional<OwnComment> parse_own_comment(const ThreadRef& thread_ref, const HttpReply& reply);

// Sets or takes back this reader's liking of the post; nullopt where the engine has no likes.
std::optional<HttpCall> like_call(const ThreadRef& thread_ref, bool on, const std::string& reader_key, const std::string& token);

}  // namespace octavo
