// A thread as a feed: Atom (RFC 4287) and JSON Feed 1.1, newest first.
#include <algorithm>

#include "core/base/json.h"
#include "core/content/html/semantic_tree.h"
#include "server/comments/api/api_call.h"

namespace octavo {

namespace {

constexpr std::int64_t kFeedLength = 50;

struct FeedContent {
  ThreadRecord thread;
  std::vector<CommentRecord> comments;
};

Result<FeedContent> load_feed(const ApiCall& call, SqlSession& session) {
  CommentStore store(session);
  FeedContent feed;
  OCTAVO_TRY(feed.thread, store.thread(call.thread));
  CommentQuery query;
  query.thread = call.thread;
  query.sort = CommentSort::Newest;
  query.limit = kFeedLength;
  OCTAVO_TRY(feed.comments, store.list(query));
  std::erase_if(feed.comments, [](const CommentRecord& comment) { return comment.status != CommentStatus::Published; });
  return feed;
}

std::string element(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + escape_html(text) + "</" + std::string(name) + ">\n";
}

std::string comment_urn(const CommentRecord& comment) {
  return "urn:octavo:comment:" + comment.id;
}

std::string feed_title(const ApiCall& call) {
  return "Comments on " + call.thread;
}

void add_entry(std::string& out, const CommentRecord& comment, const CommentSettings& settings) {
  out += "<entry>\n" + element("id", comment_urn(comment)) + element("title", comment.author_name + " wrote");
  out +=
      element("published", utc_text(comment.created)) + element("updated", utc_text(std::max(comment.created, comment.edited)));
  out += "<author>" + element("name", comment.author_name);
  if (!comment.author_url.empty()) out += element("uri", comment.author_url);
  out += "</author>\n";
  if (const std::string link = comment_link(settings, comment); !link.empty()) {
    out += "<link href=\"" + escape_html(link) + "\"/>\n";
  }
  out += "<content type=\"html\">" + escape_html(comment.html) + "</content>\n</entry>\n";
}

HttpResponse atom_response(const ApiCall& call, const FeedContent& feed) {
  std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n";
  out += element("id", "urn:octavo:thread:" + call.thread) + element("title", feed_title(call));
  out += element("updated", utc_text(feed.thread.changed));
  if (const std::string link = thread_link(call.settings, call.thread); !link.empty()) {
    out += "<link href=\"" + escape_html(link) + "\"/>\n";
  }
  for (const CommentRecord& comment : feed.comments) add_entry(out, comment, call.settings);
  HttpResponse response = cacheable_response(call, out + "</feed>\n", "no-cache");
  response.content_type = "application/atom+xml";
  return response;
}

HttpResponse json_feed_response(const ApiCall& call, const FeedContent& feed) {
  JsonWriter json;
  json.begin_object().key("version").value("https://jsonfeed.org/version/1.1").key("title").value(feed_title(call));
  json.member_unless_empty("home_page_url", thread_link(call.settings, call.thread));
  json.key("items").begin_array();
  for (const CommentRecord& comment : feed.comments) {
    json.begin_object().key("id").value(comment_urn(comment)).key("content_html").value(comment.html);
    json.member_unless_empty("url", comment_link(call.settings, comment));
    json.key("date_published").value(utc_text(comment.created));
    if (comment.edited != 0) json.key("date_modified").value(utc_text(comment.edited));
    json.key("authors").begin_array().begin_object().key("name").value(comment.author_name);
    json.member_unless_empty("url", comment.author_url).end_object().end_array().end_object();
  }
  json.end_array().end_object();
  HttpResponse response = cacheable_response(call, json.take(), "no-cache");
  response.content_type = "application/feed+json";
  return response;
}

}  // namespace

Outcome<HttpResponse> get_atom_feed(const ApiCall& call) {
  OCTAVO_TRY(const FeedContent feed, read_from(call.database, [&](SqlSession& session) { return load_feed(call, session); }));
  return atom_response(call, feed);
}

Outcome<HttpResponse> get_json_feed(const ApiCall& call) {
  OCTAVO_TRY(const FeedContent feed, read_from(call.database, [&](SqlSession& session) { return load_feed(call, session); }));
  return json_feed_response(call, feed);
}

}  // namespace octavo
