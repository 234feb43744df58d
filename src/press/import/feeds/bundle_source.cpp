// octavo.json, the index files, the posts, and the media they name.
#include "press/import/feeds/bundle_source.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "core/base/url.h"
#include "core/content/bundle/bundle_format.h"
#include "press/base/sha256.h"
#include "press/base/text_file.h"
#include "press/import/common/html_markdown.h"
#include "press/output/output_folder.h"
#include "press/source/content_folder.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kMediaFolder = "media/";
constexpr std::size_t kHashDigits = 8;

bool is_hash(std::string_view text) {
  return text.size() == kHashDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

struct MediaName {
  std::string plain;  // "measures.svg"
  std::string hash;
};

// "media/measures.0123abcd.svg"
MediaName media_name(std::string_view path) {
  path.remove_prefix(kMediaFolder.size());
  const std::size_t slash = path.rfind('/');
  std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  for (std::size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1)) {
    const std::string_view hash = name.substr(dot + 1, kHashDigits);
    const std::size_t end = dot + 1 + kHashDigits;
    const bool is_it = is_hash(hash) && (end == name.size() || name[end] == '.');
    if (is_it) return {std::string(name.substr(0, dot)) + std::string(name.substr(end)), std::string(hash)};
  }
  return {std::string(name), hex_digits(sha256(name), kHashDigits)};
}

class BundleReader {
 public:
  BundleReader(fs::path root, ImportContext& context) : root_(std::move(root)), context_(context) {}

  Status read() {
    const Result<std::string> manifest_text = load_file(root_ / kManifestFileName);
    if (!manifest_text) return manifest_text.error();
    const Result<BundleManifest> manifest = parse_manifest(*manifest_text, shown(std::string(kManifestFileName)));
    if (!manifest) return manifest.error();
    const Result<IndexFile> head = load_index(manifest->index);
    if (!head) return head.error();
    if (head->site) context_.site.site = *head->site;
    for (const PostSummary& page : head->pages) read_post(page);
    // The newest post first.
    for (std::size_t i = manifest->parts.size(); i-- > 0;) {
      if (Status status = read_part(manifest->parts[i]); !status) return status;
    }
    return Unit{};
  }

 private:
  std::string shown(const std::string& relative) const { return (root_ / relative).lexically_normal().generic_string(); }

  // The bytes with the hash that the bundle states, from inside the folder.
  Result<std::string> load_promised(const FileReference& reference) const {
    const Result<fs::path> path = path_of(reference.url);
    if (!path) return path.error();
    Result<std::string> bytes = load_file(*path);
    if (!bytes) return bytes;
    if (!reference.integrity.empty() && integrity_string(sha256(*bytes)) != reference.integrity) {
      return Error{ErrorCode::Mismatch, "The file is not the one that the bundle names: its hash differs.",
                   path->generic_string()};
    }
    return bytes;
  }

  Result<fs::path> path_of(const std::string& url) const {
    const std::optional<std::string> relative = join_inside("", decode_percent(url));
    const auto error = [&] { return Error{ErrorCode::BadValue, "The address leads out of the folder.", url}; };
    if (!relative || relative->find('\0') != std::string::npos) return error();
    std::error_code failed;
    const fs::path real_root = fs::canonical(root_, failed);
    const fs::path real = fs::weakly_canonical(root_ / *relative, failed);
    if (std::mismatch(real_root.begin(), real_root.end(), real.begin(), real.end()).first != real_root.end()) return error();
    return root_ / *relative;
  }

  Result<IndexFile> load_index(const FileReference& reference) const {
    const Result<std::string> text = load_promised(reference);
    if (!text) return text.error();
    return parse_index_file(*text, shown(reference.url));
  }

  Status read_part(const FileReference& reference) {
    const Result<IndexFile> part = load_index(reference);
    if (!part) return part.error();
    for (std::size_t i = part->files.size(); i-- > 0;) {
      const Result<IndexFile> rows = load_index(part->files[i]);
      if (!rows) return rows.error();
      for (std::size_t k = rows->posts.size(); k-- > 0;) read_post(rows->posts[k]);
    }
    return Unit{};
  }

  void read_post(const PostSummary& row) {
    const ImportLocation location{shown(row.body.url), 0, 0};
    const Result<std::string> text = load_promised(row.body);
    const Result<Post> post = text ? parse_post(*text, location.file) : Result<Post>(text.error());
    if (!post) {
      context_.report.read("posts");
      context_.report.failed("posts", post.error().message, location, row.slug);
      context_.problem(location, post.error().message);
      return;
    }
    add_post(*post, location);
  }

  void add_post(const Post& post, const ImportLocation& location) {
    const PostSummary& summary = post.summary;
    ImportedPost imported;
    imported.location = location;
    imported.source_id = summary.slug;
    if (post.is_page) imported.kind = "page";
    imported.id = post.id;
    imported.thread = post.thread;
    if (post.series) imported.series = post.series->name;
    for (const PrebuiltComment& comment : post.comments) {
      imported.comments.push_back({comment.id, comment.parent, comment.author, comment.author_url, comment.published,
                                   comment.kind.empty() ? "comment" : comment.kind, comment.markdown});
    }
    imported.slug = usable_slug(summary.slug, summary.title, "post");
    imported.title = summary.title;
    imported.summary = summary.summary;
    imported.language = summary.language;
    imported.published = summary.published;
    imported.modified = summary.modified;
    imported.authors = summary.authors;
    imported.tags = summary.tags;
    imported.markdown = post.html.empty() ? post.markdown : markdown_from_html(post.html);
    if (summary.image) imported.image = address_of(summary.image->url, location);
    for (const auto& [spelling, image] : post.images) {
      if (is_relative_url(image.url)) imported.addresses[spelling] = address_of(image.url, location);
    }
    for (const auto& [spelling, path] : post.links) imported.addresses[spelling] = address_of(path, location);
    imported.visibility = visibility_at(Visibility::Public, imported, context_.now);
    context_.add(std::move(imported));
  }

  // As a reference from the top of the content folder.
  std::string address_of(const std::string& url, const ImportLocation& location) {
    if (!is_relative_url(url)) return url;
    if (url.starts_with(kMediaFolder)) {
      const std::size_t end = std::min(url.find_first_of("?#"), url.size());
      return add_media(url.substr(0, end), location) + url.substr(end);
    }
    constexpr std::string_view kPosts = "posts/";
    if (url.starts_with(kPosts)) return "/" + url.substr(kPosts.size());
    return "/" + url;
  }

  std::string add_media(const std::string& url, const ImportLocation& location) {
    const auto known = media_.find(url);
    if (known != media_.end()) return known->second;
    const std::string path = decode_percent(url);
    const MediaName name = media_name(path);
    // Two files with one name get different folders.
    std::string to = "media/" + name.plain;
    if (!media_names_.insert(to).second) to = "media/" + name.hash + "/" + name.plain;
    if (const Result<fs::path> from = path_of(url)) {
      context_.site.files.push_back({*from, to});
    } else {
      context_.problem(location, from.error().message);
    }
    return media_[url] = "/" + encode_path(to);
  }

  fs::path root_;
  ImportContext& context_;
  std::map<std::string, std::string> media_;  // address in the bundle -> address in content/
  std::set<std::string> media_names_;
};

}  // namespace

bool is_built_site(const fs::path& folder) {
  std::error_code error;
  return fs::exists(folder / kManifestFileName, error);
}

Status read_built_site(const fs::path& folder, ImportContext& context) {
  return BundleReader(folder, context).read();
}

}  // namespace octavo
