// Writing the bundle.
#include "press/bundle_files.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "core/base/url.h"
#include "press/first_error.h"
#include "press/hashed_file.h"
#include "press/parallel.h"
#include "press/sha256.h"

namespace octavo {

namespace {

constexpr std::size_t kTagHashDigits = 8;

constexpr std::size_t kMaxTagSlugBytes = 200;  // file names end at 255, hash and extension included

// Tags of signs alone ("C++" is "c", but "🎉" is nothing) and endless ones get a name that no one has to type.
std::string tag_slug(const std::string& name) {
  const std::string slug = slug_from_text(name);
  return slug.empty() || slug.size() > kMaxTagSlugBytes ? "tag-" + hex_digits(sha256(name), kTagHashDigits) : slug;
}

bool is_newer(const Post& a, const Post& b) {
  const auto& a_date = a.summary.published;
  const auto& b_date = b.summary.published;
  if (a_date.has_value() != b_date.has_value()) return a_date.has_value();
  if (a_date && a_date->unix_seconds != b_date->unix_seconds) return a_date->unix_seconds > b_date->unix_seconds;
  return a.summary.slug < b.summary.slug;
}

// What the site's own index says beyond its rows.
struct IndexHead {
  std::optional<SiteInfo> site;
  std::vector<TagInfo> tags;
  std::vector<HyphenationFile> hyphenation;
};

// Writes the files of one index, the last one first, since the first one names the others.
Result<FileReference> write_index(OutputFolder& output, const std::string& stem, const std::vector<PostSummary>& rows,
                                  IndexHead head) {
  const std::size_t count = std::max<std::size_t>(1, (rows.size() + kMaxRowsPerIndexFile - 1) / kMaxRowsPerIndexFile);
  std::vector<FileReference> files(count);
  for (std::size_t i = count; i-- > 0;) {
    const std::size_t begin = i * kMaxRowsPerIndexFile;
    const std::size_t end = std::min(begin + kMaxRowsPerIndexFile, rows.size());
    IndexFile index;
    index.posts.assign(rows.begin() + static_cast<std::ptrdiff_t>(begin), rows.begin() + static_cast<std::ptrdiff_t>(end));
    index.first_row = static_cast<std::uint32_t>(begin);
    index.total_rows = static_cast<std::uint32_t>(rows.size());
    if (i == 0) {
      index.files = files;
      index.site = std::move(head.site);
      index.tags = std::move(head.tags);
      index.hyphenation = std::move(head.hyphenation);
    }
    const std::string name = i == 0 ? stem : stem + "-" + std::to_string(i + 1);
    Result<FileReference> file = write_hashed_file(output, name, "json", write_index_file(index));
    if (!file) return file.error();
    files[i] = std::move(*file);
  }
  return files.front();
}

Status write_posts(std::vector<Post>& posts, OutputFolder& output, Progress& progress) {
  FirstError first_error;
  progress.begin("Writing the bundle", posts.size());
  for_each_in_parallel(
      posts.size(), [] { return 0; },
      [&](int, std::size_t i) {
        PostSummary& summary = posts[i].summary;
        Result<FileReference> file = write_hashed_file(output, "bundle/posts/" + summary.slug, "json", write_post(posts[i]));
        if (file) {
          summary.body = std::move(*file);
        } else {
          first_error.add(i, file.error());
        }
        progress.step();
      });
  return first_error.status();
}

}  // namespace

void sort_posts(std::vector<Post>& posts) {
  std::stable_sort(posts.begin(), posts.end(), is_newer);
}

std::vector<TagGroup> group_by_tag(const std::vector<Post>& posts) {
  std::vector<TagGroup> groups;
  std::map<std::string, std::size_t> by_slug;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    for (const std::string& name : posts[i].summary.tags) {
      const std::string slug = tag_slug(name);
      const auto [known, is_new] = by_slug.emplace(slug, groups.size());
      if (is_new) groups.push_back({{name, slug, 0, {}}, {}});
      TagGroup& group = groups[known->second];
      if (group.posts.empty() || group.posts.back() != i) group.posts.push_back(i);
    }
  }
  for (TagGroup& group : groups) group.tag.count = static_cast<std::uint32_t>(group.posts.size());
  std::stable_sort(groups.begin(), groups.end(), [](const TagGroup& a, const TagGroup& b) {
    return a.tag.count != b.tag.count ? a.tag.count > b.tag.count : a.tag.slug < b.tag.slug;
  });
  return groups;
}

Result<BundleManifest> write_bundle(const SiteInfo& site, const std::string& generator, std::vector<Post>& posts,
                                    std::vector<TagGroup>& groups, const std::vector<HyphenationFile>& hyphenation,
                                    OutputFolder& output, Progress& progress) {
  if (Status status = write_posts(posts, output, progress); !status) return status.error();
  IndexHead head{site, {}, hyphenation};
  for (TagGroup& group : groups) {
    std::vector<PostSummary> rows;
    for (const std::size_t rank : group.posts) rows.push_back(posts[rank].summary);
    Result<FileReference> index = write_index(output, "bundle/tags/" + group.tag.slug, rows, {});
    if (!index) return index.error();
    group.tag.index = std::move(*index);
    head.tags.push_back(group.tag);
  }
  std::vector<PostSummary> rows;
  for (const Post& post : posts) rows.push_back(post.summary);
  Result<FileReference> index = write_index(output, "bundle/index", rows, std::move(head));
  if (!index) return index.error();
  BundleManifest manifest;
  manifest.generator = generator;
  manifest.index = std::move(*index);
  return manifest;
}

}  // namespace octavo
