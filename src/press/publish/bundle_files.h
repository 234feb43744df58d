// The bundle on disk: a file for each post, and the index.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/content/bundle/bundle.h"
#include "press/base/progress.h"
#include "press/output/output_folder.h"

namespace octavo {

// A group and its posts, as ranks among all posts.
struct PostGroup {
  GroupInfo info;
  std::vector<std::size_t> posts;
};

// Newest first; undated posts last; equal dates by slug, so that the order never depends on the files' order.
void sort_posts(std::vector<Post>& posts);

// Tags, years, authors where there are several, and series (oldest post first) of sorted posts, in the order in which they are
// shown.
std::vector<PostGroup> group_posts(const SiteInfo& site, const std::vector<Post>& posts);
// Sets the part number of each post in a series.
void number_series(std::vector<Post>& posts, const std::vector<PostGroup>& groups);

// How many row files there are of `posts`, and the one with this number, from the oldest on. `posts` are sorted and know their
// files.
std::size_t row_file_count(const std::vector<Post>& posts);
IndexFile row_file(const std::vector<Post>& posts, std::size_t number);

// Writes everything below bundle/ and returns the content of octavo.json. `posts` are sorted; the summaries of posts and pages
// get the reference to their file.
Result<BundleManifest> write_bundle(const SiteInfo& site, const std::string& generator, std::vector<Post>& posts,
                                    std::vector<Post>& pages, const std::vector<PostGroup>& groups,
                                    const std::vector<HyphenationFile>& hyphenation, OutputFolder& output, Progress& progress);

}  // namespace octavo
