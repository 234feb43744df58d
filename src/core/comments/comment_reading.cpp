// Reading threads, and what an engine takes.
#include <algorithm>

#include "core/base/plain_name.h"
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

std::uint32_t count_at(const Json& json, std::string_view path) {
  const std::int64_t count = at_path(json, path).integer();
  return count > 0 && count <= UINT32_MAX ? static_cast<std::uint32_t>(count) : 0;
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

bool has_like(const Json& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names.at(i).string() == "like") return true;
  }
  return false;
}

Error unreadable(const ThreadRef& place, const HttpReply& reply) {
  Error error{ErrorCode::Unreadable, "The comments could not be loaded. Check the connection, then try again.", place.endpoint};
  if (reply.status == 404) error = {ErrorCode::NotFound, "The comment server does not know this post.", place.endpoint};
  return error;
}

FieldUse use_of(const Json& value) {
  const std::string_view use = value.string();
  return use == "required" ? FieldUse::Required : use == "optional" ? FieldUse::Optional : FieldUse::Hidden;
}

constexpr std::size_t kMostProviders = 12;
constexpr std::size_t kMostLabel = 64;  // code points

void read_octavo_form(const Json& json, CommentForm& form) {
  const Json text = json.get("text");
  const Json author = json.get("author");
  form.can_write = json.get("anonymous").boolean(true);
  form.is_moderated = json.get("moderation").string() == "all";
  form.text_min = count_at(text, "min");
  form.text_max = count_at(text, "max");
  form.has_images = text.get("images").boolean();
  form.name = use_of(author.get("name"));
  form.email = use_of(author.get("email"));
  form.website = use_of(author.get("website"));
  form.name_max = count_at(author, "name_max");
  form.edit_window_s = count_at(json, "edit_window_s");
  form.server_time = parse_date_time(json.get("server_time").string());
  form.has_likes = has_like(json.get("reactions"));
  form.consent = text_at(json, "consent");
  form.privacy_url = text_at(json, "privacy_url");
  form.honeypot = text_at(json, "form.honeypot");
  const Json providers = json.get("providers");
  form.providers.clear();
  for (std::size_t i = 0; i < std::min(providers.size(), kMostProviders); ++i) {
    const Json provider = providers.at(i);
    form.providers.push_back({text_at(provider, "id"), plain_name(provider.get("label").string(), kMostLabel)});
  }
}

}  // namespace

HttpCall list_call(const ThreadRef& place, const ListQuery& query) {
  const EngineTable& table = engine_table(place.engine);
  UrlParts parts;
  parts.cursor = query.cursor.empty() ? first_cursor(place.engine) : query.cursor;
  parts.order = query.newest_first ? table.newest : table.oldest;
  parts.since = query.since;
  HttpCall call = make_call(table, "GET", fill_url(table.list_url, place, parts));
  if (place.engine == CommentEngine::Octavo && !query.reader_key.empty()) {
    call.headers.emplace_back("Reader-Key", query.reader_key);
  }
  return call;
}

Result<Discussion> parse_discussion(const ThreadRef& place, const ListQuery& query, const HttpReply& reply, HtmlParser& parser) {
  const EngineTable& table = engine_table(place.engine);
  const Json json = reply_json(reply);
  // Isso answers 404 for a page that nobody has commented on yet.
  if (place.engine == CommentEngine::Isso && reply.status == 404) return Discussion{};
  const Json list = at_path(json, table.list);
  if (reply.status != 200 || !list.is_array()) return unreadable(place, reply);
  Discussion page;
  read_list(table, list, {}, parser, page);
  const std::string cursor = query.cursor.empty() ? first_cursor(place.engine) : query.cursor;
  page.cursor = next_cursor(table, cursor, json, list.size(), page);
  page.total = table.total.empty() ? 0 : count_at(json, table.total);
  if (page.total == 0) page.total = static_cast<std::uint32_t>(page.comments.size());
  page.since = text_at(json, "since");
  page.is_closed = at_path(json, "thread.state").string() == "closed" || at_path(json, "info.read_only").boolean();
  page.likes = count_at(json, "thread.reactions.like");
  page.is_liked = has_like(at_path(json, "thread.my_reactions"));
  // Those that answer the post itself name its status as what they answer.
  if (place.engine == CommentEngine::Mastodon) {
    for (Comment& comment : page.comments) {
      if (comment.parent == place.thread) comment.parent.clear();
    }
  }
  return page;
}

CommentForm default_form(const ThreadRef& place) {
  CommentForm form;
  switch (place.engine) {
    case CommentEngine::Octavo:
      form.has_likes = true;
      break;
    case CommentEngine::WordPress:
      form.email = FieldUse::Required;
      form.text_max = 65525;
      form.name_max = 245;
      break;
    case CommentEngine::Isso:
      form.name = FieldUse::Optional;
      form.text_min = 3;
      form.is_moderated = true;  // until it says that it is not
      form.text_max = 65535;
      break;
    case CommentEngine::Remark42:
      form.text_max = 2048;
      [[fallthrough]];
    case CommentEngine::WordPressCom:
    case CommentEngine::Mastodon:
      // Only people whom the engine knows may write.
      form.can_write = false;
      form.name = form.email = form.website = FieldUse::Hidden;
      break;
  }
  return form;
}

std::vector<HttpCall> form_calls(const ThreadRef& place) {
  const EngineTable& table = engine_table(place.engine);
  std::vector<HttpCall> calls;
  for (const std::string_view url : {table.form_url, table.more_form_url}) {
    if (!url.empty()) calls.push_back(make_call(table, "GET", fill_url(url, place)));
  }
  return calls;
}

void read_form(const ThreadRef& place, const HttpReply& reply, CommentForm& form) {
  const Json json = reply_json(reply);
  if (reply.status != 200 || !json.is_object()) return;
  switch (place.engine) {
    case CommentEngine::Octavo:
      if (json.get("version").integer() == 1) read_octavo_form(json, form);
      break;
    case CommentEngine::WordPress:
      form.is_closed = json.get("comment_status").string() == "closed";
      break;
    case CommentEngine::WordPressCom:
      form.is_closed = !at_path(json, "discussion.comments_open").boolean(true);
      break;
    case CommentEngine::Isso:
      if (json.get("require-author").boolean()) form.name = FieldUse::Required;
      if (json.get("require-email").boolean()) form.email = FieldUse::Required;
      if (!json.get("website-field").boolean(true)) form.website = FieldUse::Hidden;
      if (json.has("moderation")) form.is_moderated = json.get("moderation").boolean(true);
      break;
    case CommentEngine::Remark42:
      if (const std::uint32_t max = count_at(json, "max_comment_size"); max > 0) form.text_max = max;
      form.text_min = std::max<std::uint32_t>(1, count_at(json, "min_comment_size"));
      form.edit_window_s = count_at(json, "edit_duration");
      break;
    case CommentEngine::Mastodon:
      break;
  }
}

}  // namespace octavo
