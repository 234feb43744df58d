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

void add_slugs(const IndexFile& index, std::set<std::string, std::less<>>& slugs) {
  for (const PostSummary& post : index.posts) slugs.insert(post.slug);
  for (const PostSummary& page : index.pages) slugs.insert(page.slug);
}

}  // namespace

Status SiteThreads::update() {
  OCTAVO_TRY(std::string text, load_file(site_ / kManifestFileName));
  if (text == manifest_) return Unit();
  OCTAVO_TRY(const BundleManifest manifest, parse_manifest(text, kManifestFileName));
  OCTAVO_TRY(const IndexFile first, load_index(site_, manifest.index));
  std::set<std::string, std::less<>> slugs;
  add_slugs(first, slugs);
  for (std::size_t i = 1; i < first.files.size(); ++i) {
    OCTAVO_TRY(const IndexFile index, load_index(site_, first.files[i]));
    add_slugs(index, slugs);
  }
  slugs_ = std::move(slugs);
  manifest_ = std::move(text);
  return Unit();
}

bool SiteThreads::has(std::string_view slug) {
  const std::scoped_lock lock(mutex_);
  static_cast<void>(update().ok());  // a site that cannot be read just now is the one of before
  return slugs_.contains(slug);
}

}  // namespace octavo
