// Requests about comments that this browser has sent, and their answers.
#include "core/comments/engine_answer.h"

namespace octavo {

bool can_follow_up(const ThreadRef& thread_ref) {
  return thread_ref.engine == CommentEngine::Octavo;
}

bool has_own_actions(const ThreadRef& thread_ref) {
  return !engine_table(thread_ref.engine).comment_url.empty();
}

HttpCall own_comment_call(const ThreadRef& thread_ref, OwnAction action, const std::string& id, const std::string& author_key,
                          const std::string& text) {
  constexpr std::string_view kMethods[] = {"GET", "PATCH", "DELETE"};
  const EngineTable& table = engine_table(thread_ref.engine);
  UrlParts parts;
  parts.cursor = id;
  HttpCall call = make_call(table, kMethods[static_cast<std::size_t>(action)], fill_url(table.comment_url, thread_ref, parts));
  call.headers.emplace_back("Comment-Key", author_key);
  if (action != OwnAction::Edit) return call;
  call.headers.emplace_back("Content-Type", "application/json");
  JsonWriter json;
  call.body = json.begin_object().key("body_source").value(text).end_object().take();
  return call;
}

std::optional<OwnComment> parse_own_comment(const ThreadRef& thread_ref, const HttpReply& reply) {
  const EngineTable& table = engine_table(thread_ref.engine);
  const Json json = reply_json(reply);
  if (reply.status == 404 && text_at(json, table.error_code) == "comment-unknown") return OwnComment{CommentState::Deleted, {}};
  if (reply.status != 200 || text_at(json, table.paths.id).empty()) return std::nullopt;
  return OwnComment{read_state(table, json), text_at(json, table.paths.source)};
}

}  // namespace octavo
