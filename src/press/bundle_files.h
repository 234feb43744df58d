// The bundle on disk: a file per post, the site's index and one per tag, and octavo.json.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/content/bundle.h"
#include "press/output_folder.h"
#include "press/progress.h"

namespace octavo {

// One tag and its posts, as ranks among all posts.
struct TagGroup {
  TagInfo tag;
  std::vector<std::size_t> posts;
};

// Newest first; undated posts last; equal dates by slug, so that the order never depends on the files' order.
void sort_posts(std::vector<Post>& posts);

// Tags that differ only in case or punctuation are one, named as the newest post spells it. Most used first, then by name.
std::vector<TagGroup> group_by_tag(const std::vector<Post>& posts);

// Writes everything below bundle/ and returns what octavo.json has to say. `posts` are sorted; their summaries get the reference
// to their file, and the groups the one to their index.
Result<BundleManifest> write_bundle(const SiteInfo& site, const std::string& generator, std::vector<Post>& posts,
                                    std::vector<TagGroup>& groups, const std::vector<HyphenationFile>& hyphenation,
                                    OutputFolder& output, Progress& progress);

}  // namespace octavo
