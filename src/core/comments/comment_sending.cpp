// Submissions as requests, and what the answers mean.
#include "core/base/ascii_text.h"
#include "core/base/plain_name.h"
#include "core/comments/comment_content.h"
#include "core/comments/comment_markup.h"
#include "core/comments/engine_answer.h"
#include "core/content/document/document.h"

namespace octavo {

namespace {

constexpr std::size_t kMaxDetail = 300;
// Bytes of an answer that messages are looked for in.
constexpr std::size_t kMaxSearched = 4096;
// Clocks of reader and engine differ, and a resend long after is compared with what was stored first.
constexpr std::int64_t kClockSkewS = 24 * 3600;

// ---- Requests ------------------------------------------------------------------------------------------------------------

void write_octavo_body(JsonWriter& json, const Submission& submission) {
  json.key("body_source").value(submission.text).member_unless_empty("parent", submission.parent);
  json.key("author").begin_object();
  json.member_unless_empty("name", submission.name).member_unless_empty("email", submission.email);
  json.member_unless_empty("website", submission.website);
  json.end_object().key("elapsed_ms").value(submission.elapsed_ms);
  if (submission.consent) json.key("consent").value(true);
}

// Ids are numbers for these engines; sent as text they are taken as well, but Isso insists.
void write_number(JsonWriter& json, std::string_view name, const std::string& digits) {
  if (!digits.empty()) json.key(name).value(static_cast<std::int64_t>(std::strtoll(digits.c_str(), nullptr, 10)));
}

std::string create_body(const ThreadRef& place, const Submission& submission, HtmlParser& parser) {
  JsonWriter json;
  json.begin_object();
  switch (place.engine) {
    case CommentEngine::Octavo:
      write_octavo_body(json, submission);
      break;
    case CommentEngine::WordPress:
      write_number(json, "post", place.thread);
      write_number(json, "parent", submission.parent);
      json.key("content").value(word_press_markup(submission.text, place.endpoint, parser));
      json.member_unless_empty("author_name", submission.name).member_unless_empty("author_email", submission.email);
      json.member_unless_empty("author_url", submission.website);
      break;
    case CommentEngine::WordPressCom:
      json.key("content").value(word_press_markup(submission.text, "", parser));
      break;
    case CommentEngine::Isso:
      json.key("text").value(submission.text);
      write_number(json, "parent", submission.parent);
      json.member_unless_empty("author", submission.name).member_unless_empty("email", submission.email);
      // The first comment on a page must say what the page is called.
      json.member_unless_empty("website", submission.website).key("title").value(place.title);
      break;
    case CommentEngine::Remark42:
      json.key("text").value(submission.text).member_unless_empty("pid", submission.parent);
      json.key("title").value(place.title).key("locator").begin_object();
      json.key("site").value(place.site).key("url").value(place.thread).end_object();
      break;
    case CommentEngine::Mastodon:
      break;
  }
  return json.end_object().take();
}

// ---- Answers ----------------------------------------------------------------------------------------------------------------

SendOutcome refused(Refusal reason, std::string_view field = {}) {
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
    std::string_view pointer, field;
    Refusal missing, wrong;
  };
  constexpr Row kRows[] = {
      {"/body_source", "text", Refusal::Empty, Refusal::Invalid},
      {"/author/name", "name", Refusal::NameNeeded, Refusal::BadName},
      {"/author/email", "email", Refusal::EmailNeeded, Refusal::BadEmail},
      {"/author/website", "website", Refusal::BadWebsite, Refusal::BadWebsite},
      {"/consent", "consent", Refusal::ConsentNeeded, Refusal::ConsentNeeded},
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

SendOutcome outcome_of_rule(const RefusalRule& rule, const HttpReply& reply) {
  if (rule.wait_s > 0) return retry(rule.reason, std::max<std::int64_t>(rule.wait_s, reply.retry_after_s));
  if (rule.reason == Refusal::Duplicate) {
    SendOutcome outcome;
    outcome.kind = OutcomeKind::Published;
    outcome.reason = Refusal::Duplicate;
    return outcome;
  }
  return refused(rule.reason, rule.field);
}

// Statuses that mean the same everywhere.
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
      return refused(Refusal::TooLong, "text");
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
  const std::string text = reply.status < 500 ? lower_ascii(std::string_view(reply.body).substr(0, kMaxSearched)) : std::string();
  for (const RefusalRule& rule : table.rules) {
    if (is_known) break;
    if (!matches(rule, code, text)) continue;
    outcome = outcome_of_rule(rule, reply);
    is_known = true;
  }
  // A refusal that was cut off, or "conflict" without saying with what: it may be that the comment is there.
  const bool is_cut = !json.is_object() && (reply.body.starts_with('{') || reply.status == 409);
  if (!is_known) outcome = is_cut ? unknown(Refusal::Unreadable, reply.retry_after_s) : outcome_of_status(reply);
  if (!is_known && reply.status == 429 && table.engine == CommentEngine::Remark42) {
    outcome.wait_s = std::max<std::int64_t>(2, outcome.wait_s);
  }
  if (outcome.reason == Refusal::Duplicate) {
    outcome.comment_id = text_at(json, "comment");
    // The engine does not say which comment it is like, nor whether that one is public.
    if (outcome.comment_id.empty()) outcome.kind = OutcomeKind::Held;
  }
  const std::string detail = text_at(json, table.error_text);
  outcome.detail = plain_detail(detail.empty() && !json.is_object() ? std::string_view(reply.body) : std::string_view(detail));
  return outcome;
}

// Proof is an id: a captive portal's page with status 200 is none.
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

void add_identity(const ThreadRef& place, const std::string& token, HttpCall& call) {
  if (token.empty()) return;
  call.headers.emplace_back(place.engine == CommentEngine::Remark42 ? "X-JWT" : "Authorization", token);
}

// Looks for the submission among the newest comments; recursion is bounded by kMaxJsonDepth.
std::optional<Json> find_sent(const EngineTable& table, const Json& list, const Submission& submission, std::string_view source,
                              HtmlParser& parser) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Json entry = list.at(i);
    const Json inner = at_path(entry, table.node);
    const Json node = inner.is_object() ? inner : entry;
    const Comment comment = read_comment(table, node, parser);
    const bool is_new = !comment.created || comment.created->unix_seconds + kClockSkewS >= submission.written_at;
    const bool is_authors = table.engine != CommentEngine::Isso || comment.author == plain_name(submission.name, kMaxShownName);
    if (is_new && is_authors && trimmed(text_at(node, table.paths.source)) == trimmed(source)) return node;
    if (auto found = find_sent(table, entry.get(table.replies), submission, source, parser)) return found;
  }
  return std::nullopt;
}

}  // namespace

HttpCall create_call(const ThreadRef& place, const Submission& submission, HtmlParser& parser) {
  const EngineTable& table = engine_table(place.engine);
  const bool is_reply = !table.reply_url.empty() && !submission.parent.empty();
  UrlParts parts;
  parts.cursor = submission.parent;
  HttpCall call = make_call(table, "POST", fill_url(is_reply ? table.reply_url : table.create_url, place, parts));
  call.headers.emplace_back("Content-Type", "application/json");
  // A header that an engine does not know would keep the browser from asking it at all.
  if (place.engine == CommentEngine::Octavo) call.headers.emplace_back("Idempotency-Key", submission.key);
  add_identity(place, submission.token, call);
  call.body = create_body(place, submission, parser);
  return call;
}

SendOutcome create_outcome(const ThreadRef& place, const HttpReply& reply) {
  const EngineTable& table = engine_table(place.engine);
  if (!reply.was_sent) return retry(Refusal::Unreachable, 0);
  if (reply.status < 200 || reply.status >= 300) return refusal_outcome(table, reply);
  const Json json = reply_json(reply);
  if (!json.is_object()) return unknown(Refusal::Unreadable, 0);
  return taken_outcome(table, json, read_state(table, json));
}

Reconcile reconcile_way(const ThreadRef& place) {
  return engine_table(place.engine).reconcile;
}

HttpCall reconcile_call(const ThreadRef& place, const Submission& submission) {
  const EngineTable& table = engine_table(place.engine);
  UrlParts parts;
  parts.key = submission.key;
  HttpCall call = make_call(table, "GET", fill_url(table.reconcile_url, place, parts));
  add_identity(place, submission.token, call);
  return call;
}

SendOutcome reconcile_outcome(const ThreadRef& place, const Submission& submission, const HttpReply& reply, HtmlParser& parser) {
  const EngineTable& table = engine_table(place.engine);
  const Json json = reply_json(reply);
  const bool is_empty_thread = place.engine == CommentEngine::Isso && reply.status == 404;
  if (reply.status != 200 && !is_empty_thread) {
    SendOutcome outcome = outcome_of_status(reply);
    // No address to ask at, or not for this person: only the person can decide.
    if (outcome.kind == OutcomeKind::Refused) outcome = unknown(Refusal::Unclear, 0);
    outcome.kind = OutcomeKind::Unknown;
    return outcome;
  }
  if (place.engine == CommentEngine::Octavo) {
    const std::string_view state = json.get("state").string();
    if (state == "unknown") return retry(Refusal::None, 0);
    if (state.empty()) return unknown(Refusal::Unreadable, 0);
    return taken_outcome(table, json,
                         state == "published" ? CommentState::Published
                         : state == "held"    ? CommentState::Held
                                              : CommentState::Rejected);
  }
  const Json list = at_path(json, table.list);
  if (!list.is_array() && !is_empty_thread) return unknown(Refusal::Unreadable, 0);
  const std::string source =
      place.engine == CommentEngine::WordPressCom ? word_press_markup(submission.text, "", parser) : submission.text;
  if (const auto found = find_sent(table, list, submission, source, parser)) {
    SendOutcome outcome;
    outcome.comment_id = text_at(*found, table.paths.id);
    outcome.kind = read_state(table, *found) == CommentState::Held ? OutcomeKind::Held : OutcomeKind::Published;
    return outcome;
  }
  // What waits for approval is in no list.
  const bool can_hide = place.may_hold || place.engine == CommentEngine::WordPressCom;
  return can_hide ? unknown(Refusal::Unclear, 0) : retry(Refusal::None, 0);
}

bool can_follow_up(const ThreadRef& place) {
  return place.engine == CommentEngine::Octavo;
}

bool has_own_actions(const ThreadRef& place) {
  return !engine_table(place.engine).comment_url.empty();
}

HttpCall own_comment_call(const ThreadRef& place, OwnAction action, const std::string& id, const std::string& author_key,
                          const std::string& text) {
  constexpr std::string_view kMethods[] = {"GET", "PATCH", "DELETE"};
  const EngineTable& table = engine_table(place.engine);
  UrlParts parts;
  parts.cursor = id;
  HttpCall call = make_call(table, kMethods[static_cast<std::size_t>(action)], fill_url(table.comment_url, place, parts));
  call.headers.emplace_back("Comment-Key", author_key);
  if (action != OwnAction::Edit) return call;
  call.headers.emplace_back("Content-Type", "application/json");
  JsonWriter json;
  call.body = json.begin_object().key("body_source").value(text).end_object().take();
  return call;
}

std::optional<OwnComment> parse_own_comment(const ThreadRef& place, const HttpReply& reply) {
  const EngineTable& table = engine_table(place.engine);
  const Json json = reply_json(reply);
  if (reply.status == 404 && text_at(json, table.error_code) == "comment-unknown") return OwnComment{CommentState::Deleted, {}};
  if (reply.status != 200 || text_at(json, table.paths.id).empty()) return std::nullopt;
  return OwnComment{read_state(table, json), text_at(json, table.paths.source)};
}

std::optional<HttpCall> like_call(const ThreadRef& place, bool on, const std::string& reader_key, const std::string& token) {
  const EngineTable& table = engine_table(place.engine);
  if (table.like_url.empty()) return std::nullopt;
  const bool is_octavo = place.engine == CommentEngine::Octavo;
  std::string url = fill_url(table.like_url, place);
  if (!is_octavo) url += on ? "new" : "mine/delete";
  HttpCall call = make_call(table, is_octavo ? "PUT" : "POST", std::move(url));
  call.headers.emplace_back("Content-Type", "application/json");
  if (is_octavo) call.headers.emplace_back("Reader-Key", reader_key);
  add_identity(place, token, call);
  call.body = is_octavo ? on ? "{\"on\":true}" : "{\"on\":false}" : "{}";
  return call;
}

}  // namespace octavo
