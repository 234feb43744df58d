// Writes the release list.
#include "press/publish/release_list.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/base/url.h"
#include "core/content/bundle/bundle_format.h"
#include "press/base/sha256.h"
#include "press/output/hashed_file.h"
#include "press/publish/bundle_files.h"
#include "press/publish/web_manifest.h"

namespace octavo {

namespace {

// Hashes that cannot be compressed are most of a list, so they are cut to 96 bits, which still cannot be forged.
constexpr std::size_t kHashCharacters = 16;
constexpr std::string_view kScheme = "sha256-";
// Service workers refuse larger files. Posts of a pack that would be one are loaded one by one, and it has no hash in the list.
constexpr std::int64_t kMaxPackBytes = kMaxPostFileBytes;

std::string short_hash(const Sha256& hash) {
  return integrity_string(hash).substr(kScheme.size(), kHashCharacters);
}

// Files whose address says nothing about their content, but without which the site is not whole. Others (robots.txt, feeds) are
// for machines that do not read offline; icons are kept by the system that shows them.
bool belongs_to_release(std::string_view path) {
  return path.ends_with(".svg");
}

class ReleaseWriter {
 public:
  ReleaseWriter(const SitePages& pages, const std::vector<HyphenationFile>& hyphenation, OutputFolder& output)
      : pages_(pages), hyphenation_(hyphenation), output_(output) {}

  // `index` is the integrity of the index, which may change where nothing else does.
  Result<FileReference> write(std::string_view index) {
    JsonWriter json;
    json.begin_object().key("version").value(kBundleVersion).key("build_id").value(pages_.build_id);
    json.key("index").value(index.substr(kScheme.size(), kHashCharacters));
    write_files(json);
    write_deferred_files(json);
    write_pages(json);
    write_standalone(json);
    if (Status status = write_lists(json); !status) return status.error();
    if (Status status = write_packs(json); !status) return status.error();
    json.key("posts").value(static_cast<std::int64_t>(pages_.posts.size())).key("bytes").value(bytes_);
    json.end_object();
    return write_hashed_file(output_, "bundle/release", "json", json.take());
  }

 private:
  // All scripts, styles and programs of the reader files, except the conversation's.
  void write_files(JsonWriter& json) {
    const PublishedReaderFiles& files = pages_.files;
    json.key("files").begin_array();
    for (const std::string& path : output_.written()) {
      const FileReference file{encode_path(path), integrity_string(output_.hash_of(path))};
      const bool is_deferred = file.url == files.conversation.url || file.url == files.conversation_wasm.url;
      if (path.starts_with("assets/") && !is_deferred) write_file(json, file);
    }
    for (const HyphenationFile& patterns : hyphenation_) write_file(json, patterns.file);
    json.end_array();
  }

  static void write_file(JsonWriter& json, const FileReference& file) {
    json.begin_object().key("url").value(file.url).key("integrity").value(file.integrity).end_object();
  }

  // A third of all programs, which most visits do not need. The key is the one that kept releases and earlier workers have.
  void write_deferred_files(JsonWriter& json) {
    if (pages_.site.comments.endpoint.empty()) return;
    json.key("later").begin_array();
    write_file(json, pages_.files.conversation);
    write_file(json, pages_.files.conversation_wasm);
    json.end_array();
  }

  void write_pages(JsonWriter& json) {
    json.key("pages").begin_array();
    write_page(json, "", "index.html");
    for (const char* path : {kOfflinePath, kShellPath, kWebManifestPath}) write_page(json, path, path);
    if (has_share_page(pages_)) write_page(json, kSharePath, kSharePath);
    for (const auto& [path, bytes] : pages_.reader_files.public_files) {
      if (belongs_to_release(path)) write_page(json, encode_path(path), path);
    }
    json.end_array();
  }

  void write_page(JsonWriter& json, const std::string& address, const std::string& file) {
    json.begin_array().value(address).value(short_hash(output_.hash_of(file))).end_array();
  }

  // Pages that are in no list.
  void write_standalone(JsonWriter& json) {
    if (pages_.pages.empty()) return;
    json.key("standalone").begin_array();
    for (const Post& page : pages_.pages) write_page_hash(json, page);
    json.end_array();
  }

  void write_page_hash(JsonWriter& json, const Post& post) {
    const std::string& slug = post.summary.slug;
    json.begin_array().value(encode_path(slug));
    json.value(short_hash(output_.hash_of("posts/" + slug + "/index.html"))).end_array();
  }

  // The post of a row.
  const Post& post_of(std::size_t row) const { return pages_.posts[pages_.posts.size() - 1 - row]; }

  Status write_lists(JsonWriter& json) {
    json.key("lists").begin_array();
    const std::size_t count = pages_.posts.size();
    for (std::size_t begin = 0; begin < count; begin += kRowsPerPart) {
      JsonWriter part;
      part.begin_array();
      for (std::size_t row = begin; row < std::min<std::size_t>(begin + kRowsPerPart, count); ++row) {
        write_page_hash(part, post_of(row));
      }
      part.end_array();
      if (Status status = write_part(json, "bundle/release-list-", begin / kRowsPerPart, "json", part.take()); !status)
        return status;
    }
    json.end_array();
    return Unit{};
  }

  Status write_packs(JsonWriter& json) {
    json.key("packs").begin_array();
    const std::size_t count = pages_.posts.size();
    for (std::size_t begin = 0; begin < count; begin += kPostsPerPack) {
      std::string pack;
      std::int64_t bytes = 0;
      for (std::size_t row = begin; row < std::min(begin + kPostsPerPack, count); ++row) {
        const std::string lines = lines_of(row);
        bytes += static_cast<std::int64_t>(lines.size());
        if (bytes <= kMaxPackBytes) pack += lines;
      }
      bytes_ += bytes;
      json.begin_array();
      if (bytes > kMaxPackBytes) {
        json.value("");
      } else if (Status status = write_part(json, "bundle/release-pack-", begin / kPostsPerPack, "jsonl", pack); !status) {
        return status;
      }
      json.value(bytes).end_array();
    }
    json.end_array();
    return Unit{};
  }

  // A row's post, after its row file where that begins.
  std::string lines_of(std::size_t row) const {
    std::string lines;
    if (row % kRowsPerFile == 0) lines = write_index_file(row_file(pages_.posts, row / kRowsPerFile)) + '\n';
    return lines + write_post(post_of(row)) + '\n';
  }

  // Leaves the file's hash in `json`.
  Status write_part(JsonWriter& json, const std::string& stem, std::size_t number, const char* extension,
                    const std::string& bytes) {
    if (Result<FileReference> file = write_hashed_file(output_, stem + std::to_string(number + 1), extension, bytes); !file) {
      return file.error();
    }
    json.value(short_hash(sha256(bytes)));
    return Unit{};
  }

  const SitePages& pages_;
  const std::vector<HyphenationFile>& hyphenation_;
  OutputFolder& output_;
  std::int64_t bytes_ = 0;
};

}  // namespace

Status write_release(const SitePages& pages, const std::vector<HyphenationFile>& hyphenation, BundleManifest manifest,
                     OutputFolder& output) {
  if (pages.reader_files.has_reader) {
    Result<FileReference> list = ReleaseWriter(pages, hyphenation, output).write(manifest.index.integrity);
    if (!list) return list.error();
    manifest.build_id = pages.build_id;
    manifest.release = std::move(*list);
  }
  return output.write(std::string(kManifestFileName), write_manifest(manifest));
}

}  // namespace octavo
