// What the reader knows of the bundle: the site, the rows of its lists and the posts read last, filled from files as they arrive.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/content/bundle/bundle.h"
#include "core/layout/text/hyphenation.h"
#include "core/page/route.h"
#include "core/reader/post_cache.h"
#include "core/reader/row_list.h"

namespace octavo {

// A file of the bundle, and what for.
struct ResourceRequest {
  enum class Kind : std::uint8_t { Manifest, Index, TagIndex, PostBody, Hyphenation };
  Kind kind = Kind::Manifest;
  std::string slug;      // PostBody; TagIndex: the path of the list; Hyphenation: the language
  std::size_t file = 0;  // Index, TagIndex
  FileReference reference;

  bool is_same(const ResourceRequest& other) const {
    return kind == other.kind && slug == other.slug && file == other.file && reference.url == other.reference.url;
  }
};

class Catalog {
 public:
  // Takes over the file that was wanted. Files of a release that has been replaced meanwhile are passed over. On an error
  // nothing changes.
  Status take(const ResourceRequest& want, std::string_view bytes);

  // The bundle may have been replaced by a newer release: what is known stays until the new first index file arrives.
  void expect_new_release();
  // The new release could not be had: what is known is good enough again.
  void keep_old_release() { is_reloading_ = false; }

  // What is still missing before anything can be shown; nothing = posts() may be called.
  std::optional<ResourceRequest> missing_for_site(const std::string& bundle_url);
  // The next index file to read before all rows are known.
  std::optional<ResourceRequest> missing_for_all_rows() const;
  // The index file to read before these rows of the list are known. `tag` is null for the main list.
  std::optional<ResourceRequest> missing_for_rows(const GroupInfo* tag, std::uint64_t first, std::size_t count) const;

  const SiteInfo& site() const { return site_; }
  const std::vector<GroupInfo>& groups() const { return groups_; }
  // The group of the route, or nullptr.
  const GroupInfo* find_group(const Route& route) const;
  bool has_posts() const { return posts_.has_value(); }
  // Precondition: has_posts().
  const RowList& posts() const;
  // The tag's list, made from the rows where it has no files. Precondition: missing_for_rows() gave nothing.
  const RowList& tag_list(const GroupInfo& tag);

  // The version of a post that may be shown: the one that the index names, or any while the index does not know it.
  std::shared_ptr<const Post> find_post(const std::string& slug);
  // The file of a post that is listed; nothing for one that is not.
  std::optional<ResourceRequest> missing_for_post(const std::string& slug) const;

  // The patterns of a language that nobody has asked for yet; nothing when the site has none.
  std::optional<ResourceRequest> missing_hyphenation(std::string_view language);
  // In the order in which they arrived; never fewer.
  const std::vector<HyphenationPatterns>& hyphenation() const { return hyphenation_; }

  // Stable text for tests.
  std::string dump() const;

 private:
  Status take_manifest(std::string_view bytes, std::string_view where);
  Status take_feed(std::string_view bytes, std::string_view where);
  Status take_index(const ResourceRequest& want, std::string_view bytes);
  Status take_tag_index(const ResourceRequest& want, std::string_view bytes);
  Status take_hyphenation(const ResourceRequest& want, std::string_view bytes);
  Status take_post(const ResourceRequest& want, std::string_view bytes);

  std::optional<BundleManifest> manifest_;
  std::string index_url_;  // of the first index file that has been read
  bool is_reloading_ = false;
  SiteInfo site_;
  std::vector<GroupInfo> groups_;
  std::vector<PostSummary> pages_;
  std::optional<RowList> posts_;
  std::vector<HyphenationFile> hyphenation_files_;  // not asked for yet
  std::vector<HyphenationPatterns> hyphenation_;
  std::map<std::string, RowList, std::less<>> tag_lists_;                       // by path
  std::map<std::string, std::shared_ptr<const Post>, std::less<>> feed_posts_;  // all of a feed's
  PostCache cache_;                                                             // some of a bundle's
};

}  // namespace octavo
