// Reading threads.
#include <cstdlib>

#include "core/comments/engine_answer.h"

namespace octavo {

namespace {

constexpr std::size_t kWordPressPage = 100;

std::string first_cursor(CommentEngine engine) {
  const bool counts_pages = engine == CommentEngine::WordPress || engine == CommentEngine::WordPressCom;
  return counts_pages ? "1" : engine == CommentEngine::Isso ? "0" : "";
}

// Recursion is bounded by kMaxJsonDepth.
void read_list(const EngineTable& table, const Json& list, const std::string& parent, HtmlParser& parser, Discussion& out) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Json entry = list.at(i);
    const Json inner = at_path(entry, table.node);
    const Json& node = inner.is_object() ? inner : entry;
    if (table.engine == CommentEngine::Mastodon) {
      const std::string_view visibility = node.get("visibility").string();
      if (visibility != "public" && visibility != "unlisted") continue;
    }
    Comment comment = read_comment(table, node, parser);
    const std::string id = comment.id;
    if (id.empty()) continue;
    // WordPress also lists pingbacks and editors' notes where it is asked by those who may see them.
    const std::string_view type = table.engine == CommentEngine::WordPress ? node.get("type").string() : "";
    if (!type.empty() && type != "comment") continue;
    if (comment.parent.empty()) comment.parent = parent;
    out.comments.push_back(std::move(comment));
    if (!table.replies.empty()) read_list(table, entry.get(table.replies), id, parser, out);
  }
}

std::string next_cursor(const EngineTable& table, const std::string& cursor, const Json& json, std::size_t entries,
                        const Discussion& page) {
  switch (table.engine) {
    case CommentEngine::Octavo:
      return text_at(json, "next");
    case CommentEngine::WordPress:
    case CommentEngine::WordPressCom:
      if (entries < kWordPressPage) return {};
      return std::to_string(std::strtoul(cursor.c_str(), nullptr, 10) + 1);
    case CommentEngine::Isso:
      if (json.get("hidden_replies").integer() <= 0 || entries == 0) return {};
      return std::to_string(std::strtoul(cursor.c_str(), nullptr, 10) + entries);
    case CommentEngine::Remark42:
      return json.get("info").get("count_left").integer() > 0 && !page.comments.empty() ? page.comments.back().id : std::string();
    case CommentEngine::Mastodon:
      break;
  }
  return {};
}

Error unreadable(const ThreadRef& thread_ref, const HttpReply& reply) {
  std::string_view message = "The comment server gave an answer that is not understood. Try again later.";
  if (reply.status == 404) message = "The comment server does not know this post.";
  if (reply.status == 429 || reply.status >= 500) message = "The comment server is busy or broken. It is asked again soon.";
  // Browsers tell no difference between the three.
  if (reply.status == 0) {
    message = reply.was_sent ? "The comment server cannot be reached, or it does not answer to this site. It is asked again soon."
                             : "There is no network. The comments are loaded when it is back.";
  }
  return {reply.status == 404 ? ErrorCode::NotFound : ErrorCode::Unreadable, std::string(message), thread_ref.endpoint};
}

}  // namespace

HttpCall list_call(const ThreadRef& thread_ref, const ListQuery& query) {
  const EngineTable& table = engine_table(thread_ref.engine);
  UrlParts parts;
  parts.cursor = query.cursor.empty() ? first_cursor(thread_ref.engine) : query.cursor;
  parts.order = query.newest_first ? table.newest : table.oldest;
  parts.since = query.since;
  HttpCall call = make_call(table, "GET", fill_url(table.list_url, thread_ref, parts));
  if (thread_ref.engine == CommentEngine::Octavo && !query.reader_key.empty()) {
    call.headers.emplace_back("Reader-Key", query.reader_key);
  }
  return call;
}

Result<Discussion> parse_discussion(const ThreadRef& thread_ref, const ListQuery& query, const HttpReply& reply,
                                    HtmlParser& parser) {
  const EngineTable& table = engine_table(thread_ref.engine);
  const Json json = reply_json(reply);
  // Isso answers 404 for a page that nobody has commented on yet.
  if (thread_ref.engine == CommentEngine::Isso && reply.status == 404) return Discussion{};
  const Json list = at_path(json, table.list);
  if (reply.status != 200 || !list.is_array()) return unreadable(thread_ref, reply);
  Discussion page;
  read_list(table, list, {}, parser, page);
  const std::string cursor = query.cursor.empty() ? first_cursor(thread_ref.engine) : query.cursor;
  page.cursor = next_cursor(table, cursor, json, list.size(), page);
  page.total = table.total.empty() ? 0 : count_at(json, table.total);
  if (page.total == 0) page.total = static_cast<std::uint32_t>(page.comments.size());
  page.since = text_at(json, "since");
  page.is_closed = at_path(json, "thread.state").string() == "closed" || at_path(json, "info.read_only").boolean();
  page.likes = count_at(json, "thread.reactions.like");
  page.is_liked = has_like(at_path(json, "thread.my_reactions"));
  // Those that answer the post itself name its status as what they answer.
  if (thread_ref.engine == CommentEngine::Mastodon) {
    for (Comment& comment : page.comments) {
      if (comment.parent == thread_ref.thread) comment.parent.clear();
    }
  }
  return page;
}

}  // namespace octavo
