// What the server has about the caller, to take along or to delete: by the keys of comments, or by who is signed in.
#include <algorithm>
#include <optional>

#include "core/base/json.h"
#include "server/comments/api/api_call.h"
#include "server/comments/store/comment_changes.h"
#include "server/comments/store/sign_in_store.h"
#include "server/secrets.h"

namespace octavo {

namespace {

constexpr std::size_t kMaxKeys = 500;

// Hashes of the `keys` in the body; a problem where they are no list.
Outcome<std::vector<std::string>> parse_keys(const ApiCall& call) {
  std::vector<std::string> hashes;
  if (call.request.body.empty()) return hashes;
  const Result<Json> json = Json::parse(call.request.body, "request");
  if (!json || !json->is_object()) {
    return Problem{ProblemKind::Invalid, "The request must be an object.", {{"", "type", 0, "Not an object."}}};
  }
  const Json keys = json->get("keys");
  if (json->has("keys") && (!keys.is_array() || keys.size() > kMaxKeys)) {
    const std::string detail = "`keys` must be a list of at most " + std::to_string(kMaxKeys) + " keys of comments.";
    return Problem{ProblemKind::Invalid, detail, {{"/keys", "type", kMaxKeys, detail}}};
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!keys.at(i).is_string()) return wrong_item("/keys", i);
    hashes.push_back(secret_hash(keys.at(i).string()));
  }
  return hashes;
}

Result<std::vector<CommentRecord>> own_comments(CommentStore& store, const ApiCall& call,
                                                const std::vector<std::string>& hashes) {
  OCTAVO_TRY(std::vector<CommentRecord> own, store.comments_by_person(call.person.id));
  for (const std::string& hash : hashes) {
    OCTAVO_TRY(std::vector<CommentRecord> found, store.comments_by_key(hash));
    for (CommentRecord& comment : found) {
      const bool is_known = std::any_of(own.begin(), own.end(), [&](const CommentRecord& c) { return c.id == comment.id; });
      if (!is_known) own.push_back(std::move(comment));
    }
  }
  return own;
}

// How many were deleted.
Result<std::int64_t> delete_all(CommentStore& store, const ApiCall& call, const std::vector<std::string>& hashes) {
  std::int64_t deleted = 0;
  OCTAVO_TRY(const std::vector<CommentRecord> own, own_comments(store, call, hashes));
  for (const CommentRecord& comment : own) {
    // Read anew: deleting one changes its parent, which may be the caller's own as well.
    OCTAVO_TRY(const std::optional<CommentRecord> current, store.comment(comment.id));
    if (!current || current->status == CommentStatus::Deleted) continue;
    OCTAVO_CHECK(erase_comment(store, *current, call.now));
    ++deleted;
  }
  return deleted;
}

}  // namespace

Outcome<HttpResponse> post_own_export(const ApiCall& call) {
  if (call.has_ended_session) return session_ended();
  OCTAVO_TRY(const std::vector<std::string> hashes, parse_keys(call));
  OCTAVO_TRY(const std::vector<CommentRecord> own, read_from(call.database, [&](SqlSession& session) {
               CommentStore store(session);
               return own_comments(store, call, hashes);
             }));
  JsonWriter json;
  json.begin_object().key("comments").begin_array();
  for (const CommentRecord& comment : own) {
    // The author gets all that is stored about them, e-mail and network too.
    json.begin_object().key("comment");
    write_comment(json, comment, {call.settings, CommentView::Own, call.now});
    json.member_unless_empty("email", comment.author_email).member_unless_empty("network", comment.network);
    json.end_object();
  }
  json.end_array().end_object();
  return json_response(200, json.take());
}

Outcome<HttpResponse> post_own_delete(const ApiCall& call) {
  OCTAVO_CHECK(check_reader_key(call));
  if (call.has_ended_session) return session_ended();
  OCTAVO_TRY(const std::vector<std::string> hashes, parse_keys(call));
  OCTAVO_TRY(const std::int64_t deleted, write_to(call.database, [&](SqlSession& session) -> Result<std::int64_t> {
               CommentStore store(session);
               OCTAVO_TRY(const std::int64_t count, delete_all(store, call, hashes));
               if (!call.person.id.empty()) OCTAVO_CHECK(SignInStore(session).end_sessions_of(call.person.id));
               if (!call.reader.empty()) OCTAVO_CHECK(store.delete_reactions_of(call.reader));
               return count;
             }));
  JsonWriter json;
  json.begin_object().key("deleted").value(deleted).end_object();
  return json_response(200, json.take());
}

}  // namespace octavo
