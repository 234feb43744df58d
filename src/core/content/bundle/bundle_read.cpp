// The bundle from hostile bytes: every member is checked, and errors name the path and the file.
#include <algorithm>
#include <array>

#include "core/base/enum_names.h"
#include "core/base/json.h"
#include "core/base/json_fields.h"
#include "core/base/url.h"
#include "core/content/bundle/bundle.h"
#include "core/content/bundle/bundle_format.h"

namespace octavo {

namespace {

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

template <typename Predicate>
bool any_segment(std::string_view path, Predicate predicate) {
  for (;;) {
    const std::size_t slash = path.find('/');
    if (predicate(path.substr(0, slash))) return true;
    if (slash == std::string_view::npos) return false;
    path.remove_prefix(slash + 1);
  }
}

// A file below the site's root, however its address is spelled: browsers read "%2e%2e" as ".." too.
bool is_valid_file_url(std::string_view url) {
  const std::string decoded = decode_percent(url);
  if (!is_relative_url(url) || !is_relative_url(decoded) || decoded.starts_with('/')) return false;
  if (has_control_character(decoded) || decoded.find('\\') != std::string::npos) return false;
  return !any_segment(decoded, [](std::string_view segment) { return segment == ".." || segment == "."; });
}

// "sha256-" and base64, as in Subresource Integrity.
bool is_valid_integrity(std::string_view integrity) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
  constexpr std::string_view kPrefix = "sha256-";
  return integrity.starts_with(kPrefix) && integrity.size() > kPrefix.size() &&
         integrity.substr(kPrefix.size()).find_first_not_of(kAlphabet) == std::string_view::npos;
}

FileReference read_reference(const JsonFields& fields, Need need) {
  FileReference file{fields.text("url", need), fields.text("integrity", Need::Optional)};
  const bool is_left_out = file.url.empty() && need == Need::Optional;
  if (!is_left_out && (file.url.empty() || !is_valid_file_url(file.url))) {
    fields.fail(ErrorCode::BadValue, "url", "must be the address of a file below the site's root.");
  }
  if (!file.integrity.empty() && !is_valid_integrity(file.integrity)) {
    fields.fail(ErrorCode::BadValue, "integrity", "must be \"sha256-\" and a hash in base64.");
  }
  return file;
}

FileReference read_optional_reference(const JsonFields& parent, std::string_view key) {
  const auto fields = parent.object(key, Need::Optional);
  return fields ? read_reference(*fields, Need::Required) : FileReference{};
}

std::string read_slug(const JsonFields& fields) {
  std::string slug = fields.text("slug", Need::Required);
  if (!is_valid_slug(slug)) {
    fields.fail(ErrorCode::BadValue, "slug",
                "must be a path like \"2010/hello-world\": no empty, \".\" or \"..\" parts, no backslash.");
  }
  return slug;
}

ImageInfo read_image(const JsonFields& fields, Need need) {
  return {fields.text("url", need), fields.text("alt", Need::Optional), fields.count("width", Need::Optional),
          fields.count("height", Need::Optional), fields.count("variant_count", Need::Optional)};
}

std::vector<Link> read_links(const JsonFields& parent, std::string_view key) {
  std::vector<Link> links;
  for (const JsonFields& fields : parent.objects(key, Need::Optional)) {
    links.push_back({fields.text("title", Need::Required), fields.text("url", Need::Required)});
  }
  return links;
}

SiteInfo read_site(const JsonFields& fields) {
  SiteInfo site;
  site.title = fields.text("title", Need::Required);
  site.description = fields.text("description", Need::Optional);
  site.language = fields.text("language", Need::Optional);
  site.home_page_url = fields.text("home_page_url", Need::Optional);
  for (const JsonFields& author : fields.objects("authors", Need::Optional)) {
    site.authors.push_back(
        {author.text("name", Need::Required), author.text("url", Need::Optional), author.text("avatar", Need::Optional)});
  }
  site.menu = read_links(fields, "menu");
  site.links = read_links(fields, "links");
  // A theme that this version does not have is no reason to refuse the site.
  site.theme = enum_from_name<Theme>(kThemeNames, fields.text("theme", Need::Optional)).value_or(site.theme);
  if (const auto comments = fields.object("comments", Need::Optional)) {
    const std::string prebuilt = comments->text("prebuilt", Need::Optional);
    site.comments = {comments->text("endpoint", Need::Required), comments->text("engine", Need::Optional),
                     comments->text("site", Need::Optional),
                     enum_from_name<PrebuiltPlace>(kPrebuiltPlaceNames, prebuilt).value_or(PrebuiltPlace::Page)};
  }
  return site;
}

std::vector<GroupInfo> read_groups(const JsonFields& parent) {
  std::vector<GroupInfo> groups;
  for (std::size_t kind = 0; kind < std::size(kGroupKeys); ++kind) {
    for (const JsonFields& fields : parent.objects(kGroupKeys[kind], Need::Optional)) {
      groups.push_back({fields.text("name", Need::Required), read_slug(fields), fields.count("count", Need::Optional),
                        static_cast<GroupInfo::Kind>(kind)});
    }
  }
  return groups;
}

Neighbor read_neighbor(const JsonFields& fields) {
  return {read_slug(fields), fields.text("title", Need::Required)};
}

// What a post says about other posts and its comments.
void read_relations(const JsonFields& extension, Post& post) {
  if (const auto older = extension.object("older", Need::Optional)) post.older = read_neighbor(*older);
  if (const auto newer = extension.object("newer", Need::Optional)) post.newer = read_neighbor(*newer);
  for (const JsonFields& related : extension.objects("related", Need::Optional)) {
    post.related.push_back({read_neighbor(related), related.texts("shared_tags")});
  }
  if (const auto series = extension.object("series", Need::Optional)) {
    post.series = {series->text("name", Need::Required), read_slug(*series), series->count("part", Need::Required),
                   series->count("count", Need::Required)};
  }
  post.thread = extension.text("thread", Need::Optional);
  for (const JsonFields& comment : extension.objects("comments", Need::Optional)) {
    post.comments.push_back({comment.text("id", Need::Required), comment.text("parent", Need::Optional),
                             comment.text("author", Need::Optional), comment.text("author_url", Need::Optional),
                             comment.date("published"), comment.text("kind", Need::Optional),
                             comment.text("text", Need::Required)});
  }
}

PostSummary read_row(const JsonFields& fields) {
  PostSummary row;
  row.slug = read_slug(fields);
  row.title = fields.text("title", Need::Required);
  row.summary = fields.text("summary", Need::Optional);
  row.published = fields.date("published");
  row.modified = fields.date("modified");
  row.tags = fields.texts("tags");
  row.authors = fields.texts("authors");
  if (const auto image = fields.object("image", Need::Optional)) row.image = read_image(*image, Need::Required);
  row.words = fields.count("words", Need::Optional);
  row.language = fields.text("language", Need::Optional);
  row.body = read_optional_reference(fields, "body");
  return row;
}

// The version is checked first: other differences in a newer file are not its author's mistakes.
void check_version(const JsonFields& fields) {
  const std::uint32_t version = fields.count("version", Need::Required);
  if (version > kBundleVersion) {
    fields.fail(ErrorCode::TooNew, "version",
                "is " + std::to_string(version) + ": a newer Octavo wrote this file, and this one reads up to " +
                    std::to_string(kBundleVersion) + ". Reload the page; if that does not help, update Octavo.");
  } else if (version < 1) {
    fields.fail(ErrorCode::BadValue, "version", "must be 1 or more.");
  }
}

std::vector<FileReference> read_files(const JsonFields& fields, std::string_view key) {
  std::vector<FileReference> files;
  for (const JsonFields& file : fields.objects(key, Need::Optional)) files.push_back(read_reference(file, Need::Required));
  return files;
}

// Rows must ascend, so that no list is longer than the part.
std::vector<std::uint32_t> read_group_rows(const JsonFields& kind, const std::string& slug) {
  std::vector<std::uint32_t> rows = kind.counts(slug);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] >= kRowsPerPart || (i > 0 && rows[i] <= rows[i - 1])) {
      kind.fail(ErrorCode::BadValue, slug, "must be rows of this part in ascending order.");
      return {};
    }
  }
  return rows;
}

void read_part(const JsonFields& fields, IndexFile& part) {
  part.files = read_files(fields, "files");
  if (part.files.size() > kRowFilesPerPart) fields.fail(ErrorCode::BadValue, "files", "are more than a part has.");
  part.slug_fingerprints = fields.text("slug_fingerprints", Need::Optional);
  if (part.slug_fingerprints.size() > kRowsPerPart * kSlugFingerprintCharacters) {
    fields.fail(ErrorCode::BadValue, "slug_fingerprints", "are more than a part has rows.");
  }
  part.group_counts = fields.counts("group_counts");
  const auto groups = fields.object("group_rows", Need::Optional);
  if (!groups) return;
  for (std::size_t kind = 0; kind < std::size(kGroupKeys); ++kind) {
    const auto of_kind = groups->object(kGroupKeys[kind], Need::Optional);
    if (!of_kind) continue;
    for (const auto& [slug, rows] : of_kind->json().members()) {
      part.group_rows.push_back({static_cast<GroupInfo::Kind>(kind), slug, read_group_rows(*of_kind, slug)});
    }
  }
}

void read_hyphenation(const JsonFields& fields, IndexFile& head) {
  for (const auto& [language, file] : fields.object_members("hyphenation")) {
    head.hyphenation.push_back({language, read_reference(file, Need::Required)});
  }
}

IndexFile read_index(const JsonFields& fields) {
  IndexFile index;
  if (const auto site = fields.object("site", Need::Optional)) index.site = read_site(*site);
  index.groups = read_groups(fields);
  read_hyphenation(fields, index);
  for (const JsonFields& row : fields.objects("pages", Need::Optional)) index.pages.push_back(read_row(row));
  index.first_row = fields.count("first_row", Need::Optional);
  read_part(fields, index);
  for (const JsonFields& row : fields.objects("posts", Need::Optional)) index.posts.push_back(read_row(row));
  if (index.posts.size() > kRowsPerFile) fields.fail(ErrorCode::BadValue, "posts", "are more than a row file has.");
  return index;
}

void check_size(const JsonFields& item, std::string_view key, std::string_view text) {
  if (text.size() <= kMaxPostBytes) return;
  item.fail(ErrorCode::TooLarge, key, "is over " + std::string(kMaxPostSize) + "; split the post.");
}

void read_content(const JsonFields& item, const JsonFields& extension, Post& post) {
  const std::string format = extension.text("format", Need::Optional);
  if (format.empty() || format == "markdown") {
    post.markdown = item.text("content_text", Need::Required);
    check_size(item, "content_text", post.markdown);
  } else if (format == "html") {
    post.html = item.text("content_html", Need::Required);
    check_size(item, "content_html", post.html);
  } else {
    extension.fail(ErrorCode::BadValue, "format", "must be \"markdown\" or \"html\".");
  }
}

PostSummary read_item_summary(const JsonFields& item, const JsonFields& extension) {
  PostSummary summary;
  summary.slug = read_slug(extension);
  summary.title = item.text("title", Need::Required);
  summary.summary = item.text("summary", Need::Optional);
  summary.published = item.date("date_published");
  summary.modified = item.date("date_modified");
  summary.tags = item.texts("tags");
  for (const JsonFields& author : item.objects("authors", Need::Optional)) {
    summary.authors.push_back(author.text("name", Need::Required));
  }
  summary.language = item.text("language", Need::Optional);
  summary.words = extension.count("words", Need::Optional);
  const std::string image = item.text("image", Need::Optional);
  const auto details = extension.object("image", Need::Optional);
  if (details) summary.image = read_image(*details, Need::Optional);
  if (!image.empty() && !summary.image) summary.image.emplace();
  if (summary.image) summary.image->url = image;
  return summary;
}

Post read_item(const JsonFields& item) {
  Post post;
  const auto extension = item.object("_octavo", Need::Required);
  if (!extension) return post;
  check_version(*extension);
  post.summary = read_item_summary(item, *extension);
  read_content(item, *extension, post);
  for (const auto& [spelling, image] : extension->object_members("images")) {
    post.images.emplace(spelling, read_image(image, Need::Required));
  }
  for (auto& [spelling, path] : extension->text_members("links")) {
    if (!is_relative_url(path)) extension->fail(ErrorCode::BadValue, "links", "must lead to pages of this site.");
    post.links.emplace(spelling, std::move(path));
  }
  post.code_runs = extension->texts("code_runs");
  post.id = item.text("id", Need::Optional);
  if (post.id == post_path(post.summary.slug)) post.id.clear();
  post.is_page = extension->text("type", Need::Optional) == "page";
  read_relations(*extension, post);
  return post;
}

Error too_large(std::string_view where, std::size_t limit) {
  return {ErrorCode::TooLarge, "The file is over its limit of " + std::to_string(limit / 1024) + " KiB.", std::string(where)};
}

}  // namespace

bool is_valid_slug(std::string_view slug) {
  if (slug.size() > kMaxSlugBytes || has_control_character(slug) || slug.find('\\') != std::string_view::npos) return false;
  return !any_segment(slug, [](std::string_view segment) { return segment.empty() || segment == "." || segment == ".."; });
}

Result<BundleManifest> parse_manifest(std::string_view text, std::string_view where) {
  if (text.size() > kMaxManifestBytes) return too_large(where, kMaxManifestBytes);
  const auto json = Json::parse(text, where);
  if (!json) return json.error();
  JsonCheck check{std::string(where), {}};
  const JsonFields fields(*json, check);
  check_version(fields);
  BundleManifest manifest;
  manifest.generator = fields.text("generator", Need::Optional);
  if (const auto index = fields.object("index", Need::Required)) manifest.index = read_reference(*index, Need::Required);
  manifest.total_rows = fields.count("total_rows", Need::Required);
  manifest.parts = read_files(fields, "parts");
  if (manifest.parts.size() != (std::uint64_t{manifest.total_rows} + kRowsPerPart - 1) / kRowsPerPart) {
    fields.fail(ErrorCode::BadValue, "parts", "must be as many as total_rows need.");
  }
  if (check.error) return *check.error;
  return manifest;
}

Result<IndexFile> parse_index_file(std::string_view text, std::string_view where) {
  if (text.size() > kMaxIndexFileBytes) return too_large(where, kMaxIndexFileBytes);
  const auto json = Json::parse(text, where);
  if (!json) return json.error();
  JsonCheck check{std::string(where), {}};
  const JsonFields fields(*json, check);
  check_version(fields);
  IndexFile index = read_index(fields);
  if (check.error) return *check.error;
  return index;
}

Result<Post> post_from_item(const Json& item, std::string_view where) {
  JsonCheck check{std::string(where), {}};
  Post post = read_item(JsonFields(item, check));
  if (check.error) return *check.error;
  return post;
}

Result<Post> parse_post(std::string_view text, std::string_view where) {
  if (text.size() > kMaxPostFileBytes) return too_large(where, kMaxPostFileBytes);
  const auto json = Json::parse(text, where);
  if (!json) return json.error();
  return post_from_item(*json, where);
}

}  // namespace octavo
