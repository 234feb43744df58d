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
  enum class Kind : std::uint8_t { Manifest, Head, Part, Rows, PostBody, Hyphenation };
  Kind kind = Kind::Manifest;
  std::string slug;      // PostBody; Hyphenation: the language
  std::size_t file = 0;  // Part, Rows: its number
  FileReference reference;

  bool is_same(const ResourceRequest& other) const {
    return kind == other.kind && slug == other.slug && file == other.file && reference.url == other.reference.url;
  }
};

using ResourceRequests = std::vector<ResourceRequest>;

class Catalog {
 public:
  // Reads the file that was requested. Files of a release that has since been replaced are ignored. On an error
  // nothing changes.
  Status take(const ResourceRequest& want, std::string_view bytes);

  // The bundle may have been replaced by a newer release: what is known stays until the new octavo.json arrives.
  void expect_new_release();
  // The new release could not be loaded: what is known is valid again.
  void keep_old_release() { is_reloading_ = false; }

  // What is still missing before anything can be shown; nothing = posts() may be called. The newest parts are included, so that
  // most links lead to posts that can be found.
  ResourceRequests missing_for_site(const std::string& bundle_url) const;
  // What to read before these rows of a list are known, as far as that can be said now. `group` is null for the main list.
  ResourceRequests missing_for_rows(const GroupInfo* group, std::uint64_t first, std::size_t count) const;
  // What to read to find a post that no known row names.
  ResourceRequests missing_to_find(const std::string& slug) const;
  ResourceRequests missing_parts() const;

  const SiteInfo& site() const { return site_; }
  const std::vector<GroupInfo>& groups() const { return groups_; }
  // The group of the route, or nullptr.
  const GroupInfo* find_group(const Route& route) const;
  // The list's rows and how many it has. Precondition: missing_for_rows() gave nothing.
  std::vector<PostSummary> rows(const GroupInfo* group, std::uint64_t first, std::size_t count) const;
  std::uint32_t total(const GroupInfo* group) const;

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
  Status take_head(const ResourceRequest& want, std::string_view bytes);
  Status take_part(const ResourceRequest& want, std::string_view bytes);
  Status take_rows(const ResourceRequest& want, std::string_view bytes);
  Status take_hyphenation(const ResourceRequest& want, std::string_view bytes);
  Status take_post(const ResourceRequest& want, std::string_view bytes);

  void count_groups();
  RowNumbers row_numbers(const GroupInfo* group, std::uint64_t first, std::size_t count) const;
  ResourceRequests requests_for_parts(const std::vector<std::size_t>& numbers) const;
  ResourceRequests requests_for_rows(const std::vector<std::size_t>& numbers) const;

  std::optional<BundleManifest> manifest_;
  std::string head_url_;  // of the head that has been read
  bool is_reloading_ = false;
  SiteInfo site_;
  std::vector<GroupInfo> head_groups_;  // as the head has them
  std::vector<GroupInfo> groups_;       // with their counts, in the order in which they are shown
  std::vector<PostSummary> pages_;
  std::optional<RowList> posts_;
  std::vector<HyphenationFile> hyphenation_files_;  // not asked for yet
  std::vector<HyphenationPatterns> hyphenation_;
  std::map<std::string, std::shared_ptr<const Post>, std::less<>> feed_posts_;  // all of a feed's
  PostCache cache_;                                                             // some of a bundle's
};

}  // namespace octavo
