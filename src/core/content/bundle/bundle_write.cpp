// The bundle as JSON text: members in a fixed order, empty ones left out, so that equal content gives equal bytes.
#include "core/base/json.h"
#include "core/content/bundle/bundle.h"
#include "core/content/bundle/bundle_format.h"

namespace octavo {

namespace {

void write_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  json.key(key).begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
}

void write_count(JsonWriter& json, std::string_view key, std::uint32_t count) {
  if (count > 0) json.key(key).value(count);
}

void write_date(JsonWriter& json, std::string_view key, const std::optional<DateTime>& date) {
  if (date) json.key(key).value(format_rfc3339(*date));
}

void write_reference(JsonWriter& json, const FileReference& file) {
  json.begin_object();
  json.member_unless_empty("url", file.url).member_unless_empty("integrity", file.integrity);
  json.end_object();
}

void write_reference_member(JsonWriter& json, std::string_view key, const FileReference& file) {
  if (file.url.empty() && file.integrity.empty()) return;
  json.key(key);
  write_reference(json, file);
}

void write_image(JsonWriter& json, const ImageInfo& image) {
  json.begin_object();
  json.member_unless_empty("url", image.url).member_unless_empty("alt", image.alt);
  write_count(json, "width", image.width);
  write_count(json, "height", image.height);
  write_count(json, "variant_count", image.variant_count);
  json.end_object();
}

void write_links(JsonWriter& json, std::string_view key, const std::vector<Link>& links) {
  if (links.empty()) return;
  json.key(key).begin_array();
  for (const Link& link : links) {
    json.begin_object().key("title").value(link.title).key("url").value(link.url).end_object();
  }
  json.end_array();
}

void write_authors(JsonWriter& json, const std::vector<Author>& authors) {
  if (authors.empty()) return;
  json.key("authors").begin_array();
  for (const Author& author : authors) {
    json.begin_object().key("name").value(author.name);
    json.member_unless_empty("url", author.url).member_unless_empty("avatar", author.avatar).end_object();
  }
  json.end_array();
}

void write_site(JsonWriter& json, const SiteInfo& site) {
  json.key("site").begin_object();
  json.key("title").value(site.title);
  json.member_unless_empty("description", site.description);
  json.member_unless_empty("language", site.language);
  json.member_unless_empty("home_page_url", site.home_page_url);
  write_authors(json, site.authors);
  write_links(json, "menu", site.menu);
  write_links(json, "links", site.links);
  json.key("theme").value(theme_name(site.theme));
  if (!site.comments.endpoint.empty()) {
    json.key("comments").begin_object().key("endpoint").value(site.comments.endpoint);
    json.member_unless_empty("engine", site.comments.engine).member_unless_empty("site", site.comments.site);
    if (site.comments.prebuilt != PrebuiltPlace::Page) json.key("prebuilt").value(prebuilt_place_name(site.comments.prebuilt));
    json.end_object();
  }
  json.end_object();
}

// Groups of one kind are together.
void write_groups(JsonWriter& json, const std::vector<GroupInfo>& groups) {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const GroupInfo& group = groups[i];
    if (i == 0 || groups[i - 1].kind != group.kind) {
      json.key(kGroupKeys[static_cast<std::size_t>(group.kind)]).begin_array();
    }
    json.begin_object().key("name").value(group.name).key("slug").value(group.slug);
    write_count(json, "count", group.count);
    json.end_object();
    if (i + 1 == groups.size() || groups[i + 1].kind != group.kind) json.end_array();
  }
}

void write_counts(JsonWriter& json, const std::vector<std::uint32_t>& counts) {
  json.begin_array();
  for (const std::uint32_t count : counts) json.value(count);
  json.end_array();
}

// So are their rows.
void write_group_rows(JsonWriter& json, const std::vector<GroupRows>& groups) {
  if (groups.empty()) return;
  json.key("group_rows").begin_object();
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const GroupRows& group = groups[i];
    if (i == 0 || groups[i - 1].kind != group.kind) {
      json.key(kGroupKeys[static_cast<std::size_t>(group.kind)]).begin_object();
    }
    json.key(group.slug);
    write_counts(json, group.rows);
    if (i + 1 == groups.size() || groups[i + 1].kind != group.kind) json.end_object();
  }
  json.end_object();
}

void write_files(JsonWriter& json, std::string_view key, const std::vector<FileReference>& files) {
  if (files.empty()) return;
  json.key(key).begin_array();
  for (const FileReference& file : files) write_reference(json, file);
  json.end_array();
}

void write_hyphenation(JsonWriter& json, const std::vector<HyphenationFile>& files) {
  if (files.empty()) return;
  json.key("hyphenation").begin_object();
  for (const HyphenationFile& each : files) write_reference_member(json, each.language, each.file);
  json.end_object();
}

void write_row(JsonWriter& json, const PostSummary& row) {
  json.begin_object();
  json.key("slug").value(row.slug).key("title").value(row.title);
  json.member_unless_empty("summary", row.summary);
  write_date(json, "published", row.published);
  write_date(json, "modified", row.modified);
  write_texts(json, "tags", row.tags);
  write_texts(json, "authors", row.authors);
  if (row.image) {
    json.key("image");
    write_image(json, *row.image);
  }
  write_count(json, "words", row.words);
  json.member_unless_empty("language", row.language);
  write_reference_member(json, "body", row.body);
  json.end_object();
}

void write_rows(JsonWriter& json, std::string_view key, const std::vector<PostSummary>& rows) {
  if (rows.empty()) return;
  json.key(key).begin_array();
  for (const PostSummary& row : rows) write_row(json, row);
  json.end_array();
}

// Leaves the object open.
void begin_neighbor(JsonWriter& json, const Neighbor& neighbor) {
  json.begin_object().key("slug").value(neighbor.slug).key("title").value(neighbor.title);
}

void write_neighbor(JsonWriter& json, std::string_view key, const std::optional<Neighbor>& neighbor) {
  if (!neighbor) return;
  json.key(key);
  begin_neighbor(json, *neighbor);
  json.end_object();
}

void write_related(JsonWriter& json, const std::vector<RelatedPost>& related) {
  if (related.empty()) return;
  json.key("related").begin_array();
  for (const RelatedPost& each : related) {
    begin_neighbor(json, each.post);
    write_texts(json, "shared_tags", each.shared_tags);
    json.end_object();
  }
  json.end_array();
}

void write_comments(JsonWriter& json, const std::vector<PrebuiltComment>& comments) {
  if (comments.empty()) return;
  json.key("comments").begin_array();
  for (const PrebuiltComment& comment : comments) {
    json.begin_object().key("id").value(comment.id);
    json.member_unless_empty("parent", comment.parent).member_unless_empty("author", comment.author);
    json.member_unless_empty("author_url", comment.author_url);
    write_date(json, "published", comment.published);
    json.member_unless_empty("kind", comment.kind).key("text").value(comment.markdown).end_object();
  }
  json.end_array();
}

// Members that JSON Feed has no place for.
void write_extension(JsonWriter& json, const Post& post) {
  json.key("_octavo").begin_object();
  json.key("version").value(kBundleVersion).key("slug").value(post.summary.slug);
  if (post.is_page) json.key("type").value("page");
  json.key("format").value(post.html.empty() ? "markdown" : "html");
  write_count(json, "words", post.summary.words);
  if (post.summary.image) {
    ImageInfo details = *post.summary.image;
    details.url.clear();  // JSON Feed's "image" says it
    json.key("image");
    write_image(json, details);
  }
  if (!post.images.empty()) {
    json.key("images").begin_object();
    for (const auto& [spelling, image] : post.images) {
      json.key(spelling);
      write_image(json, image);
    }
    json.end_object();
  }
  if (!post.links.empty()) {
    json.key("links").begin_object();
    for (const auto& [spelling, path] : post.links) json.key(spelling).value(path);
    json.end_object();
  }
  write_texts(json, "code_runs", post.code_runs);
  write_neighbor(json, "older", post.older);
  write_neighbor(json, "newer", post.newer);
  write_related(json, post.related);
  if (post.series) {
    json.key("series").begin_object().key("name").value(post.series->name).key("slug").value(post.series->slug);
    json.key("part").value(post.series->part).key("count").value(post.series->count).end_object();
  }
  json.member_unless_empty("thread", post.thread);
  write_comments(json, post.comments);
  json.end_object();
}

}  // namespace

std::string write_manifest(const BundleManifest& manifest) {
  JsonWriter json(JsonWriter::Layout::Indented);
  json.begin_object().key("version").value(manifest.version);
  json.member_unless_empty("generator", manifest.generator);
  json.key("index");
  write_reference(json, manifest.index);
  json.key("total_rows").value(manifest.total_rows);
  write_files(json, "parts", manifest.parts);
  json.member_unless_empty("build_id", manifest.build_id);
  write_reference_member(json, "release", manifest.release);
  json.end_object();
  return json.take() + "\n";
}

std::string write_index_file(const IndexFile& index) {
  JsonWriter json;
  json.begin_object().key("version").value(kBundleVersion);
  if (index.site) write_site(json, *index.site);
  write_groups(json, index.groups);
  write_hyphenation(json, index.hyphenation);
  write_rows(json, "pages", index.pages);
  write_count(json, "first_row", index.first_row);
  write_files(json, "files", index.files);
  json.member_unless_empty("slug_fingerprints", index.slug_fingerprints);
  if (!index.group_counts.empty()) {
    json.key("group_counts");
    write_counts(json, index.group_counts);
  }
  write_group_rows(json, index.group_rows);
  write_rows(json, "posts", index.posts);
  json.end_object();
  return json.take();
}

std::string write_post(const Post& post) {
  const PostSummary& summary = post.summary;
  JsonWriter json;
  json.begin_object().key("id").value(post.id.empty() ? post_path(summary.slug) : post.id).key("title").value(summary.title);
  if (post.html.empty()) {
    json.key("content_text").value(post.markdown);
  } else {
    json.key("content_html").value(post.html);
  }
  json.member_unless_empty("summary", summary.summary);
  write_date(json, "date_published", summary.published);
  write_date(json, "date_modified", summary.modified);
  write_texts(json, "tags", summary.tags);
  if (!summary.authors.empty()) {
    json.key("authors").begin_array();
    for (const std::string& name : summary.authors) json.begin_object().key("name").value(name).end_object();
    json.end_array();
  }
  json.member_unless_empty("language", summary.language);
  if (summary.image) json.member_unless_empty("image", summary.image->url);
  write_extension(json, post);
  json.end_object();
  return json.take();
}

}  // namespace octavo
