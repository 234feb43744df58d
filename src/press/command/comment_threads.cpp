// octavo.json and the index files that it names.
#include "press/command/comment_threads.h"

#include <utility>

#include "core/base/url.h"
#include "core/content/bundle/bundle.h"
#include "press/base/text_file.h"
#include "press/output/output_folder.h"

namespace octavo {

namespace {

Result<IndexFile> load_index(const std::filesystem::path& site, const FileReference& reference) {
  OCTAVO_TRY(const std::string text, load_file(site / decode_percent(reference.url)));
  return parse_index_file(text, reference.url);
}

using Slugs = std::set<std::string, std::less<>>;

Status add_slugs(const std::filesystem::path& site, const FileReference& reference, Slugs& slugs) {
  OCTAVO_TRY(const IndexFile index, load_index(site, reference));
  for (const PostSummary& post : index.posts) slugs.insert(post.slug);
  for (const PostSummary& page : index.pages) slugs.insert(page.slug);
  return Unit();
}

}  // namespace

Status SiteThreads::update() {
  OCTAVO_TRY(std::string text, load_file(site_ / kManifestFileName));
  if (text == manifest_) return Unit();
  OCTAVO_TRY(const BundleManifest manifest, parse_manifest(text, kManifestFileName));
  Slugs slugs;
  OCTAVO_CHECK(add_slugs(site_, manifest.index, slugs));
  for (const FileReference& reference : manifest.parts) {
    OCTAVO_TRY(const IndexFile part, load_index(site_, reference));
    for (const FileReference& rows : part.files) OCTAVO_CHECK(add_slugs(site_, rows, slugs));
  }
  slugs_ = std::move(slugs);
  manifest_ = std::move(text);
  return Unit();
}

bool SiteThreads::has(std::string_view slug) {
  const std::scoped_lock lock(mutex_);
  static_cast<void>(update().ok());  // a site that cannot be read just now keeps its previous posts
  return slugs_.contains(slug);
}

}  // namespace octavo
