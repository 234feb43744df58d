// What the answers to submissions mean.
#include <algorithm>

#include "core/base/ascii_text.h"
#include "core/base/plain_name.h"
#include "core/comments/engine_answer.h"

namespace octavo {

namespace {

constexpr std::size_t kMaxDetail = 300;
// Bytes of an answer that messages are looked for in.
constexpr std::size_t kMaxSearched = 4096;

// What the engine says to people, without its markup. There is no parser here: markup is shown as nothing, and entities stay.
std::string plain_detail(std::string_view text) {
  std::string plain;
  bool is_tag = false;
  for (const char c : text.substr(0, 4 * kMaxDetail)) {
    if (c == '<') is_tag = true;
    plain += is_tag ? ' ' : c;
    if (c == '>') is_tag = false;
  }
  return plain_name(plain, kMaxDetail);
}

// Fields of Octavo's problems and WordPress's parameters.
SendOutcome invalid_outcome(const Json& json) {
  const Json error = json.get("errors").at(0);
  const std::string_view pointer = error.get("pointer").string();
  const std::string_view rule = error.get("rule").string();
  struct Row {
    std::string_view pointer;
    FormField field;
    Refusal missing, wrong;
  };
  constexpr Row kRows[] = {
      {"/body_source", FormField::Text, Refusal::Empty, Refusal::Invalid},
      {"/author/name", FormField::Name, Refusal::NameNeeded, Refusal::BadName},
      {"/author/email", FormField::Email, Refusal::EmailNeeded, Refusal::BadEmail},
      {"/author/website", FormField::Website, Refusal::BadWebsite, Refusal::BadWebsite},
      {"/consent", FormField::Consent, Refusal::ConsentNeeded, Refusal::ConsentNeeded},
  };
  SendOutcome outcome = refused(Refusal::Invalid);
  for (const Row& row : kRows) {
    if (row.pointer != pointer) continue;
    outcome.field = row.field;
    outcome.reason = rule == "required" ? row.missing
                     : rule == "max"    ? Refusal::TooLong
                     : rule == "min"    ? Refusal::TooShort
                                        : row.wrong;
  }
  outcome.limit = error.get("limit").integer();
  return outcome;
}

SendOutcome outcome_of_rule(const RefusalRule& rule, const HttpReply& reply, bool has_keys) {
  if (rule.wait_s > 0) return retry(rule.reason, std::max<std::int64_t>(rule.wait_s, reply.retry_after_s));
  // An engine without keys cannot say whose the equal comment is, nor whether it is public. One with keys knows its own again, so
  // this is another one.
  if (rule.reason == Refusal::Duplicate && !has_keys) {
    SendOutcome outcome;
    outcome.kind = OutcomeKind::Held;
    outcome.reason = Refusal::Duplicate;
    return outcome;
  }
  return refused(rule.reason, rule.field);
}

bool matches(const RefusalRule& rule, const std::string& code, const std::string& text) {
  if (rule.where == RefusalRule::Where::Code) return code == rule.signal;
  return text.find(rule.signal) != std::string::npos;
}

SendOutcome refusal_outcome(const EngineTable& table, const HttpReply& reply) {
  const Json json = reply_json(reply);
  const std::string code = text_at(json, table.error_code);
  SendOutcome outcome;
  bool is_known = false;
  if (table.engine == CommentEngine::Octavo && code == "invalid") {
    outcome = invalid_outcome(json);
    is_known = true;
  }
  if (table.engine == CommentEngine::Octavo && json.get("retry").string() == "same") {
    const bool is_limit = code == "rate-limited";
    const std::int64_t wait = std::max(json.get("retry_after").integer(), reply.retry_after_s);
    outcome = retry(is_limit ? Refusal::RateLimited : Refusal::ServerError, wait);
    is_known = true;
  }
  // A broken gateway's page may quote anything, so messages count for refusals only.
  const std::string text =
      reply.status < 500 ? ascii_lowercase(std::string_view(reply.body).substr(0, kMaxSearched)) : std::string();
  for (const RefusalRule& rule : table.rules) {
    if (is_known) break;
    if (!matches(rule, code, text)) continue;
    outcome = outcome_of_rule(rule, reply, table.engine == CommentEngine::Octavo);
    is_known = true;
  }
  // A refusal that was cut off, or "conflict" without saying with what: it may be that the comment is there.
  const bool is_cut = !json.is_object() && (reply.body.starts_with('{') || reply.status == 409);
  if (!is_known) outcome = is_cut ? unknown(Refusal::Unreadable, reply.retry_after_s) : outcome_of_status(reply);
  if (!is_known && reply.status == 429 && table.engine == CommentEngine::Remark42) {
    outcome.wait_s = std::max<std::int64_t>(2, outcome.wait_s);
  }
  const std::string detail = text_at(json, table.error_text);
  outcome.detail = plain_detail(detail.empty() && !json.is_object() ? std::string_view(reply.body) : std::string_view(detail));
  return outcome;
}

}  // namespace

// ---- Outcomes --------------------------------------------------------------------------------------------------------------

SendOutcome refused(Refusal reason, FormField field) {
  SendOutcome outcome;
  outcome.kind = OutcomeKind::Refused;
  outcome.reason = reason;
  outcome.field = field;
  return outcome;
}

SendOutcome unknown(Refusal reason, std::int64_t wait_s) {
  SendOutcome outcome;
  outcome.reason = reason;
  outcome.wait_s = wait_s;
  return outcome;
}

SendOutcome retry(Refusal reason, std::int64_t wait_s) {
  SendOutcome outcome = unknown(reason, wait_s);
  outcome.kind = OutcomeKind::Retry;
  return outcome;
}

SendOutcome outcome_of_status(const HttpReply& reply) {
  const std::int64_t wait = reply.retry_after_s;
  switch (reply.status) {
    case 0:
      return unknown(Refusal::Unreachable, wait);
    case 401:
      return refused(Refusal::LoginRequired);
    case 403:
      return refused(Refusal::NotAllowed);
    case 404:
    case 405:
    case 410:
      return refused(Refusal::NotSetUp);
    case 413:
      return refused(Refusal::TooLong, FormField::Text);
    case 421:
    case 425:
    case 429:
      return retry(Refusal::RateLimited, wait);
    case 408:
      return unknown(Refusal::ServerError, wait);
  }
  if (reply.status >= 500) return unknown(Refusal::ServerError, wait);
  if (reply.status < 400) return unknown(Refusal::Unreadable, wait);
  return refused(Refusal::Unclear);
}

SendOutcome taken_outcome(const EngineTable& table, const Json& json, CommentState state) {
  const Json comment = at_path(json, table.created);
  SendOutcome outcome;
  outcome.comment_id = text_at(comment, table.paths.id);
  outcome.author_key = text_at(json, "key");
  if (outcome.comment_id.empty() || (table.engine == CommentEngine::Octavo && outcome.author_key.empty())) {
    return unknown(Refusal::Unreadable, 0);
  }
  outcome.kind = state == CommentState::Published ? OutcomeKind::Published : OutcomeKind::Held;
  if (table.engine == CommentEngine::Octavo && state != CommentState::Published && state != CommentState::Held) {
    outcome.kind = OutcomeKind::Refused;
    outcome.reason = Refusal::NotAllowed;
  }
  return outcome;
}

// ---- Answers ---------------------------------------------------------------------------------------------------------------

bool is_temporary(const HttpReply& reply) {
  return reply.status == 0 || reply.status == 429 || reply.status >= 500;
}

SendOutcome create_outcome(const ThreadRef& thread_ref, const HttpReply& reply) {
  const EngineTable& table = engine_table(thread_ref.engine);
  if (!reply.was_sent) return retry(Refusal::Unreachable, 0);
  if (reply.status < 200 || reply.status >= 300) return refusal_outcome(table, reply);
  const Json json = reply_json(reply);
  if (!json.is_object()) return unknown(Refusal::Unreadable, 0);
  return taken_outcome(table, json, read_state(table, json));
}

}  // namespace octavo
