// What the server has about the caller, to take along or to delete: by the keys of comments, or by who is signed in.
#include <algorithm>

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
  const Json keys = json ? json->get("keys") : Json();
  if ((!keys.is_array() && !(json && keys.is_null())) || keys.size() > kMaxKeys) {
    const std::string detail = "`keys` must be a list of at most " + std::to_string(kMaxKeys) + " keys of comments.";
    return Problem{ProblemKind::Invalid, detail, {{"/keys", "type", kMaxKeys, detail}}};
  }
  for (std::size_t i = 0; i < keys.size(); ++i) hashes.push_back(secret_hash(keys.at(i).string()));
  return hashes;
}

Result<std::vector<CommentRecord>> own_comments(CommentStore& store, const ApiCall& call,
                                                const std::vector<std::string>& hashes) {
  Result<std::vector<CommentRecord>> own = store.comments_by_person(call.person.id);
  if (!own) return own;
  for (const std::string& hash : hashes) {
    Result<std::vector<CommentRecord>> found = store.comments_by_key(hash);
    if (!found) return found;
    for (CommentRecord& comment : *found) {
      const bool is_known = std::any_of(own->begin(), own->end(), [&](const CommentRecord& c) { return c.id == comment.id; });
      if (!is_known) own->push_back(std::move(comment));
    }
  }
  return own;
}

}  // namespace

HttpResponse post_own_export(const ApiCall& call) {
  Outcome<std::vector<std::string>> hashes = parse_keys(call);
  if (!hashes) return problem_response(hashes.problem());
  std::vector<CommentRecord> own;
  const Status read = call.database.read([&](SqlSession& session) -> Status {
    CommentStore store(session);
    Result<std::vector<CommentRecord>> found = own_comments(store, call, *hashes);
    if (!found) return found.error();
    own = std::move(*found);
    return Unit();
  });
  if (!read) return engine_response(read.error());
  JsonWriter json;
  json.begin_object().key("comments").begin_array();
  for (const CommentRecord& comment : own) {
    // All that is stored about the author, who asks for it: e-mail and network too.
    json.begin_object().key("comment");
    write_comment(json, comment, {call.settings, CommentView::Own, call.now});
    json.member_unless_empty("email", comment.author_email).member_unless_empty("network", comment.network);
    json.end_object();
  }
  json.end_array().end_object();
  return json_response(200, json.take());
}

HttpResponse post_own_delete(const ApiCall& call) {
  Outcome<std::vector<std::string>> hashes = parse_keys(call);
  if (!hashes) return problem_response(hashes.problem());
  std::int64_t deleted = 0;
  const Status done = call.database.write([&](SqlSession& session) -> Status {
    CommentStore store(session);
    deleted = 0;
    Result<std::vector<CommentRecord>> own = own_comments(store, call, *hashes);
    if (!own) return own.error();
    for (const CommentRecord& comment : *own) {
      // Read anew: deleting one changes its parent, which may be the caller's own as well.
      const Result<std::optional<CommentRecord>> current = store.comment(comment.id);
      if (!current) return current.error();
      if (!*current || (*current)->status == comment_status::kDeleted) continue;
      if (const Status erased = erase_comment(store, **current, call.now); !erased) return erased;
      ++deleted;
    }
    if (!call.person.id.empty()) {
      if (const Status ended = SignInStore(session).end_sessions_of(call.person.id); !ended) return ended;
    }
    return call.reader.empty() ? Status(Unit()) : store.delete_reactions_of(call.reader);
  });
  if (!done) return engine_response(done.error());
  JsonWriter json;
  json.begin_object().key("deleted").value(deleted).end_object();
  return json_response(200, json.take());
}

}  // namespace octavo
