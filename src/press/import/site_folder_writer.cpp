// The one writer for all sources.
#include "press/import/site_folder_writer.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/base/json.h"
#include "core/base/utf8.h"
#include "press/base/text_file.h"
#include "press/import/common/import_context.h"
#include "press/import/remote_images.h"
#include "press/output/output_folder.h"
#include "press/source/front_matter_value.h"
#include "press/source/post_address.h"
#include "press/source/post_source.h"

namespace octavo {

namespace {

std::string toml_text(std::string_view text) {
  constexpr std::string_view kHexDigits = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char c : repair_utf8(text).text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      (out += '\\') += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      ((out += "\\u00") += kHexDigits[byte >> 4]) += kHexDigits[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

void add_line(std::string& out, std::string_view key, const std::string& value) {
  ((out += key) += " = ") += value + "\n";
}

void add_text(std::string& out, std::string_view key, std::string_view value) {
  if (!value.empty()) add_line(out, key, toml_text(value));
}

void add_date(std::string& out, std::string_view key, const std::optional<DateTime>& date) {
  if (date) add_line(out, key, format_rfc3339(*date));
}

void add_texts(std::string& out, std::string_view key, const std::vector<std::string>& values) {
  if (values.empty()) return;
  std::string list = "[";
  for (const std::string& value : values) list += (list.size() > 1 ? ", " : "") + toml_text(value);
  add_line(out, key, list + "]");
}

void add_links(std::string& out, std::string_view name, const std::vector<Link>& links) {
  for (const Link& link : links) {
    ((out += "\n[[") += name) += "]]\n";
    add_text(out, "title", link.title);
    add_text(out, "url", link.url);
  }
}

// Files whose names mean something else to the build get another one; the slug in the front matter says the address.
std::string file_stem(const std::string& slug) {
  std::string stem;
  for (std::size_t begin = 0; begin <= slug.size();) {
    const std::size_t end = std::min(slug.find('/', begin), slug.size());
    std::string name = slug.substr(begin, end - begin);
    if (name.starts_with('_')) name.insert(0, "post");
    stem += (begin > 0 ? "/" : "") + name;
    begin = end + 1;
  }
  return stem;
}

std::string write_comments_file(const ImportedPost& post) {
  JsonWriter json(JsonWriter::Layout::Indented);
  json.begin_object().key("comments").begin_array();
  for (const ImportedComment& comment : post.comments) {
    json.begin_object().key("id").value(comment.id);
    json.member_unless_empty("parent", comment.parent).member_unless_empty("author", comment.author);
    json.member_unless_empty("author_url", comment.author_url);
    if (comment.date) json.key("date").value(format_rfc3339(*comment.date));
    json.member_unless_empty("kind", comment.kind == "comment" ? "" : comment.kind);
    json.key("text").value(comment.markdown).end_object();
  }
  json.end_array().end_object();
  return json.take() + "\n";
}

class FolderWriter {
 public:
  FolderWriter(OutputFolder& output, ImportReport& report, Diagnostics& diagnostics)
      : output_(output), report_(report), diagnostics_(diagnostics) {}

  // Oldest first, so that a new post never takes the address of an older one.
  Status write_posts(std::vector<ImportedPost>& posts, Progress& progress) {
    std::stable_sort(posts.begin(), posts.end(), [](const ImportedPost& a, const ImportedPost& b) {
      if (!a.published || !b.published) return a.published.has_value() && !b.published;
      return a.published->unix_seconds < b.published->unix_seconds;
    });
    progress.begin("Writing", posts.size());
    for (ImportedPost& post : posts) {
      if (Status status = write_post(post); !status) return status;
      progress.step();
    }
    return Unit{};
  }

  Status write_files(const std::vector<ImportedFile>& files) {
    for (const ImportedFile& file : files) {
      report_.read("files");
      const ImportLocation location{file.from.generic_string(), 0, 0};
      if (!names_.insert(ascii_lowercase(file.to)).second) {
        fail_file(location, "A file with the same name (ignoring case) already exists.");
        continue;
      }
      const Result<std::string> bytes = load_file(file.from);
      if (!bytes) {
        fail_file(location, bytes.error().message);
        continue;
      }
      if (Status status = output_.write("content/" + file.to, *bytes); !status) return status;
      report_.written("files");
    }
    return Unit{};
  }

 private:
  void fail_file(const ImportLocation& location, const std::string& reason) {
    report_.failed("files", reason, location);
    diagnostics_.error(location.file, 0, 0, reason);
  }

  Status write_post(ImportedPost& post) {
    if (const std::optional<std::string> problem = size_problem(post.markdown)) {
      report_.failed(count_kind(post), "over " + std::string(kMaxPostSize), post.location, post.source_id);
      diagnostics_.error(post.location.file, post.location.line, post.location.column, *problem);
      return Unit{};
    }
    choose_free_slug(post);
    const std::string file = "content/" + free_file_name(post);
    const std::string stem = file.substr(0, file.rfind('.'));
    const std::string bytes = write_post_file(post);
    if (Status status = output_.write(file, bytes); !status) return status;
    if (!post.comments.empty()) {
      if (Status status = output_.write(stem + ".comments.json", write_comments_file(post)); !status) return status;
    }
    report_.written(count_kind(post));
    if (!post.comments.empty()) report_.written("comments", post.comments.size());
    for (const std::string& url : post.old_urls) report_.moved(url, post_path(post.slug));
    return Unit{};
  }

  void choose_free_slug(ImportedPost& post) {
    const std::string wanted = post.slug;
    for (int number = 2; !slugs_.insert(ascii_lowercase(post.slug)).second; ++number) {
      post.slug = wanted + "-" + std::to_string(number);
    }
    if (post.slug == wanted) return;
    diagnostics_.warn(post.location.file, post.location.line, post.location.column,
                      "Another post has this address, letter case apart; this one is at \"" + post.slug + "\" now.");
  }

  std::string free_file_name(const ImportedPost& post) {
    std::string file = post.file.empty() ? file_stem(post.slug) + ".md" : post.file;
    const std::string stem = file.substr(0, file.rfind('.'));
    for (int number = 2; !names_.insert(ascii_lowercase(file)).second; ++number)
      file = stem + "-" + std::to_string(number) + ".md";
    return file;
  }

  OutputFolder& output_;
  ImportReport& report_;
  Diagnostics& diagnostics_;
  std::set<std::string> slugs_;  // in lower case, as the following
  std::set<std::string> names_;  // of files below content/: not every file system is case-sensitive
};

}  // namespace

std::string write_post_file(const ImportedPost& post) {
  std::string out = "+++\n";
  add_text(out, "title", post.title);
  add_text(out, "slug", post.slug);
  if (post.kind != "post") add_text(out, "type", post.kind);
  add_date(out, "date", post.published);
  add_date(out, "updated", post.modified);
  add_date(out, "publishdate", post.publish_date);
  add_date(out, "expiry", post.expires);
  if (post.visibility != Visibility::Public) add_line(out, "draft", "true");
  add_text(out, "id", post.id);
  add_texts(out, "authors", post.authors);
  add_texts(out, "tags", post.tags);
  add_text(out, "series", post.series);
  add_texts(out, "aliases", post.aliases);
  add_text(out, "summary", post.summary);
  add_text(out, "image", post.image);
  add_text(out, "language", post.language);
  if (!post.thread.empty()) {
    out += "\n[comments]\n";
    add_text(out, "id", post.thread);
  }
  if (!post.addresses.empty()) {
    out += "\n# What addresses in the text lead to.\n[addresses]\n";
    for (const auto& [spelling, target] : post.addresses) add_line(out, toml_text(spelling), toml_text(target));
  }
  return out + "+++\n\n" + post.markdown;
}

std::string write_site_settings(const SiteInfo& site) {
  std::string out;
  add_text(out, "title", site.title);
  add_text(out, "description", site.description);
  add_text(out, "language", site.language);
  add_text(out, "home_page_url", site.home_page_url);
  add_text(out, "theme", theme_name(site.theme));
  for (const Author& author : site.authors) {
    out += "\n[[authors]]\n";
    add_text(out, "name", author.name);
    add_text(out, "url", author.url);
    add_text(out, "avatar", author.avatar);
  }
  add_links(out, "menu", site.menu);
  add_links(out, "links", site.links);
  if (!site.comments.endpoint.empty()) {
    out += "\n[comments]\n";
    add_text(out, "endpoint", site.comments.endpoint);
    add_text(out, "engine", site.comments.engine);
    add_text(out, "site", site.comments.site);
  }
  return out;
}

Status write_site_folder(ImportedSite& site, const ImportOptions& options, const std::string& format, ImportReport& report,
                         Diagnostics& diagnostics, Progress& progress) {
  Result<OutputFolder> folder = OutputFolder::open(options.output, OutputFolder::IfExists::Refuse);
  if (!folder) return folder.error();
  const std::string source = options.source.lexically_normal().generic_string();
  if (options.fetch != nullptr) {
    Status status = fetch_remote_images(site.posts, *options.fetch, *folder, report, diagnostics, progress);
    if (!status) return status;
  }
  if (Status status = folder->write("octavo.toml", write_site_settings(site.site)); !status) return status;
  FolderWriter writer(*folder, report, diagnostics);
  if (Status status = writer.write_posts(site.posts, progress); !status) return status;
  if (Status status = writer.write_files(site.files); !status) return status;
  if (site.posts.empty()) diagnostics.warn(source, 0, 0, "Nothing in it is public; the folder has no posts.");
  if (Status status = folder->write(std::string(kReportFileName), report.json(source, format)); !status) return status;
  return folder->commit();
}

}  // namespace octavo
