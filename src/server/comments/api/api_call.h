// One request to the comments server on its way to its answer.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/content/html/html_parser.h"
#include "server/comments/api/comment_json.h"
#include "server/comments/api/identity_provider.h"
#include "server/comments/problem.h"
#include "server/comments/store/comment_record.h"
#include "server/comments/store/comment_settings.h"
#include "server/comments/store/comment_store.h"
#include "server/comments/store/database.h"
#include "server/comments/store/person.h"
#include "server/http/http_message.h"

namespace octavo {

struct ApiCall {
  const HttpRequest& request;
  const CommentSettings& settings;
  Database& database;
  HtmlParser& html_parser;
  IdentityProviders& identity;
  const std::string& old_secret;  // from which an older Octavo made the keys of authors; empty in a newer database
  const std::function<bool(std::string_view)>& has_post;
  std::int64_t now = 0;
  std::string network;
  Person person;                   // who is signed in
  bool has_ended_session = false;  // the request carries a token that is nobody's (any more)
  // What the address named; empty where it has no such part.
  std::string thread;
  std::string id;
  std::string name;

  // Hashes under which the caller's secrets are stored; empty when there are none.
  std::string key_hash;  // Comment-Key
  std::string reader;    // who reacts: the signed-in person or Reader-Key
};

// What is at the addresses of the contract.
Outcome<HttpResponse> get_capabilities(const ApiCall& call);
Outcome<HttpResponse> get_comments(const ApiCall& call);
Outcome<HttpResponse> post_comment(const ApiCall& call);
Outcome<HttpResponse> get_submission(const ApiCall& call);
Outcome<HttpResponse> get_comment(const ApiCall& call);
Outcome<HttpResponse> patch_comment(const ApiCall& call);
Outcome<HttpResponse> delete_comment(const ApiCall& call);
Outcome<HttpResponse> put_reaction(const ApiCall& call);
Outcome<HttpResponse> post_preview(const ApiCall& call);
Outcome<HttpResponse> post_counts(const ApiCall& call);
Outcome<HttpResponse> get_atom_feed(const ApiCall& call);
Outcome<HttpResponse> get_json_feed(const ApiCall& call);
Outcome<HttpResponse> post_own_export(const ApiCall& call);
Outcome<HttpResponse> post_own_delete(const ApiCall& call);
Outcome<HttpResponse> post_sign_in_begin(const ApiCall& call);
Outcome<HttpResponse> get_sign_in_callback(const ApiCall& call);
Outcome<HttpResponse> post_sign_in_redeem(const ApiCall& call);
Outcome<HttpResponse> get_me(const ApiCall& call);
Outcome<HttpResponse> delete_session(const ApiCall& call);
Outcome<HttpResponse> get_moderation_list(const ApiCall& call);
Outcome<HttpResponse> put_moderation_status(const ApiCall& call);
Outcome<HttpResponse> put_moderation_thread(const ApiCall& call);

// ---- shared by them ---------------------------------------------------------------------------------------------------------
HttpResponse json_response(int status, std::string json);
// With an ETag made from the body; 304 when the caller has it.
HttpResponse cacheable_response(const ApiCall& call, std::string json, std::string_view cache_control);

// Whether people may write to a thread: whether the site has such a post, or the owner's settings say so.
bool takes_thread(const ApiCall& call, std::string_view thread);
Problem unknown_thread();

// This server's own pages, and those of the configured origins.
bool is_known_origin(const CommentSettings& settings, const HttpRequest& request, std::string_view origin);
// A refusal of a part of the query; every one is named, so that a slip does not look like an empty list.
Problem bad_query(std::string_view name, std::string detail);
Problem session_ended();
// A refusal of an element of a list in the body, which must be text.
Problem wrong_item(std::string_view list, std::size_t index);
// A Reader-Key that is too short would count nobody, and erase nothing.
Outcome<Unit> check_reader_key(const ApiCall& call);

// What follows "Bearer " in Authorization, or empty.
std::string_view bearer_token(const HttpRequest& request);

// True when the comment is the caller's own: by its key or by the person signed in.
bool is_own(const ApiCall& call, const CommentRecord& comment);
CommentView view_for(const ApiCall& call, const CommentRecord& comment);
std::string comment_object(const ApiCall& call, const CommentRecord& comment, CommentView view);
// The author's key of a comment that is sent with this Idempotency-Key. It depends on nothing else, so that it is the same in
// every database that has the comment. Only its hash is stored.
std::string new_author_key(std::string_view idempotency_key, std::string_view comment_id);
// The same of a comment that is there, which an older Octavo may have made in another way.
std::string author_key(const ApiCall& call, std::string_view idempotency_key, const CommentRecord& comment);
// The key inside the header's quotes (RFC 9651 string) or as it is; empty when it is no key.
std::string idempotency_key(std::string_view header);

}  // namespace octavo
