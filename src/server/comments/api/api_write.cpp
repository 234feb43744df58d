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

RenderedComment render(const ApiCall& call, std::string_view source, std::string_view type) {
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
  comment.author_picture = call.person.picture;
  comment.person = call.person.id;
  comment.source = request.source;
  comment.source_type = request.source_type;
  comment.language = request.language;
  comment.network = call.network;
  comment.submission = secret_hash(key);
  comment.fingerprint = secret_hash(call.thread + "\n" + call.person.id + "\n" + call.request.body);
  comment.key_hash = secret_hash(author_key(call, key, comment.id));
  const RenderedComment rendered = render(call, request.source, request.source_type);
  comment.html = rendered.html;
  HoldFacts facts;
  facts.links = rendered.links;
  facts.plain_text = rendered.plain;
  facts.hit_honeypot = request.hit_honeypot;
  facts.was_too_fast = request.elapsed_ms >= 0 && request.elapsed_ms < call.settings.min_seconds * 1000;
  comment.held_reason = hold_reason(facts, call.settings);
  const bool is_published = comment.held_reason.empty();
  comment.status = is_published ? comment_status::kPublished : comment_status::kHeld;
  comment.first_status = is_published ? 201 : 202;
  return comment;
}

HttpResponse comment_response(const ApiCall& call, const CommentRecord& comment) {
  HttpResponse response = json_response(200, comment_object(call, comment, view_for(call, comment)));
  return response.set("ETag", comment_etag(comment));
}

}  // namespace

HttpResponse post_comment(const ApiCall& call) {
  const std::string key = idempotency_key(call.request.header("Idempotency-Key"));
  if (key.empty()) {
    return problem_response(
        {ProblemKind::IdempotencyMissing, "Send an Idempotency-Key of 16 to 200 characters, a new UUID for each comment."});
  }
  if (call.person.id.empty() && !bearer_token(call.request).empty()) {
    return problem_response({ProblemKind::SessionExpired, "Your sign-in has ended. Sign in again; your text is kept."});
  }
  if (call.person.id.empty() && !call.settings.anonymous) {
    return problem_response({ProblemKind::LoginRequired, "Sign in to send. Your text is kept."});
  }
  const AuthorKind author = call.person.id.empty() ? AuthorKind::Guest : AuthorKind::SignedIn;
  Outcome<SubmissionRequest> request = parse_submission(call.request.body, author, call.settings);
  if (!request) return problem_response(request.problem());
  Outcome<Creation> creation = create_comment(call.database, record_from(call, *request, key), call.settings);
  if (!creation) return problem_response(creation.problem());
  const CommentRecord& comment = creation->comment;
  JsonWriter json;
  json.begin_object().key("status").value(comment.status).key("key").value(author_key(call, key, comment.id)).key("comment");
  write_comment(json, comment, {call.settings, CommentView::Own, call.now});
  json.end_object();
  HttpResponse response = json_response(static_cast<int>(comment.first_status), json.take());
  response.set("Location", std::string(kCommentsApiPath) + "comments/" + comment.id);
  if (creation->is_replay) response.set("Idempotent-Replay", "true");
  return response;
}

HttpResponse patch_comment(const ApiCall& call) {
  Outcome<TextRequest> text = parse_text_request(call.request.body, call.settings);
  if (!text) return problem_response(text.problem());
  const RenderedComment rendered = render(call, text->source, text->source_type);
  CommentEdit edit;
  edit.source = text->source;
  edit.source_type = text->source_type;
  edit.html = rendered.html;
  edit.if_match = call.request.header("If-Match");
  HoldFacts facts;
  facts.links = rendered.links;
  facts.plain_text = rendered.plain;
  edit.held_reason = hold_reason(facts, call.settings);
  const auto may_change = [&](const CommentRecord& comment) { return is_own(call, comment); };
  Outcome<CommentRecord> edited = edit_comment(call.database, call.id, edit, may_change, call.settings, call.now);
  return edited ? comment_response(call, *edited) : problem_response(edited.problem());
}

HttpResponse delete_comment(const ApiCall& call) {
  const auto may_change = [&](const CommentRecord& comment) { return is_own(call, comment); };
  Outcome<CommentRecord> deleted = delete_comment(call.database, call.id, may_change, call.now);
  return deleted ? comment_response(call, *deleted) : problem_response(deleted.problem());
}

HttpResponse put_reaction(const ApiCall& call) {
  if (std::find(call.settings.reactions.begin(), call.settings.reactions.end(), call.name) == call.settings.reactions.end()) {
    return problem_response({ProblemKind::NotFound, "This reaction is not offered here."});
  }
  const Result<Json> json = Json::parse(call.request.body, "request");
  const Json on = json ? json->get("on") : Json();
  if (!on.is_bool()) {
    return problem_response(
        {ProblemKind::Invalid, "`on` must be true or false.", {{"/on", "type", 0, "`on` must be true or false."}}});
  }
  if (call.reader.empty()) {
    const std::string detail = "Send a Reader-Key of 16 to 200 random characters, the same each time.";
    return problem_response({ProblemKind::Invalid, detail, {{"", "reader-key", 0, detail}}});
  }
  struct Reacted {
    ReactionCounts counts;
    std::vector<std::string> own;
  };
  Outcome<Reacted> reacted = in_transaction<Reacted>(call.database, [&](CommentStore& store) -> Result<Outcome<Reacted>> {
    std::string thread = call.thread;
    std::optional<CommentRecord> comment;
    if (!call.id.empty()) {
      Result<std::optional<CommentRecord>> found = store.comment(call.id);
      if (!found) return found.error();
      comment = std::move(*found);
      if (!comment || comment->status != comment_status::kPublished) {
        return Outcome<Reacted>(Problem{ProblemKind::CommentUnknown, "That comment does not exist."});
      }
      thread = comment->thread;
    }
    const Result<std::int64_t> change = store.next_change(thread, call.now);
    if (!change) return change.error();
    const Result<bool> is_changed = store.set_reaction(thread, call.id, call.name, call.reader, on.boolean());
    if (!is_changed) return is_changed.error();
    if (comment && *is_changed) {
      if (const Status touched = store.touch(comment->id, *change); !touched) return touched.error();
    }
    Result<ReactionCounts> counts = store.reactions(thread, call.id);
    if (!counts) return counts.error();
    Result<std::vector<std::string>> own = store.own_reactions(thread, call.id, call.reader);
    if (!own) return own.error();
    return Outcome<Reacted>(Reacted{std::move(*counts), std::move(*own)});
  });
  if (!reacted) return problem_response(reacted.problem());
  JsonWriter out;
  out.begin_object().key("reactions").begin_object();
  for (const auto& [name, count] : reacted->counts) out.key(name).value(count);
  out.end_object().key("my_reactions").begin_array();
  for (const std::string& name : reacted->own) out.value(name);
  out.end_array().end_object();
  return json_response(200, out.take());
}

}  // namespace octavo
