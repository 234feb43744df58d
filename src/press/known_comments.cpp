// Comments from a file.
#include "press/known_comments.h"

#include <algorithm>
#include <set>

#include "core/base/json.h"
#include "core/base/json_fields.h"

namespace octavo {

namespace {

std::vector<KnownComment> read_comments(const JsonFields& fields) {
  std::vector<KnownComment> comments;
  std::set<std::string> ids;
  for (const JsonFields& each : fields.objects("comments", Need::Required)) {
    KnownComment comment{each.text("id", Need::Required),
                         each.text("parent", Need::Optional),
                         each.text("author", Need::Optional),
                         each.text("author_url", Need::Optional),
                         each.date("date"),
                         each.text("kind", Need::Optional),
                         each.text("text", Need::Required)};
    if (!ids.insert(comment.id).second) each.fail(ErrorCode::BadValue, "id", "is there twice.");
    comments.push_back(std::move(comment));
  }
  return comments;
}

}  // namespace

std::string comments_file_of(std::string_view post_file) {
  return std::string(post_file.substr(0, post_file.rfind('.'))) + ".comments.json";
}

std::vector<KnownComment> parse_known_comments(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  const Result<Json> json = Json::parse(text, file);
  JsonCheck check{file, {}};
  std::vector<KnownComment> comments;
  if (json) {
    comments = read_comments(JsonFields(*json, check));
  } else {
    check.error = json.error();
  }
  if (!check.error) {
    // Oldest first, as they are read; those without a date last.
    std::stable_sort(comments.begin(), comments.end(), [](const KnownComment& a, const KnownComment& b) {
      if (!a.published || !b.published) return a.published.has_value() && !b.published;
      return *a.published < *b.published;
    });
    return comments;
  }
  diagnostics.problem(check.error->where.empty() ? file : check.error->where, 0, 0,
                      check.error->message + " The comments of this file are left out.");
  return {};
}

}  // namespace octavo
