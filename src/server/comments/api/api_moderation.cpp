// What the owner may do over the network, with the moderation token as Bearer: no cookie, so no other site can borrow it.
#include <algorithm>

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

HttpResponse not_owner() {
  return problem_response({ProblemKind::LoginRequired, "This needs the moderation token, which `octavo serve` prints."});
}

void write_for_owner(JsonWriter& json, const ApiCall& call, const CommentRecord& comment) {
  write_comment(json, comment, {call.settings, CommentView::Owner, call.now});
}

}  // namespace

HttpResponse get_moderation_list(const ApiCall& call) {
  if (!is_owner(call)) return not_owner();
  const std::string status = query_field(call.request.query, "status");
  const std::string before = query_field(call.request.query, "before");
  std::vector<CommentRecord> comments;
  const Status read = call.database.read([&](SqlSession& session) -> Status {
    CommentStore store(session);
    CommentCursor cursor;
    if (!before.empty()) {
      const Result<std::optional<CommentRecord>> last = store.comment(before);
      if (!last) return last.error();
      if (*last) cursor = {(*last)->created, (*last)->number};
    }
    Result<std::vector<CommentRecord>> found = store.moderation_list(status, kPageSize, before.empty() ? nullptr : &cursor);
    if (!found) return found.error();
    comments = std::move(*found);
    return Unit();
  });
  if (!read) return engine_response(read.error());
  JsonWriter json;
  json.begin_object().key("comments").begin_array();
  for (const CommentRecord& comment : comments) write_for_owner(json, call, comment);
  json.end_array().key("more").value(comments.size() == kPageSize).end_object();
  return json_response(200, json.take());
}

HttpResponse put_moderation_status(const ApiCall& call) {
  if (!is_owner(call)) return not_owner();
  const Result<Json> json = Json::parse(call.request.body, "request");
  const std::string status(json ? json->get("status").string() : std::string_view());
  const std::string_view known[] = {comment_status::kPublished, comment_status::kHeld, comment_status::kRejected,
                                    comment_status::kDeleted};
  if (std::find(std::begin(known), std::end(known), status) == std::end(known)) {
    const std::string detail = "`status` must be published, held, rejected or deleted.";
    return problem_response({ProblemKind::Invalid, detail, {{"/status", "one-of", 0, detail}}});
  }
  const auto anyones = [](const CommentRecord&) { return true; };
  Outcome<CommentRecord> changed = status == comment_status::kDeleted
                                       ? delete_comment(call.database, call.id, anyones, call.now)
                                       : moderate_comment(call.database, call.id, status, call.now);
  if (!changed) return problem_response(changed.problem());
  JsonWriter out;
  write_for_owner(out, call, *changed);
  return json_response(200, out.take());
}

HttpResponse put_moderation_thread(const ApiCall& call) {
  if (!is_owner(call)) return not_owner();
  const Result<Json> json = Json::parse(call.request.body, "request");
  const std::string_view state = json ? json->get("state").string() : std::string_view();
  if (state != "open" && state != "closed") {
    return problem_response(
        {ProblemKind::Invalid, "`state` must be open or closed.", {{"/state", "one-of", 0, "open or closed"}}});
  }
  ThreadRecord thread;
  const Status done = call.database.write([&](SqlSession& session) -> Status {
    CommentStore store(session);
    if (const Status set = store.set_thread_open(call.thread, state == "open"); !set) return set;
    Result<ThreadRecord> found = store.thread(call.thread);
    if (!found) return found.error();
    thread = std::move(*found);
    return Unit();
  });
  if (!done) return engine_response(done.error());
  JsonWriter out;
  write_thread(out, thread);
  return json_response(200, out.take());
}

}  // namespace octavo
