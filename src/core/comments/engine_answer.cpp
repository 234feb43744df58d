// Templates, paths and single comments.
#include "core/comments/engine_answer.h"

#include "core/base/plain_name.h"
#include "core/base/url.h"
#include "core/comments/comment_content.h"
#include "core/content/html/html_import.h"

namespace octavo {

namespace {

constexpr std::size_t kMaxAddress = 2048;

std::string name_of(const EngineTable& table, const std::string& text, HtmlParser& parser) {
  const bool is_html = table.has_html_names && text.find('&') != std::string::npos;
  return plain_name(is_html ? plain_text(document_from_html(text, parser)) : text, kMaxShownName);
}

std::string web_url_or_empty(std::string url) {
  return url.size() <= kMaxAddress && is_web_url(url) ? url : std::string();
}

// Years have four digits.
std::optional<DateTime> date_from_seconds(double seconds) {
  constexpr double kFirst = -62'135'596'800.0;
  constexpr double kLast = 253'402'300'799.0;
  if (!(seconds >= kFirst && seconds <= kLast)) return std::nullopt;
  return DateTime{static_cast<std::int64_t>(seconds), 0};
}

std::optional<DateTime> time_at(const Json& json, std::string_view path) {
  const Json value = at_path(json, path);
  // Isso counts seconds, with a fraction.
  if (value.is_number()) return date_from_seconds(value.number());
  return parse_date_time(value.string());
}

std::string url_part(char name, const ThreadRef& thread_ref, const UrlParts& parts) {
  switch (name) {
    case 'e':
      return thread_ref.endpoint;
    case 's':
      return encode_path(thread_ref.site);
    case 't':
      return encode_path(thread_ref.thread);
    case 'c':
      return encode_path(parts.cursor);
    case 'o':
      return std::string(parts.order);
    case 'k':
      return encode_path(parts.key);
    case 'n':
      return encode_path(parts.since);
    default:
      return {};
  }
}

}  // namespace

std::string fill_url(std::string_view pattern, const ThreadRef& thread_ref, const UrlParts& parts) {
  std::string url;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{') {
      url += pattern[i];
      continue;
    }
    const std::string value = url_part(pattern[i + 1], thread_ref, parts);
    i += 2;
    const bool is_whole_value = i + 1 == pattern.size() || pattern[i + 1] == '&';
    if (value.empty() && is_whole_value && url.ends_with('=')) {
      // Servers refuse a number or a cursor that is empty.
      url.resize(url.find_last_of("?&"));
    } else {
      url += value;
    }
  }
  return url;
}

Json at_path(Json json, std::string_view path) {
  while (!path.empty()) {
    const std::size_t dot = path.find('.');
    json = json.get(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return json;
}

std::string text_at(const Json& json, std::string_view path) {
  if (path.empty()) return {};
  const Json value = at_path(json, path);
  return value.is_number() ? std::to_string(value.integer()) : std::string(value.string());
}

std::uint32_t count_at(const Json& json, std::string_view path) {
  const std::int64_t count = at_path(json, path).integer();
  return count > 0 && count <= UINT32_MAX ? static_cast<std::uint32_t>(count) : 0;
}

bool has_like(const Json& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names.at(i).string() == "like") return true;
  }
  return false;
}

HttpCall make_call(const EngineTable& table, std::string_view method, std::string url) {
  HttpCall call{method, std::move(url)};
  // Isso answers in HTML unless JSON is what is liked best.
  call.headers.emplace_back("Accept", "application/json");
  call.with_cookies = table.has_cookies;
  return call;
}

CommentState read_state(const EngineTable& table, const Json& json) {
  switch (table.engine) {
    case CommentEngine::Octavo:
    case CommentEngine::WordPress:
    case CommentEngine::WordPressCom: {
      const std::string_view status = json.get("status").string();
      if (status == "approved") return CommentState::Published;  // as WordPress calls it
      return comment_state_from(status).value_or(CommentState::Held);
    }
    case CommentEngine::Isso: {
      const std::int64_t mode = json.get("mode").integer(1);
      return mode == 4 ? CommentState::Deleted : mode == 2 ? CommentState::Held : CommentState::Published;
    }
    case CommentEngine::Remark42:
      return json.get("delete").boolean() ? CommentState::Deleted : CommentState::Published;
    case CommentEngine::Mastodon:
      break;
  }
  return CommentState::Published;
}

Comment read_comment(const EngineTable& table, const Json& json, HtmlParser& parser) {
  const CommentPaths& paths = table.paths;
  Comment comment;
  comment.id = text_at(json, paths.id);
  comment.parent = text_at(json, paths.parent);
  if (comment.parent == "0") comment.parent.clear();
  comment.state = read_state(table, json);
  comment.created = time_at(json, paths.created);
  comment.link = web_url_or_empty(text_at(json, paths.link));
  if (comment.state == CommentState::Deleted) return comment;
  comment.author = name_of(table, text_at(json, paths.author), parser);
  if (comment.author.empty()) comment.author = name_of(table, text_at(json, paths.author_or), parser);
  comment.website = web_url_or_empty(text_at(json, paths.website));
  if (!paths.edited.empty()) comment.edited = time_at(json, paths.edited);
  comment.body = text_at(json, paths.body);
  comment.source = text_at(json, paths.source);
  const std::int64_t likes = paths.likes.empty() ? 0 : at_path(json, paths.likes).integer();
  comment.likes = likes > 0 && likes < UINT32_MAX ? static_cast<std::uint32_t>(likes) : 0;
  return comment;
}

Json reply_json(const HttpReply& reply) {
  if (reply.body.size() > kMaxReplyBytes) return {};
  const Result<Json> json = Json::parse(reply.body, "answer");
  return json ? *json : Json();
}

void add_identity(const ThreadRef& thread_ref, const std::string& token, HttpCall& call) {
  if (token.empty()) return;
  call.headers.emplace_back(thread_ref.engine == CommentEngine::Remark42 ? "X-JWT" : "Authorization", token);
}

}  // namespace octavo
