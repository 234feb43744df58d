// The table of problems.
#include "server/comments/problem.h"

#include "core/base/json.h"

namespace octavo {

namespace {

struct ProblemText {
  ProblemKind kind;
  int status;
  std::string_view code;
  std::string_view title;
  std::string_view retry;  // "never": this request will not succeed; "same": send it again as it is; "after": ... after a change
};

constexpr ProblemText kProblems[] = {
    {ProblemKind::LoginRequired, 401, "login-required", "This site takes comments only from people who are signed in.", "after"},
    {ProblemKind::SessionExpired, 401, "session-expired", "The sign-in has ended.", "after"},
    {ProblemKind::NotAllowed, 403, "not-allowed", "This is not allowed.", "never"},
    {ProblemKind::ThreadClosed, 403, "thread-closed", "Comments are closed here.", "never"},
    {ProblemKind::ThreadUnknown, 404, "thread-unknown", "There is no such thread.", "never"},
    {ProblemKind::ParentUnknown, 409, "parent-unknown", "The comment that is answered is not there any more.", "after"},
    {ProblemKind::CommentUnknown, 404, "comment-unknown", "There is no such comment.", "never"},
    {ProblemKind::Invalid, 422, "invalid", "Something has to be changed before this can be taken.", "after"},
    {ProblemKind::BadQuery, 400, "bad-query", "The address asks for something that there is not.", "never"},
    {ProblemKind::TooLarge, 413, "too-large", "This is too long.", "after"},
    {ProblemKind::Duplicate, 409, "duplicate", "The same comment is there already.", "never"},
    {ProblemKind::RateLimited, 429, "rate-limited", "Too much in a short time.", "same"},
    {ProblemKind::EditExpired, 403, "edit-expired", "It is too late to change this comment.", "never"},
    {ProblemKind::EditConflict, 412, "edit-conflict", "The comment was changed in the meantime.", "after"},
    {ProblemKind::IdempotencyMissing, 400, "idempotency-missing", "The request needs an Idempotency-Key.", "after"},
    {ProblemKind::IdempotencyMismatch, 422, "idempotency-mismatch", "The Idempotency-Key belongs to another request.", "after"},
    {ProblemKind::NotFound, 404, "not-found", "There is nothing at this address.", "never"},
    {ProblemKind::WrongMethod, 405, "wrong-method", "This address does not understand this method.", "never"},
    {ProblemKind::WrongMediaType, 415, "wrong-media-type", "Only application/json is understood.", "never"},
    {ProblemKind::WrongHost, 421, "wrong-host", "This server does not go by this name.", "never"},
    {ProblemKind::EngineError, 503, "engine-error", "The server had a problem. Nothing was stored.", "same"},
};

const ProblemText& text_of(ProblemKind kind) {
  for (const ProblemText& text : kProblems) {
    if (text.kind == kind) return text;
  }
  return kProblems[std::size(kProblems) - 1];
}

}  // namespace

Problem::Problem(const Error& error) : Problem(ProblemKind::EngineError, error.message) {
  constexpr std::int64_t kSecondsUntilRepaired = 10;
  retry_after = kSecondsUntilRepaired;
}

HttpResponse problem_response(const Problem& problem) {
  const ProblemText& text = text_of(problem.kind);
  JsonWriter json;
  json.begin_object();
  json.key("type").value("urn:octavo:problem:" + std::string(text.code));
  json.key("title").value(text.title).key("status").value(text.status).key("code").value(text.code);
  json.member_unless_empty("detail", problem.detail);
  json.key("retry").value(text.retry).key("keep_draft").value(true);
  if (problem.retry_after > 0) json.key("retry_after").value(problem.retry_after);
  json.member_unless_empty("comment", problem.comment);
  if (!problem.fields.empty()) {
    json.key("errors").begin_array();
    for (const ProblemField& field : problem.fields) {
      json.begin_object().key("pointer").value(field.pointer).key("rule").value(field.rule);
      if (field.limit != 0) json.key("limit").value(field.limit);
      json.key("detail").value(field.detail).end_object();
    }
    json.end_array();
  }
  json.end_object();
  HttpResponse response;
  response.status = text.status;
  response.content_type = "application/problem+json";
  response.body = json.take();
  response.set("Cache-Control", "no-store");
  if (problem.retry_after > 0) response.set("Retry-After", std::to_string(problem.retry_after));
  return response;
}

}  // namespace octavo
