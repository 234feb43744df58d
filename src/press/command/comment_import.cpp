// From the bundle's posts to records.
#include "press/command/comment_import.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "press/base/gumbo_parser.h"
#include "press/import/feeds/bundle_source.h"
#include "server/comments/api/comment_api.h"
#include "server/comments/store/comment_changes.h"
#include "server/comments/store/comment_text.h"
#include "server/secrets.h"

namespace octavo {

namespace {

// Ids that the server gives have no hyphen, so they cannot collide with these.
constexpr std::string_view kIdPrefix = "before-";
constexpr std::size_t kIdDigits = 24;

class CommentImport {
 public:
  CommentImport(Database& database, const CommentSettings& settings) : database_(database), settings_(settings) {}

  Status add(const ImportedPost& post) {
    std::map<std::string, std::string> ids;  // as the site has them -> as the server has them
    for (const ImportedComment& comment : post.comments) {
      CommentRecord record = record_of(post.slug, comment);
      if (const auto parent = ids.find(comment.parent); parent != ids.end()) record.parent = parent->second;
      Outcome<Creation> created = import_comment(database_, record, system_milliseconds());
      if (!created) return Error{ErrorCode::BadValue, created.error().detail, post.slug};
      ids[comment.id] = created->comment.id;
      ++(created->is_replay ? counts.known : counts.added);
    }
    return Unit{};
  }

  ImportedCommentCounts counts;

 private:
  CommentRecord record_of(const std::string& thread, const ImportedComment& comment) {
    CommentRecord record;
    const std::string name = secret_hash("import\n" + thread + "\n" + comment.id);
    record.id = std::string(kIdPrefix) + name.substr(0, kIdDigits);
    record.thread = thread;
    record.created = comment.date ? comment.date->unix_seconds * 1000 : system_milliseconds();
    record.author_name = comment.author;
    if (comment.kind != "comment") record.author_name += " (" + comment.kind + ")";
    record.author_url = comment.author_url;
    record.source = comment.markdown;
    record.source_type = SourceType::Markdown;
    const CommentImages images = settings_.images ? CommentImages::Shown : CommentImages::AsLinks;
    record.html = render_comment(record.source, record.source_type, html_parser_, images).html;
    record.status = CommentStatus::Published;
    record.first_status = 201;
    record.submission = name;
    return record;
  }

  Database& database_;
  const CommentSettings& settings_;
  GumboParser html_parser_;
};

}  // namespace

Result<ImportedCommentCounts> import_comments_of(const std::filesystem::path& built_site, Database& database,
                                                 const CommentSettings& settings, Diagnostics& diagnostics) {
  ImportReport report;
  ImportContext context{
      built_site.string(), DateTime{system_milliseconds() / 1000, 0}, Drafts::Withhold, report, diagnostics, {}};
  OCTAVO_CHECK(read_built_site(built_site, context));
  CommentImport import(database, settings);
  for (const ImportedPost& post : context.site.posts) {
    OCTAVO_CHECK(import.add(post));
  }
  return import.counts;
}

}  // namespace octavo
