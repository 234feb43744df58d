// Addresses that only read: capabilities, lists, one comment, what became of a submission, counts, previews.
#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "core/base/json.h"
#include "core/base/plain_name.h"
#include "server/comments/api/api_call.h"
#include "server/comments/api/submission_request.h"
#include "server/comments/store/comment_text.h"
#include "server/secrets.h"

namespace octavo {

namespace {

constexpr std::size_t kMaxCounts = 200;

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

std::string cursor_text(CommentSort sort, const CommentRecord& last) {
  const auto likes = last.reactions.find("like");
  const std::int64_t like_count = likes == last.reactions.end() ? 0 : likes->second;
  return std::to_string(sort == CommentSort::Popular ? like_count : last.created) + "-" + std::to_string(last.number);
}

std::optional<CommentCursor> parse_cursor(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = parse_number(text.substr(0, dash));
  const auto number = parse_number(text.substr(dash + 1));
  if (!first || !number) return std::nullopt;
  return CommentCursor{*first, *number};
}

// Any number of digits. A number that is too large means the largest page.
std::optional<std::int64_t> parse_limit(std::string_view text) {
  const bool is_number = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  return is_number ? parse_number(text).value_or(std::numeric_limits<std::int64_t>::max()) : std::optional<std::int64_t>();
}

std::optional<CommentSort> parse_sort(std::string_view word) {
  if (word == "oldest") return CommentSort::Oldest;
  if (word == "newest") return CommentSort::Newest;
  if (word == "popular") return CommentSort::Popular;
  return std::nullopt;
}

struct ListRequest {
  CommentQuery query;
  std::optional<std::int64_t> since;
};

Outcome<ListRequest> parse_list_request(const ApiCall& call) {
  const std::string& query = call.request.query;
  ListRequest list;
  list.query.thread = call.thread;
  list.query.limit = call.settings.page_size;
  if (const auto limit = find_query_field(query, "limit")) {
    const auto number = parse_limit(*limit);
    if (!number || *number == 0) return bad_query("limit", "`limit` must be a number from 1.");
    list.query.limit = std::min(*number, call.settings.page_size_max);
  }
  if (const auto word = find_query_field(query, "sort")) {
    const std::optional<CommentSort> sort = parse_sort(*word);
    if (!sort) return bad_query("sort", "`sort` must be oldest, newest or popular.");
    list.query.sort = *sort;
  }
  if (const auto cursor = find_query_field(query, "cursor")) {
    list.query.after = parse_cursor(*cursor);
    if (!list.query.after) return bad_query("cursor", "`cursor` must be a value of `next` of this server.");
  }
  if (const std::string parent = query_field(query, "parent"); !parent.empty())
    list.query.parent = parent == "none" ? "" : parent;
  list.query.root = query_field(query, "root");
  if (const auto since = find_query_field(query, "since")) {
    list.since = parse_number(*since);
    if (!list.since) return bad_query("since", "`since` must be a value of `since` of this server.");
  }
  return list;
}

struct ListAnswer {
  ThreadRecord thread;
  std::vector<CommentRecord> comments;
  bool has_more = false;
};

Result<ListAnswer> load_list(const ApiCall& call, const ListRequest& list, SqlSession& session) {
  CommentStore store(session);
  ListAnswer answer;
  OCTAVO_TRY(answer.thread, store.thread(call.thread));
  CommentQuery query = list.query;
  ++query.limit;  // one more tells whether there are more
  OCTAVO_TRY(answer.comments, list.since ? store.changes(call.thread, *list.since, query.limit) : store.list(query));
  answer.has_more = static_cast<std::int64_t>(answer.comments.size()) > list.query.limit;
  if (answer.has_more) answer.comments.pop_back();
  if (call.reader.empty()) return answer;
  OCTAVO_TRY(answer.thread.own_reactions, store.own_reactions(call.thread, "", call.reader));
  OCTAVO_CHECK(store.add_own_reactions(call.thread, call.reader, answer.comments));
  return answer;
}

}  // namespace

Outcome<HttpResponse> get_capabilities(const ApiCall& call) {
  HttpResponse response = json_response(200, capabilities_json(call.settings, call.now));
  response.headers.clear();
  return response.set("Cache-Control", "no-cache");
}

Outcome<HttpResponse> get_comments(const ApiCall& call) {
  OCTAVO_CHECK(check_reader_key(call));
  OCTAVO_TRY(const ListRequest list, parse_list_request(call));
  OCTAVO_TRY(const ListAnswer answer,
             read_from(call.database, [&](SqlSession& session) { return load_list(call, list, session); }));
  JsonWriter json;
  json.begin_object().key("thread");
  write_thread(json, answer.thread);
  json.key("comments").begin_array();
  for (const CommentRecord& comment : answer.comments)
    write_comment(json, comment, {call.settings, view_for(call, comment), call.now});
  json.end_array();
  if (list.since) {
    const std::int64_t reached = answer.has_more ? answer.comments.back().change : answer.thread.change;
    json.key("since").value(std::to_string(reached)).key("more").value(answer.has_more);
  } else {
    json.key("since").value(std::to_string(answer.thread.change));
    if (answer.has_more) json.key("next").value(cursor_text(list.query.sort, answer.comments.back()));
  }
  json.end_object();
  return cacheable_response(call, json.take(), "no-cache");
}

Outcome<HttpResponse> get_comment(const ApiCall& call) {
  OCTAVO_TRY(const auto comment,
             read_from(call.database, [&](SqlSession& session) { return CommentStore(session).comment(call.id); }));
  // Only its author sees a comment that was never public.
  if (!comment || (!comment->was_public && !is_own(call, *comment))) {
    return Problem{ProblemKind::CommentUnknown, "That comment does not exist."};
  }
  return cacheable_response(call, comment_object(call, *comment, view_for(call, *comment)), "no-cache");
}

Outcome<HttpResponse> get_submission(const ApiCall& call) {
  const std::string key = idempotency_key(call.id);
  if (key.empty()) return Problem{ProblemKind::NotFound, "This is no Idempotency-Key."};
  OCTAVO_TRY(const auto comment, read_from(call.database, [&](SqlSession& session) {
               return CommentStore(session).comment_by_submission(secret_hash(key));
             }));
  JsonWriter json;
  json.begin_object().key("state").value(comment ? api_name(comment->status) : std::string_view("unknown"));
  if (comment) {
    json.key("key").value(author_key(call, key, *comment)).key("comment");
    write_comment(json, *comment, {call.settings, CommentView::Own, call.now});
  }
  json.end_object();
  return json_response(200, json.take());
}

Outcome<HttpResponse> post_preview(const ApiCall& call) {
  OCTAVO_TRY(const TextRequest text, parse_text_request(call.request.body, call.settings));
  const RenderedComment rendered = render_comment(text.source, text.source_type, call.html_parser,
                                                  call.settings.images ? CommentImages::Shown : CommentImages::AsLinks);
  JsonWriter json;
  json.begin_object().key("body_html").value(rendered.html).key("links").value(rendered.links);
  json.key("length").value(static_cast<std::int64_t>(count_code_points(text.source))).end_object();
  return json_response(200, json.take());
}

Outcome<HttpResponse> post_counts(const ApiCall& call) {
  const Result<Json> json = Json::parse(call.request.body, "request");
  const Json keys = json ? json->get("threads") : Json();
  if (!keys.is_array() || keys.size() > kMaxCounts) {
    const std::string detail = "`threads` must be a list of at most " + std::to_string(kMaxCounts) + " keys.";
    return Problem{ProblemKind::Invalid, detail, {{"/threads", "type", kMaxCounts, detail}}};
  }
  std::vector<std::string> threads;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!keys.at(i).is_string()) return wrong_item("/threads", i);
    threads.emplace_back(keys.at(i).string());
  }
  std::sort(threads.begin(), threads.end());
  threads.erase(std::unique(threads.begin(), threads.end()), threads.end());
  OCTAVO_TRY(const auto found,
             read_from(call.database, [&](SqlSession& session) { return CommentStore(session).threads(threads); }));
  JsonWriter out;
  out.begin_object().key("counts").begin_object();
  for (const ThreadRecord& thread : found) out.key(thread.key).value(thread.count);
  out.end_object().end_object();
  return json_response(200, out.take());
}

}  // namespace octavo
