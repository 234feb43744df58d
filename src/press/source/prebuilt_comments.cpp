// Reads comments from a file.
#include "press/source/prebuilt_comments.h"

#include <algorithm>
#include <set>

#include "core/base/json.h"
#include "core/base/json_fields.h"
#include "core/base/plain_name.h"
#include "core/comments/comment.h"
#include "core/comments/comment_content.h"
#include "core/content/markdown/markdown_writer.h"

namespace octavo {

namespace {

std::vector<PrebuiltComment> read_comments(const JsonFields& fields) {
  std::vector<PrebuiltComment> comments;
  std::set<std::string> ids;
  for (const JsonFields& each : fields.objects("comments", Need::Required)) {
    PrebuiltComment comment{each.text("id", Need::Required),
                            each.text("parent", Need::Optional),
                            each.text("author", Need::Optional),
                            each.text("author_url", Need::Optional),
                            each.date("date"),
                            each.text("kind", Need::Optional),
                            each.text("text", Need::Required)};
    if (!ids.insert(comment.id).second) each.fail(ErrorCode::BadValue, "id", "appears twice.");
    comments.push_back(std::move(comment));
  }
  return comments;
}

// Siblings stay in their order, replies follow what they answer; a reply to a missing comment becomes a reply to the post.
std::vector<PrebuiltComment> in_thread_order(std::vector<PrebuiltComment> comments) {
  std::vector<Comment> places(comments.size());
  for (std::size_t i = 0; i < comments.size(); ++i) {
    places[i].id = comments[i].id;
    places[i].parent = comments[i].parent;
  }
  std::vector<PrebuiltComment> ordered;
  for (const CommentRow& row : comment_rows(places)) {
    ordered.push_back(std::move(comments[row.index]));
    if (row.depth == 0) ordered.back().parent.clear();
  }
  return ordered;
}

}  // namespace

std::string comments_file_of(std::string_view post_file) {
  return std::string(post_file.substr(0, post_file.rfind('.'))) + ".comments.json";
}

std::vector<PrebuiltComment> parse_prebuilt_comments(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  const Result<Json> json = Json::parse(text, file);
  JsonCheck check{file, {}};
  std::vector<PrebuiltComment> comments;
  if (json) {
    comments = read_comments(JsonFields(*json, check));
  } else {
    check.error = json.error();
  }
  if (!check.error) {
    // Oldest first; those without a date last.
    std::stable_sort(comments.begin(), comments.end(), [](const PrebuiltComment& a, const PrebuiltComment& b) {
      if (!a.published || !b.published) return a.published.has_value() && !b.published;
      return *a.published < *b.published;
    });
    return in_thread_order(std::move(comments));
  }
  diagnostics.error(check.error->where.empty() ? file : check.error->where, 0, 0,
                    check.error->message + " The comments of this file are left out.");
  return {};
}

void sanitize_comments(std::vector<PrebuiltComment>& comments, HtmlParser& html_parser) {
  for (PrebuiltComment& comment : comments) {
    comment.author = plain_name(comment.author, kMaxShownName);
    if (!is_web_url(comment.author_url)) comment.author_url.clear();
    if (comment.kind != "pingback" && comment.kind != "trackback") comment.kind.clear();
    const Document body = comment_document(comment.markdown, SourceType::Markdown, html_parser, CommentImages::AsLinks);
    comment.markdown = write_markdown(body, html_parser);
  }
}

}  // namespace octavo
