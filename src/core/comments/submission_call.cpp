// Submissions and likes as requests.
#include "core/comments/comment_markup.h"
#include "core/comments/engine_answer.h"

namespace octavo {

namespace {

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

std::string create_body(const ThreadRef& thread_ref, const Submission& submission, HtmlParser& parser) {
  JsonWriter json;
  json.begin_object();
  switch (thread_ref.engine) {
    case CommentEngine::Octavo:
      write_octavo_body(json, submission);
      break;
    case CommentEngine::WordPress:
      write_number(json, "post", thread_ref.thread);
      write_number(json, "parent", submission.parent);
      json.key("content").value(wordpress_markup(submission.text, thread_ref.endpoint, parser));
      json.member_unless_empty("author_name", submission.name).member_unless_empty("author_email", submission.email);
      json.member_unless_empty("author_url", submission.website);
      break;
    case CommentEngine::WordPressCom:
      json.key("content").value(wordpress_markup(submission.text, "", parser));
      break;
    case CommentEngine::Isso:
      json.key("text").value(submission.text);
      write_number(json, "parent", submission.parent);
      json.member_unless_empty("author", submission.name).member_unless_empty("email", submission.email);
      // The first comment on a page must say what the page is called.
      json.member_unless_empty("website", submission.website).key("title").value(thread_ref.title);
      break;
    case CommentEngine::Remark42:
      json.key("text").value(submission.text).member_unless_empty("pid", submission.parent);
      json.key("title").value(thread_ref.title).key("locator").begin_object();
      json.key("site").value(thread_ref.site).key("url").value(thread_ref.thread).end_object();
      break;
    case CommentEngine::Mastodon:
      break;
  }
  return json.end_object().take();
}

}  // namespace

HttpCall create_call(const ThreadRef& thread_ref, const Submission& submission, HtmlParser& parser) {
  const EngineTable& table = engine_table(thread_ref.engine);
  const bool is_reply = !table.reply_url.empty() && !submission.parent.empty();
  UrlParts parts;
  parts.cursor = submission.parent;
  HttpCall call = make_call(table, "POST", fill_url(is_reply ? table.reply_url : table.create_url, thread_ref, parts));
  call.headers.emplace_back("Content-Type", "application/json");
  // A header that an engine does not know would keep the browser from asking it at all.
  if (thread_ref.engine == CommentEngine::Octavo) call.headers.emplace_back("Idempotency-Key", submission.key);
  add_identity(thread_ref, submission.token, call);
  call.body = create_body(thread_ref, submission, parser);
  return call;
}

std::optional<HttpCall> like_call(const ThreadRef& thread_ref, bool on, const std::string& reader_key, const std::string& token) {
  const EngineTable& table = engine_table(thread_ref.engine);
  if (table.like_url.empty()) return std::nullopt;
  const bool is_octavo = thread_ref.engine == CommentEngine::Octavo;
  std::string url = fill_url(table.like_url, thread_ref);
  if (!is_octavo) url += on ? "new" : "mine/delete";
  HttpCall call = make_call(table, is_octavo ? "PUT" : "POST", std::move(url));
  call.headers.emplace_back("Content-Type", "application/json");
  if (is_octavo) call.headers.emplace_back("Reader-Key", reader_key);
  add_identity(thread_ref, token, call);
  call.body = is_octavo ? on ? "{\"on\":true}" : "{\"on\":false}" : "{}";
  return call;
}

}  // namespace octavo
