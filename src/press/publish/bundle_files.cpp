// Writes the bundle.
#include "press/publish/bundle_files.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "core/base/url.h"
#include "core/content/bundle/bundle_format.h"
#include "press/base/first_error.h"
#include "press/base/parallel.h"
#include "press/base/sha256.h"
#include "press/output/hashed_file.h"

namespace octavo {

namespace {

constexpr std::size_t kGroupHashDigits = 8;

constexpr std::size_t kMaxGroupSlugBytes = 200;  // file names end at 255, hash and extension included

// Names without letters ("C++" is "c", but "🎉" is nothing) and overlong ones get a slug that no one has to type.
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
      if (is_new) groups.push_back({{name, slug, 0, kind}, {}});
      PostGroup& group = groups[known->second];
      if (group.posts.empty() || group.posts.back() != i) group.posts.push_back(i);
    }
  }
  for (PostGroup& group : groups) group.info.count = static_cast<std::uint32_t>(group.posts.size());
  return groups;
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

// A file whose number follows its stem; the first one has 1.
Result<FileReference> write_numbered(OutputFolder& output, const std::string& stem, std::size_t number, const IndexFile& file) {
  return write_hashed_file(output, stem + "-" + std::to_string(number + 1), "json", write_index_file(file));
}

// Which rows of the part from `begin` to `end` each group has.
std::vector<GroupRows> rows_of_groups(const std::vector<PostGroup>& groups, std::size_t posts, std::size_t begin,
                                      std::size_t end) {
  std::vector<GroupRows> found;
  for (const PostGroup& group : groups) {
    GroupRows own{group.info.kind, group.info.slug, {}};
    for (const std::size_t rank : group.posts) {
      const std::size_t row = posts - 1 - rank;
      if (row >= begin && row < end) own.rows.push_back(static_cast<std::uint32_t>(row - begin));
    }
    std::sort(own.rows.begin(), own.rows.end());
    if (!own.rows.empty()) found.push_back(std::move(own));
  }
  // Groups are sorted by use, which changes with each post.
  std::stable_sort(found.begin(), found.end(),
                   [](const GroupRows& a, const GroupRows& b) { return a.kind != b.kind ? a.kind < b.kind : a.slug < b.slug; });
  return found;
}

class IndexWriter {
 public:
  IndexWriter(const std::vector<Post>& posts, const std::vector<PostGroup>& groups, OutputFolder& output)
      : posts_(posts), groups_(groups), output_(output) {}

  Result<std::vector<FileReference>> write_parts() {
    std::vector<FileReference> parts;
    for (std::size_t begin = 0; begin < posts_.size(); begin += kRowsPerPart) {
      Result<FileReference> part = write_part(begin);
      if (!part) return part.error();
      parts.push_back(std::move(*part));
    }
    return parts;
  }

  Result<FileReference> write_head(const SiteInfo& site, const std::vector<Post>& pages,
                                   const std::vector<HyphenationFile>& hyphenation) {
    IndexFile head;
    head.site = site;
    for (GroupInfo& group : sorted_groups()) {
      group.count = 0;
      head.groups.push_back(std::move(group));
    }
    for (const Post& page : pages) head.pages.push_back(page.summary);
    head.hyphenation = hyphenation;
    return write_hashed_file(output_, "bundle/index", "json", write_index_file(head));
  }

 private:
  // As in the head.
  std::vector<GroupInfo> sorted_groups() const {
    std::vector<GroupInfo> groups;
    for (const PostGroup& group : groups_) groups.push_back(group.info);
    std::stable_sort(groups.begin(), groups.end(),
                     [](const GroupInfo& a, const GroupInfo& b) { return a.kind != b.kind ? a.kind < b.kind : a.slug < b.slug; });
    return groups;
  }

  Result<FileReference> write_part(std::size_t begin) {
    const std::size_t end = std::min<std::size_t>(begin + kRowsPerPart, posts_.size());
    IndexFile part;
    part.first_row = static_cast<std::uint32_t>(begin);
    part.group_rows = rows_of_groups(groups_, posts_.size(), begin, end);
    for (std::size_t row = begin; row < end; row += kRowsPerFile) {
      const IndexFile rows = row_file(posts_, row / kRowsPerFile);
      for (const PostSummary& post : rows.posts) part.slug_fingerprints += slug_fingerprint(post.slug);
      Result<FileReference> file = write_numbered(output_, "bundle/rows", row / kRowsPerFile, rows);
      if (!file) return file.error();
      part.files.push_back(std::move(*file));
    }
    if (end == posts_.size()) {
      for (const GroupInfo& group : sorted_groups()) part.group_counts.push_back(group.count);
    }
    return write_numbered(output_, "bundle/index", begin / kRowsPerPart, part);
  }

  const std::vector<Post>& posts_;
  const std::vector<PostGroup>& groups_;
  OutputFolder& output_;
};

// Only what surrounds the text (comments, addresses) can make the file too large: the text has been held to its limit before.
Result<FileReference> write_post_file(const Post& post, OutputFolder& output) {
  const std::string path = "bundle/posts/" + post.summary.slug;
  const std::string json = write_post(post);
  if (json.size() <= kMaxPostFileBytes) return write_hashed_file(output, path, "json", json);
  return Error{ErrorCode::TooLarge,
               "The post with its comments and addresses takes " + std::to_string(json.size()) + " bytes, and readers take " +
                   std::to_string(kMaxPostFileBytes) + "; split it into several posts.",
               post.summary.slug};
}

Status write_posts(std::vector<Post>& posts, OutputFolder& output, Progress& progress) {
  FirstError first_error;
  for_each_in_parallel(
      posts.size(), [] { return 0; },
      [&](int, std::size_t i) {
        PostSummary& summary = posts[i].summary;
        Result<FileReference> file = write_post_file(posts[i], output);
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
  const auto append = [&](std::vector<PostGroup> more) { std::move(more.begin(), more.end(), std::back_inserter(groups)); };
  append(group_by(posts, GroupInfo::Kind::Year, [](const Post& post) { return unless_empty(year_of(post.summary)); }));
  std::vector<PostGroup> authors =
      group_by(posts, GroupInfo::Kind::Author, [&](const Post& post) { return author_names(site, post.summary); });
  // With a single author, that list would be the list of all posts.
  if (authors.size() > 1) append(std::move(authors));
  std::vector<PostGroup> series = group_by(posts, GroupInfo::Kind::Series, [](const Post& post) {
    return unless_empty(post.series ? post.series->name : std::string());
  });
  // A series is read from its first part on.
  for (PostGroup& each : series) std::reverse(each.posts.begin(), each.posts.end());
  append(std::move(series));
  std::stable_sort(groups.begin(), groups.end(),
                   [](const PostGroup& a, const PostGroup& b) { return is_shown_before(a.info, b.info); });
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

std::size_t row_file_count(const std::vector<Post>& posts) {
  return (posts.size() + kRowsPerFile - 1) / kRowsPerFile;
}

IndexFile row_file(const std::vector<Post>& posts, std::size_t number) {
  IndexFile file;
  const std::size_t begin = number * kRowsPerFile;
  file.first_row = static_cast<std::uint32_t>(begin);
  for (std::size_t row = begin; row < std::min<std::size_t>(begin + kRowsPerFile, posts.size()); ++row) {
    file.posts.push_back(posts[posts.size() - 1 - row].summary);
  }
  return file;
}

Result<BundleManifest> write_bundle(const SiteInfo& site, const std::string& generator, std::vector<Post>& posts,
                                    std::vector<Post>& pages, const std::vector<PostGroup>& groups,
                                    const std::vector<HyphenationFile>& hyphenation, OutputFolder& output, Progress& progress) {
  progress.begin("Writing the bundle", posts.size() + pages.size());
  if (Status status = write_posts(posts, output, progress); !status) return status.error();
  if (Status status = write_posts(pages, output, progress); !status) return status.error();
  IndexWriter index(posts, groups, output);
  Result<std::vector<FileReference>> parts = index.write_parts();
  if (!parts) return parts.error();
  Result<FileReference> head = index.write_head(site, pages, hyphenation);
  if (!head) return head.error();
  BundleManifest manifest;
  manifest.generator = generator;
  manifest.index = std::move(*head);
  manifest.total_rows = static_cast<std::uint32_t>(posts.size());
  manifest.parts = std::move(*parts);
  return manifest;
}

}  // namespace octavo
