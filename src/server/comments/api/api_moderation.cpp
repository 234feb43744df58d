// What the owner may do over the network, with the moderation token as Bearer: no cookie, so no other site can borrow it.
#include <optional>

#include "core/base/json.h"
#include "server/comments/api/api_call.h"
#include "server/comments/store/comment_changes.h"
#include "server/secrets.h"

namespace octavo {

namespace {

constexpr std::int64_t kPageSize = 50;

bool is_owner(const ApiCall& call) {
  const std::string& token = call.settings.moderation_token;
  return !token.empty() && same_secret(bearer_token(call.request), token);
}

bool is_comment_id(std::string_view text) {
  constexpr std::size_t kLength = 23;
  return text.size() == kLength && text.find_first_not_of("0123456789abcdefghijklmnopqrstuv") == std::string_view::npos;
}

Problem not_owner() {
  return {ProblemKind::LoginRequired, "This needs the moderation token, which `octavo serve` prints."};
}

void write_for_owner(JsonWriter& json, const ApiCall& call, const CommentRecord& comment) {
  write_comment(json, comment, {call.settings, CommentView::Owner, call.now});
}

}  // namespace

Outcome<HttpResponse> get_moderation_list(const ApiCall& call) {
  if (!is_owner(call)) return not_owner();
  const std::optional<std::string> word = find_query_field(call.request.query, "status");
  const std::optional<std::string> before = find_query_field(call.request.query, "before");
  const std::optional<CommentStatus> status = comment_state_from(word.value_or(""));
  if (word && !status) return bad_query("status", "`status` must be published, held, rejected or deleted.");
  if (before && !is_comment_id(*before)) return bad_query("before", "`before` must be the id of a comment.");
  struct Found {
    std::vector<CommentRecord> comments;
    bool is_cursor_known = true;
  };
  OCTAVO_TRY(Found found, read_from(call.database, [&](SqlSession& session) -> Result<Found> {
               CommentStore store(session);
               Found list;
               std::optional<CommentRecord> last;
               if (before) {
                 OCTAVO_TRY(last, store.comment(*before));
                 list.is_cursor_known = last.has_value();
               }
               // One more tells whether there are more.
               OCTAVO_TRY(list.comments, store.moderation_list(status, kPageSize + 1, last ? &*last : nullptr));
               return list;
             }));
  if (!found.is_cursor_known) return Problem{ProblemKind::CommentUnknown, "There is no comment with the id `before`."};
  const bool has_more = static_cast<std::int64_t>(found.comments.size()) > kPageSize;
  if (has_more) found.comments.pop_back();
  JsonWriter json;
  json.begin_object().key("comments").begin_array();
  for (const CommentRecord& comment : found.comments) write_for_owner(json, call, comment);
  json.end_array().key("more").value(has_more).end_object();
  return json_response(200, json.take());
}

Outcome<HttpResponse> put_moderation_status(const ApiCall& call) {
  if (!is_owner(call)) return not_owner();
  const Result<Json> json = Json::parse(call.request.body, "request");
  const auto status = comment_state_from(json ? json->get("status").string() : std::string_view());
  if (!status) {
    const std::string detail = "`status` must be published, held, rejected or deleted.";
    return Problem{ProblemKind::Invalid, detail, {{"/status", "one-of", 0, detail}}};
  }
  OCTAVO_TRY(const CommentRecord changed,
             moderate_comment(call.database, call.id, *status, call.request.header("If-Match"), call.now));
  JsonWriter out;
  write_for_owner(out, call, changed);
  return json_response(200, out.take());
}

Outcome<HttpResponse> put_moderation_thread(const ApiCall& call) {
  if (!is_owner(call)) return not_owner();
  const Result<Json> json = Json::parse(call.request.body, "request");
  const std::string_view state = json ? json->get("state").string() : std::string_view();
  if (state != "open" && state != "closed") {
    return Problem{ProblemKind::Invalid, "`state` must be open or closed.", {{"/state", "one-of", 0, "open or closed"}}};
  }
  OCTAVO_TRY(const ThreadRecord thread, write_to(call.database, [&](SqlSession& session) -> Result<ThreadRecord> {
               CommentStore store(session);
               OCTAVO_CHECK(store.set_thread_open(call.thread, state == "open"));
               return store.thread(call.thread);
             }));
  JsonWriter out;
  write_thread(out, thread);
  return json_response(200, out.take());
}

}  // namespace octavo
