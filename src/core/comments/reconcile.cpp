// Learning after a lost answer whether a submission has arrived. Nothing is claimed that the engine's answer does not prove.
#include <algorithm>

#include "core/base/ascii_text.h"
#include "core/base/plain_name.h"
#include "core/comments/comment_markup.h"
#include "core/comments/engine_answer.h"

namespace octavo {

namespace {

// Between the reader's clock and the engine's, where both are right.
constexpr std::int64_t kNearS = 300;
// How far the clocks of readers are wrong at most, so that it is worth asking a person.
constexpr std::int64_t kWrongClockS = 24 * 3600;

// What decides whether a comment of a list is the submission.
struct Candidate {
  Comment comment;
  std::string source;  // as it was typed
  CommentState state = CommentState::Published;
};

// Recursion is bounded by kMaxJsonDepth.
void read_candidates(const EngineTable& table, const Json& list, const std::string& parent, HtmlParser& parser,
                     std::vector<Candidate>& out) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Json entry = list.at(i);
    const Json inner = at_path(entry, table.node);
    const Json node = inner.is_object() ? inner : entry;
    Candidate candidate{read_comment(table, node, parser), text_at(node, table.paths.source), read_state(table, node)};
    if (candidate.comment.parent.empty()) candidate.comment.parent = parent;
    const std::string id = candidate.comment.id;
    out.push_back(std::move(candidate));
    if (!table.replies.empty()) read_candidates(table, entry.get(table.replies), id, parser, out);
  }
}

// What the engine has made of the submission's parent: some keep two levels only.
std::string kept_parent(const EngineTable& table, const std::string& parent, const std::vector<Candidate>& candidates) {
  if (!table.keeps_two_levels || parent.empty()) return parent;
  const auto found =
      std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& each) { return each.comment.id == parent; });
  return found == candidates.end() || found->comment.parent.empty() ? parent : found->comment.parent;
}

SendOutcome outcome_of(const Candidate& found) {
  SendOutcome outcome;
  outcome.comment_id = found.comment.id;
  outcome.kind = found.state == CommentState::Held ? OutcomeKind::Held : OutcomeKind::Published;
  return outcome;
}

// The submission among the newest comments: the same text below the same parent under the same name, written since, and not known
// to be another submission's. Where only the time speaks against it, the person decides.
SendOutcome look_for(const ThreadRef& thread_ref, const Submission& submission, const std::vector<Candidate>& candidates,
                     const std::set<std::string>& claimed, HtmlParser& parser) {
  const EngineTable& table = engine_table(thread_ref.engine);
  const std::string source =
      thread_ref.engine == CommentEngine::WordPressCom ? wordpress_markup(submission.text, "", parser) : submission.text;
  const std::string parent = kept_parent(table, submission.parent, candidates);
  bool is_unclear = false;
  for (const Candidate& each : candidates) {
    const Comment& comment = each.comment;
    const bool is_authors = !table.has_guests || comment.author == plain_name(submission.name, kMaxShownName);
    if (!is_authors || comment.parent != parent || trimmed(each.source) != trimmed(source)) continue;
    if (comment.id.empty() || claimed.contains(comment.id)) continue;
    const TimeMatch time = compare_time(comment, submission.written_at);
    if (time == TimeMatch::Since) return outcome_of(each);
    is_unclear = is_unclear || time == TimeMatch::Unclear;
  }
  // What waits for approval is in no list.
  const bool can_hide = thread_ref.may_hold || thread_ref.engine == CommentEngine::WordPressCom;
  return is_unclear || can_hide ? unknown(Refusal::Unclear, 0) : retry(Refusal::None, 0);
}

// The engine knows submissions by their keys.
SendOutcome outcome_by_key(const EngineTable& table, const Json& json) {
  const std::string_view name = json.get("state").string();
  if (name == "unknown") return retry(Refusal::None, 0);
  if (name.empty()) return unknown(Refusal::Unreadable, 0);
  return taken_outcome(table, json, comment_state_from(name).value_or(CommentState::Rejected));
}

}  // namespace

TimeMatch compare_time(const Comment& comment, std::int64_t written_at) {
  if (!comment.created) return TimeMatch::Unclear;
  const std::int64_t created = comment.created->unix_seconds;
  if (created + kNearS >= written_at) return TimeMatch::Since;
  return created + kWrongClockS >= written_at ? TimeMatch::Unclear : TimeMatch::Before;
}

Reconcile reconcile_way(const ThreadRef& thread_ref) {
  return engine_table(thread_ref.engine).reconcile;
}

HttpCall reconcile_call(const ThreadRef& thread_ref, const Submission& submission) {
  const EngineTable& table = engine_table(thread_ref.engine);
  UrlParts parts;
  parts.key = submission.key;
  HttpCall call = make_call(table, "GET", fill_url(table.reconcile_url, thread_ref, parts));
  add_identity(thread_ref, submission.token, call);
  return call;
}

SendOutcome reconcile_outcome(const ThreadRef& thread_ref, const Submission& submission, const HttpReply& reply,
                              const std::set<std::string>& claimed, HtmlParser& parser) {
  const EngineTable& table = engine_table(thread_ref.engine);
  const Json json = reply_json(reply);
  const bool is_empty_thread = thread_ref.engine == CommentEngine::Isso && reply.status == 404;
  if (reply.status != 200 && !is_empty_thread) {
    SendOutcome outcome = outcome_of_status(reply);
    // No address to ask at, or not for this person: only the person can decide.
    if (outcome.kind == OutcomeKind::Refused) outcome = unknown(Refusal::Unclear, 0);
    outcome.kind = OutcomeKind::Unknown;
    return outcome;
  }
  if (thread_ref.engine == CommentEngine::Octavo) return outcome_by_key(table, json);
  const Json list = at_path(json, table.list);
  if (!list.is_array() && !is_empty_thread) return unknown(Refusal::Unreadable, 0);
  std::vector<Candidate> candidates;
  read_candidates(table, list, {}, parser, candidates);
  return look_for(thread_ref, submission, candidates, claimed, parser);
}

}  // namespace octavo
