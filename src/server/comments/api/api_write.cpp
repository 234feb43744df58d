// Addresses that change something: create, edit, delete, react.
#include <algorithm>

#include "core/base/json.h"
#include "server/comments/api/api_call.h"
#include "server/comments/api/comment_api.h"
#include "server/comments/api/submission_request.h"
#include "server/comments/store/comment_changes.h"
#include "server/comments/store/comment_text.h"
#include "server/secrets.h"

namespace octavo {

namespace {

constexpr std::size_t kIdTimeDigits = 10;    // 50 bits of milliseconds
constexpr std::size_t kIdRandomDigits = 13;  // 65 random bits

// Sorts by time and cannot be guessed.
std::string make_comment_id(std::int64_t now) {
  constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuv";
  std::string id(kIdTimeDigits, '0');
  std::uint64_t time = static_cast<std::uint64_t>(now);
  for (std::size_t i = kIdTimeDigits; i-- > 0; time >>= 5) id[i] = kDigits[time & 31];
  const std::string random = decode_base64url(random_secret(kIdRandomDigits));
  for (const char c : random) id += kDigits[static_cast<unsigned char>(c) & 31];
  return id;
}

RenderedComment render(const ApiCall& call, std::string_view source, SourceType type) {
  return render_comment(source, type, call.html_parser, call.settings.images ? CommentImages::Shown : CommentImages::AsLinks);
}

CommentRecord record_from(const ApiCall& call, const SubmissionRequest& request, const std::string& key) {
  CommentRecord comment;
  comment.id = make_comment_id(call.now);
  comment.thread = call.thread;
  comment.parent = request.parent;
  comment.created = call.now;
  const bool is_signed_in = !call.person.id.empty();
  comment.author_name = is_signed_in ? call.person.name : request.author_name;
  comment.author_email = is_signed_in ? call.person.email : request.author_email;
  comment.author_url = is_signed_in ? call.person.url : request.author_url;
  comment.author_avatar = call.person.avatar;
  comment.person = call.person.id;
  comment.source = request.source;
  comment.source_type = request.source_type;
  comment.language = request.language;
  comment.network = call.network;
  comment.submission = secret_hash(key);
  comment.fingerprint = secret_hash(call.thread + "\n" + call.person.id + "\n" + call.request.body);
  comment.key_hash = secret_hash(new_author_key(key, comment.id));
  const RenderedComment rendered = render(call, request.source, request.source_type);
  comment.html = rendered.html;
  HoldSignals signals;
  signals.links = rendered.links;
  signals.plain_text = rendered.plain;
  signals.hit_honeypot = request.hit_honeypot;
  signals.was_too_fast = request.elapsed_ms >= 0 && request.elapsed_ms < call.settings.min_seconds * 1000;
  comment.held_reason = hold_reason(signals, call.settings);
  const bool is_published = comment.held_reason == HoldReason::None;
  comment.status = is_published ? CommentStatus::Published : CommentStatus::Held;
  comment.first_status = is_published ? 201 : 202;
  return comment;
}

HttpResponse comment_response(const ApiCall& call, const CommentRecord& comment) {
  HttpResponse response = json_response(200, comment_object(call, comment, view_for(call, comment)));
  return response.set("ETag", comment_etag(comment));
}

// Who may not change a comment is told to sign in again, if that is all that is missing.
Outcome<CommentRecord> with_session_told(const ApiCall& call, Outcome<CommentRecord> changed) {
  if (!changed && changed.error().kind == ProblemKind::NotAllowed && call.has_ended_session) return session_ended();
  return changed;
}

Problem invalid(std::string pointer, std::string rule, std::string detail) {
  return {ProblemKind::Invalid, detail, {{std::move(pointer), std::move(rule), 0, detail}}};
}

Outcome<bool> parse_reaction(const ApiCall& call) {
  const std::vector<std::string>& offered = call.settings.reactions;
  if (std::find(offered.begin(), offered.end(), call.name) == offered.end()) {
    return Problem{ProblemKind::NotFound, "This reaction is not offered here."};
  }
  const Result<Json> json = Json::parse(call.request.body, "request");
  const Json on = json ? json->get("on") : Json();
  if (!on.is_bool()) return invalid("/on", "type", "`on` must be true or false.");
  if (call.has_ended_session) return session_ended();
  OCTAVO_CHECK(check_reader_key(call));
  if (call.reader.empty()) {
    return invalid("", "reader-key", "Send a Reader-Key of 16 to 200 random characters, the same each time.");
  }
  return on.boolean();
}

struct Reacted {
  ReactionCounts counts;
  std::vector<std::string> own;
};

// Keys of readers cost nothing, so that what one network adds in a day is bounded. Who has signed in is a person.
Outcome<Unit> check_network(const ApiCall& call, CommentStore& store, const Reaction& reaction) {
  constexpr std::int64_t kHour = 3600;
  constexpr std::int64_t kDay = 24 * kHour * 1000;
  const std::int64_t most = call.settings.reactions_per_network;
  if (most == 0 || reaction.network.empty()) return Unit();
  OCTAVO_TRY(const std::int64_t count, store.reactions_from(reaction, call.now - kDay));
  if (count <= most) return Unit();
  Problem problem{ProblemKind::RateLimited, "Enough people of your network have done this today."};
  problem.retry_after = kHour;
  return problem;
}

Outcome<Reacted> react(const ApiCall& call, CommentStore& store, bool is_on) {
  Reaction reaction{call.thread, call.id, call.name, call.reader, call.person.id.empty() ? call.network : "", call.now};
  if (!call.id.empty()) {
    OCTAVO_TRY(const auto comment, store.comment(call.id));
    if (!comment || comment->status != CommentStatus::Published) {
      return Problem{ProblemKind::CommentUnknown, "That comment does not exist."};
    }
    reaction.thread = comment->thread;
  }
  if (!takes_thread(call, reaction.thread)) return unknown_thread();
  OCTAVO_TRY(const std::int64_t change, store.next_change(reaction.thread, call.now));
  OCTAVO_TRY(const bool is_changed, store.set_reaction(reaction, is_on));
  if (is_changed && is_on) OCTAVO_CHECK(check_network(call, store, reaction));
  if (is_changed && !call.id.empty()) OCTAVO_CHECK(store.touch(call.id, change));
  Reacted reacted;
  OCTAVO_TRY(reacted.counts, store.reactions(reaction.thread, call.id));
  OCTAVO_TRY(reacted.own, store.own_reactions(reaction.thread, call.id, call.reader));
  return reacted;
}

}  // namespace

Outcome<HttpResponse> post_comment(const ApiCall& call) {
  const std::string key = idempotency_key(call.request.header("Idempotency-Key"));
  if (key.empty()) {
    return Problem{ProblemKind::IdempotencyMissing,
                   "Send an Idempotency-Key of 16 to 200 characters, a new UUID for each comment."};
  }
  if (call.has_ended_session) return session_ended();
  if (call.person.id.empty() && !call.settings.anonymous) {
    return Problem{ProblemKind::LoginRequired, "Sign in to send. Your text is kept."};
  }
  const AuthorKind author = call.person.id.empty() ? AuthorKind::Guest : AuthorKind::SignedIn;
  OCTAVO_TRY(const SubmissionRequest request, parse_submission(call.request.body, author, call.settings));
  const CreationRules rules{call.settings, call.key_hash, takes_thread(call, call.thread)};
  OCTAVO_TRY(const Creation creation, create_comment(call.database, record_from(call, request, key), rules));
  const CommentRecord& comment = creation.comment;
  JsonWriter json;
  json.begin_object().key("status").value(api_name(comment.status)).key("key").value(author_key(call, key, comment));
  json.key("comment");
  write_comment(json, comment, {call.settings, CommentView::Own, call.now});
  json.end_object();
  HttpResponse response = json_response(static_cast<int>(comment.first_status), json.take());
  response.set("Location", std::string(kCommentsApiPath) + "comments/" + comment.id);
  if (creation.is_replay) response.set("Idempotent-Replay", "true");
  return response;
}

Outcome<HttpResponse> patch_comment(const ApiCall& call) {
  OCTAVO_TRY(const TextRequest text, parse_text_request(call.request.body, call.settings));
  const RenderedComment rendered = render(call, text.source, text.source_type);
  CommentEdit edit;
  edit.source = text.source;
  edit.source_type = text.source_type;
  edit.html = rendered.html;
  edit.if_match = call.request.header("If-Match");
  HoldSignals signals;
  signals.links = rendered.links;
  signals.plain_text = rendered.plain;
  edit.held_reason = hold_reason(signals, call.settings);
  const auto may_change = [&](const CommentRecord& comment) { return is_own(call, comment); };
  OCTAVO_TRY(const CommentRecord edited,
             with_session_told(call, edit_comment(call.database, call.id, edit, may_change, call.settings, call.now)));
  return comment_response(call, edited);
}

Outcome<HttpResponse> delete_comment(const ApiCall& call) {
  const auto may_change = [&](const CommentRecord& comment) { return is_own(call, comment); };
  OCTAVO_TRY(const CommentRecord deleted, with_session_told(call, delete_comment(call.database, call.id, may_change, call.now)));
  return comment_response(call, deleted);
}

Outcome<HttpResponse> put_reaction(const ApiCall& call) {
  OCTAVO_TRY(const bool is_on, parse_reaction(call));
  OCTAVO_TRY(const Reacted reacted,
             in_transaction(call.database, [&](CommentStore& store) { return react(call, store, is_on); }));
  JsonWriter out;
  out.begin_object().key("reactions").begin_object();
  for (const auto& [name, count] : reacted.counts) out.key(name).value(count);
  out.end_object().key("my_reactions").begin_array();
  for (const std::string& name : reacted.own) out.value(name);
  out.end_array().end_object();
  return json_response(200, out.take());
}

}  // namespace octavo
