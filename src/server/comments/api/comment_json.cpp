// Writing the contract's objects.
#include "server/comments/api/comment_json.h"

#include "core/base/date.h"
#include "core/base/url.h"
#include "core/content/html/html_elements.h"

namespace octavo {

namespace {

void write_names(JsonWriter& json, std::string_view key, const std::vector<std::string>& names) {
  json.key(key).begin_array();
  for (const std::string& name : names) json.value(name);
  json.end_array();
}

void write_reactions(JsonWriter& json, const ReactionCounts& counts, const std::vector<std::string>& own) {
  json.key("reactions").begin_object();
  for (const auto& [name, count] : counts) json.key(name).value(count);
  json.end_object();
  if (!own.empty()) write_names(json, "my_reactions", own);
}

void write_author(JsonWriter& json, const CommentRecord& comment, CommentView view) {
  json.key("author").begin_object();
  json.key("name").value(comment.author_name).key("kind").value(comment.person.empty() ? "guest" : "member");
  json.member_unless_empty("url", comment.author_url).member_unless_empty("avatar", comment.author_avatar);
  if (view == CommentView::Owner) json.member_unless_empty("email", comment.author_email);
  json.end_object();
}

void write_place(JsonWriter& json, const CommentRecord& comment) {
  json.key("id").value(comment.id).key("thread").value(comment.thread);
  json.member_unless_empty("parent", comment.parent);
  json.key("root").value(comment.root).key("depth").value(comment.depth).key("created").value(utc_text(comment.created));
}

void write_possibilities(JsonWriter& json, const CommentRecord& comment, const CommentWriting& writing) {
  const std::int64_t edit_until = comment.created + writing.settings.edit_seconds * 1000;
  const bool may_edit = comment.status != CommentStatus::Rejected && writing.now <= edit_until;
  json.key("can").begin_object().key("edit").value(may_edit).key("delete").value(true).end_object();
  json.key("edit_until").value(utc_text(edit_until));
  // The author of what fell into the trap is not told where it is.
  json.member_unless_empty("held_reason", comment.held_reason == HoldReason::Honeypot ? "checked" : word_of(comment.held_reason));
}

}  // namespace

std::string utc_text(std::int64_t milliseconds) {
  return format_rfc3339({milliseconds / 1000, 0});
}

std::string thread_link(const CommentSettings& settings, std::string_view thread) {
  constexpr std::string_view kPlace = "{thread}";
  std::string url = settings.thread_url;
  const std::size_t at = url.find(kPlace);
  if (at == std::string::npos) return url;
  return url.replace(at, kPlace.size(), encode_path(thread));
}

std::string comment_link(const CommentSettings& settings, const CommentRecord& comment) {
  const std::string page = thread_link(settings, comment.thread);
  return page.empty() ? "" : page + "#comment-" + comment.id;
}

void write_comment(JsonWriter& json, const CommentRecord& comment, const CommentWriting& writing) {
  json.begin_object();
  write_place(json, comment);
  const bool is_gone = comment.status == CommentStatus::Deleted ||
                       (writing.view == CommentView::Public && comment.status != CommentStatus::Published);
  json.key("status").value(api_name(is_gone ? CommentStatus::Deleted : comment.status));
  json.key("reply_count").value(comment.replies);
  if (is_gone) {
    json.end_object();
    return;
  }
  write_author(json, comment, writing.view);
  if (comment.edited != 0) json.key("edited").value(utc_text(comment.edited)).key("edit_count").value(comment.edits);
  json.key("body_source").value(comment.source).key("body_source_type").value(api_name(comment.source_type));
  json.key("body_html").value(comment.html);
  json.member_unless_empty("language", comment.language);
  write_reactions(json, comment.reactions, comment.own_reactions);
  json.member_unless_empty("permalink", comment_link(writing.settings, comment));
  json.key("etag").value("\"" + std::to_string(comment.change) + "\"");
  if (writing.view == CommentView::Own) write_possibilities(json, comment, writing);
  if (writing.view == CommentView::Owner) {
    json.member_unless_empty("held_reason", word_of(comment.held_reason)).member_unless_empty("network", comment.network);
    json.member_unless_empty("person", comment.person);
  }
  json.end_object();
}

void write_thread(JsonWriter& json, const ThreadRecord& thread) {
  json.begin_object().key("key").value(thread.key).key("state").value(thread.is_open ? "open" : "closed");
  json.key("count").value(thread.count);
  if (thread.changed != 0) json.key("last_changed").value(utc_text(thread.changed));
  write_reactions(json, thread.reactions, thread.own_reactions);
  json.end_object();
}

std::string capabilities_json(const CommentSettings& settings, std::int64_t now) {
  JsonWriter json;
  json.begin_object().key("version").value(kContractVersion);
  json.member_unless_empty("site", settings.site);
  json.key("server_time").value(utc_text(now));
  json.key("text").begin_object().key("min").value(settings.text_min).key("max").value(settings.text_max);
  json.key("unit").value("code points");
  write_names(json, "source", {"markdown", "plain", "html"});
  json.key("elements").begin_array();
  for (const HtmlElement& element : html_elements()) {
    if (element.is(ElementUse::Comment)) json.value(element.tag);
  }
  if (settings.images) json.value("img");
  json.end_array().key("images").value(settings.images).key("links_max").value(settings.links_max).end_object();
  json.key("author").begin_object().key("name").value(api_name(settings.name)).key("email").value(api_name(settings.email));
  json.key("website").value(api_name(settings.website)).key("name_max").value(64).key("email_max").value(254);
  json.key("website_max").value(500).end_object();
  json.key("anonymous").value(settings.anonymous).key("moderation").value(api_name(settings.moderation));
  json.key("providers").begin_array();
  for (const SignInProvider& provider : settings.providers) {
    json.begin_object().key("id").value(provider.id).key("label").value(provider.label);
    json.member_unless_empty("icon", provider.icon).end_object();
  }
  json.end_array();
  json.key("threading").begin_object().key("show_depth").value(settings.show_depth).end_object();
  write_names(json, "sorts", {"oldest", "newest", "popular"});
  json.key("page_size").value(settings.page_size).key("page_size_max").value(settings.page_size_max);
  write_names(json, "reactions", settings.reactions);
  json.key("edit_window_s").value(settings.edit_seconds);
  json.key("rate").begin_object().key("per_minute").value(settings.per_minute);
  json.key("min_gap_s").value(settings.min_gap_seconds).end_object();
  json.key("form")
      .begin_object()
      .key("honeypot")
      .value(kHoneypotField)
      .key("min_seconds")
      .value(settings.min_seconds)
      .end_object();
  // Keys are kept as long as their comments, so a resend is safe however late it comes.
  json.key("idempotency").begin_object().key("ttl_s").null().end_object();
  json.key("live").begin_object().key("kind").value("poll").key("poll_s").value(60).end_object();
  json.member_unless_empty("privacy_url", settings.privacy_url).member_unless_empty("terms_url", settings.terms_url);
  json.member_unless_empty("consent", settings.consent);
  json.end_object();
  return json.take();
}

}  // namespace octavo
