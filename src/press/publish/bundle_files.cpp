// Writing the bundle.
#include "press/publish/bundle_files.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "core/base/url.h"
#include "press/base/first_error.h"
#include "press/base/parallel.h"
#include "press/base/sha256.h"
#include "press/output/hashed_file.h"

namespace octavo {

namespace {

constexpr std::size_t kGroupHashDigits = 8;

constexpr std::size_t kMaxGroupSlugBytes = 200;  // file names end at 255, hash and extension included

// Names of signs alone ("C++" is "c", but "🎉" is nothing) and endless ones get a slug that no one has to type.
std::string slug_of_group(GroupInfo::Kind kind, const std::string& name) {
  constexpr std::string_view kPrefixes[] = {"tag-", "year-", "author-", "series-"};
  const std::string slug = slug_from_text(name);
  if (!slug.empty() && slug.size() <= kMaxGroupSlugBytes) return slug;
  return std::string(kPrefixes[static_cast<std::size_t>(kind)]) + hex_digits(sha256(name), kGroupHashDigits);
}

// Names that differ only in case or punctuation are one group, named as the newest post spells it. In order of appearance.
template <typename NamesOf>
std::vector<PostGroup> group_by(const std::vector<Post>& posts, GroupInfo::Kind kind, NamesOf names_of) {
  std::vector<PostGroup> groups;
  std::map<std::string, std::size_t> by_slug;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    for (const std::string& name : names_of(posts[i])) {
      const std::string slug = slug_of_group(kind, name);
      const auto [known, is_new] = by_slug.emplace(slug, groups.size());
      if (is_new) groups.push_back({{name, slug, 0, {}, kind}, {}});
      PostGroup& group = groups[known->second];
      if (group.posts.empty() || group.posts.back() != i) group.posts.push_back(i);
    }
  }
  for (PostGroup& group : groups) group.info.count = static_cast<std::uint32_t>(group.posts.size());
  return groups;
}

void sort_by_use(std::vector<PostGroup>& groups) {
  std::stable_sort(groups.begin(), groups.end(), [](const PostGroup& a, const PostGroup& b) {
    return a.info.count != b.info.count ? a.info.count > b.info.count : a.info.slug < b.info.slug;
  });
}

std::vector<std::string> unless_empty(std::string name) {
  return name.empty() ? std::vector<std::string>() : std::vector<std::string>{std::move(name)};
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
  std::vector<GroupInfo> groups;
  std::vector<PostSummary> pages;
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
      index.groups = std::move(head.groups);
      index.pages = std::move(head.pages);
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

std::vector<PostGroup> group_posts(const SiteInfo& site, const std::vector<Post>& posts) {
  std::vector<PostGroup> groups = group_by(posts, GroupInfo::Kind::Tag, [](const Post& post) { return post.summary.tags; });
  sort_by_use(groups);
  const auto append = [&](std::vector<PostGroup> more) { std::move(more.begin(), more.end(), std::back_inserter(groups)); };
  // Posts are sorted, and so years appear newest first.
  append(group_by(posts, GroupInfo::Kind::Year, [](const Post& post) { return unless_empty(year_of(post.summary)); }));
  std::vector<PostGroup> authors =
      group_by(posts, GroupInfo::Kind::Author, [&](const Post& post) { return author_names(site, post.summary); });
  sort_by_use(authors);
  // Of one author alone the list of all posts tells everything.
  if (authors.size() > 1) append(std::move(authors));
  std::vector<PostGroup> series = group_by(posts, GroupInfo::Kind::Series, [](const Post& post) {
    return unless_empty(post.series ? post.series->name : std::string());
  });
  // A series is read from its first part on.
  for (PostGroup& each : series) std::reverse(each.posts.begin(), each.posts.end());
  append(std::move(series));
  return groups;
}

void number_series(std::vector<Post>& posts, const std::vector<PostGroup>& groups) {
  for (const PostGroup& group : groups) {
    if (group.info.kind != GroupInfo::Kind::Series) continue;
    for (std::size_t i = 0; i < group.posts.size(); ++i) {
      posts[group.posts[i]].series =
          SeriesPart{group.info.name, group.info.slug, static_cast<std::uint32_t>(i + 1), group.info.count};
    }
  }
}

Result<BundleManifest> write_bundle(const SiteInfo& site, const std::string& generator, std::vector<Post>& posts,
                                    std::vector<Post>& pages, std::vector<PostGroup>& groups,
                                    const std::vector<HyphenationFile>& hyphenation, OutputFolder& output, Progress& progress) {
  progress.begin("Writing the bundle", posts.size() + pages.size());
  if (Status status = write_posts(posts, output, progress); !status) return status.error();
  if (Status status = write_posts(pages, output, progress); !status) return status.error();
  IndexHead head{site, {}, {}, hyphenation};
  for (PostGroup& group : groups) {
    std::vector<PostSummary> rows;
    for (const std::size_t rank : group.posts) rows.push_back(posts[rank].summary);
    const std::string stem = "bundle/" + std::string(group_folder(group.info.kind)) + "/" + group.info.slug;
    Result<FileReference> index = write_index(output, stem, rows, {});
    if (!index) return index.error();
    group.info.index = std::move(*index);
    head.groups.push_back(group.info);
  }
  for (const Post& page : pages) head.pages.push_back(page.summary);
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
