// What the addresses have in common.
#include "server/comments/api/api_call.h"

#include <algorithm>

#include "core/base/ascii_text.h"
#include "server/comments/store/comment_changes.h"
#include "server/http/request_headers.h"
#include "server/secrets.h"

namespace octavo {

namespace {

// A key opens its comment, so it must not be guessable; a UUID has 36 characters.
constexpr std::size_t kMinKey = 16;
constexpr std::size_t kMaxKey = 200;
constexpr std::size_t kAuthorKeyLength = 32;

}  // namespace

HttpResponse json_response(int status, std::string json) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(json);
  response.set("Cache-Control", "no-store");
  return response;
}

Problem bad_query(std::string_view name, std::string detail) {
  return {ProblemKind::BadQuery, detail, {{"?" + std::string(name), "format", 0, detail}}};
}

Problem session_ended() {
  return {ProblemKind::SessionExpired, "Your sign-in has ended. Sign in again; your text is kept."};
}

Problem wrong_item(std::string_view list, std::size_t index) {
  return {ProblemKind::Invalid,
          "Every element of the list must be text.",
          {{std::string(list) + "/" + std::to_string(index), "type", 0, "Not a text."}}};
}

Outcome<Unit> check_reader_key(const ApiCall& call) {
  const bool is_sent = !call.request.headers_of("Reader-Key").empty();
  if (!is_sent || !idempotency_key(call.request.header("Reader-Key")).empty()) return Unit();
  const std::string detail = "Send a Reader-Key of 16 to 200 random characters, the same each time.";
  return Problem{ProblemKind::Invalid, detail, {{"", "reader-key", 0, detail}}};
}

bool takes_thread(const ApiCall& call, std::string_view thread) {
  const std::vector<std::string>& listed = call.settings.threads;
  switch (call.settings.thread_rule) {
    case ThreadRule::Any:
      return true;
    case ThreadRule::Listed:
      return std::find(listed.begin(), listed.end(), thread) != listed.end();
    case ThreadRule::Site:
      return call.has_post && call.has_post(thread);
  }
  return false;
}

Problem unknown_thread() {
  return {ProblemKind::ThreadUnknown, "There is no such post here. Your text is kept."};
}

HttpResponse cacheable_response(const ApiCall& call, std::string json, std::string_view cache_control) {
  HttpResponse response;
  const std::string etag = "\"" + secret_hash(json).substr(0, 22) + "\"";
  response.set("ETag", etag).set("Cache-Control", std::string(cache_control));
  if (matches_any_etag(call.request.header("If-None-Match"), etag)) {
    response.status = 304;
    return response;
  }
  response.body = std::move(json);
  return response;
}

bool is_known_origin(const CommentSettings& settings, const HttpRequest& request, std::string_view origin) {
  const std::size_t host = origin.find("://");
  if (host != std::string_view::npos && origin.substr(host + 3) == request.header("Host")) return true;
  return std::find(settings.origins.begin(), settings.origins.end(), origin) != settings.origins.end();
}

std::string_view bearer_token(const HttpRequest& request) {
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view header = request.header("Authorization");
  if (!same_ignoring_case(header.substr(0, kBearer.size()), kBearer)) return {};
  return trimmed(header.substr(kBearer.size()));
}

bool is_own(const ApiCall& call, const CommentRecord& comment) {
  if (!call.key_hash.empty() && same_secret(call.key_hash, comment.key_hash)) return true;
  return !call.person.id.empty() && call.person.id == comment.person;
}

CommentView view_for(const ApiCall& call, const CommentRecord& comment) {
  return is_own(call, comment) ? CommentView::Own : CommentView::Public;
}

std::string comment_object(const ApiCall& call, const CommentRecord& comment, CommentView view) {
  JsonWriter json;
  write_comment(json, comment, {call.settings, view, call.now});
  return json.take();
}

std::string new_author_key(std::string_view idempotency_key, std::string_view comment_id) {
  const std::string text = "author of " + std::string(comment_id);
  return encode_base64url(hmac_sha256(idempotency_key, text)).substr(0, kAuthorKeyLength);
}

std::string author_key(const ApiCall& call, std::string_view idempotency_key, const CommentRecord& comment) {
  std::string key = new_author_key(idempotency_key, comment.id);
  if (call.old_secret.empty() || secret_hash(key) == comment.key_hash) return key;
  const std::string text = comment.id + " " + std::string(idempotency_key);
  std::string old_key = encode_base64url(hmac_sha256(call.old_secret, text)).substr(0, kAuthorKeyLength);
  return secret_hash(old_key) == comment.key_hash ? old_key : key;
}

std::string idempotency_key(std::string_view header) {
  if (header.size() >= 2 && header.front() == '"' && header.back() == '"') header = header.substr(1, header.size() - 2);
  const bool is_key =
      header.size() >= kMinKey && header.size() <= kMaxKey &&
      std::all_of(header.begin(), header.end(), [](char c) { return c > ' ' && c < 0x7F && c != '"' && c != '\\'; });
  return is_key ? std::string(header) : "";
}

}  // namespace octavo
