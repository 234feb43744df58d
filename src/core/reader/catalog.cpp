// What the reader knows of the bundle: the site, the rows of its lists and the posts read last, filled from files as they arrive.
#include "core/reader/catalog.h"

#include <algorithm>
#include <iterator>

#include "core/base/assert.h"
#include "core/page/page_frame.h"
#include "core/page/strings.h"

namespace octavo {

namespace {

bool is_of_group(const SiteInfo& site, const PostSummary& post, const GroupInfo& group) {
  if (group.kind == GroupInfo::Kind::Year) return year_of(post) == group.slug;
  const std::vector<std::string> names = group.kind == GroupInfo::Kind::Author ? author_names(site, post) : post.tags;
  return std::find(names.begin(), names.end(), group.name) != names.end();
}

// Which rows of a feed belong to each group; `rows` are the newest first.
std::vector<GroupRows> rows_of_groups(const SiteInfo& site, const std::vector<PostSummary>& rows,
                                      const std::vector<GroupInfo>& groups) {
  std::vector<GroupRows> found;
  for (const GroupInfo& group : groups) {
    GroupRows own{group.kind, group.slug, {}};
    for (std::size_t i = rows.size(); i-- > 0;) {
      if (is_of_group(site, rows[i], group)) own.rows.push_back(static_cast<std::uint32_t>(rows.size() - 1 - i));
    }
    found.push_back(std::move(own));
  }
  return found;
}

bool is_same_file(const FileReference& a, const FileReference& b) {
  return a.url == b.url && a.integrity == b.integrity;
}

bool are_same_files(const std::vector<FileReference>& a, const std::vector<FileReference>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), is_same_file);
}

// Each of these holds 128 posts.
constexpr std::size_t kPartsReadAtOnce = 2;

}  // namespace

// ---- Files ---------------------------------------------------------------------------------------------------------------

Status Catalog::take(const ResourceRequest& want, std::string_view bytes) {
  switch (want.kind) {
    case ResourceRequest::Kind::Manifest:
      return is_json_feed(bytes) ? take_feed(bytes, want.reference.url) : take_manifest(bytes, want.reference.url);
    case ResourceRequest::Kind::Head:
      return take_head(want, bytes);
    case ResourceRequest::Kind::Part:
      return take_part(want, bytes);
    case ResourceRequest::Kind::Rows:
      return take_rows(want, bytes);
    case ResourceRequest::Kind::PostBody:
      return take_post(want, bytes);
    case ResourceRequest::Kind::Hyphenation:
      return take_hyphenation(want, bytes);
  }
  return Unit();
}

Status Catalog::take_manifest(std::string_view bytes, std::string_view where) {
  Result<BundleManifest> parsed = parse_manifest(bytes, where);
  if (!parsed) return parsed.error();
  manifest_ = std::move(*parsed);
  const bool is_known =
      posts_ && posts_->total() == manifest_->total_rows && are_same_files(posts_->part_references(), manifest_->parts);
  if (!is_known) posts_.emplace(manifest_->total_rows, manifest_->parts);
  is_reloading_ = false;
  return Unit();
}

Status Catalog::take_feed(std::string_view bytes, std::string_view where) {
  Diagnostics diagnostics;
  Result<OpenedFeed> opened = parse_json_feed(bytes, where, diagnostics);
  if (!opened) return opened.error();
  manifest_.reset();
  head_url_ = where;
  site_ = std::move(opened->site);
  groups_ = std::move(opened->groups);
  std::vector<PostSummary> rows;
  for (const Post& post : opened->posts) rows.push_back(post.summary);
  posts_.emplace(rows, rows_of_groups(site_, rows, groups_));
  feed_posts_.clear();
  for (Post& post : opened->posts) {
    std::string slug = post.summary.slug;
    feed_posts_.emplace(std::move(slug), std::make_shared<const Post>(std::move(post)));
  }
  is_reloading_ = false;
  return Unit();
}

Status Catalog::take_head(const ResourceRequest& want, std::string_view bytes) {
  if (!posts_ || !manifest_ || manifest_->index.url != want.reference.url) return Unit();
  Result<IndexFile> parsed = parse_index_file(bytes, want.reference.url);
  if (!parsed) return parsed.error();
  site_ = std::move(parsed->site).value_or(SiteInfo());
  head_groups_ = std::move(parsed->groups);
  count_groups();
  pages_ = std::move(parsed->pages);
  hyphenation_files_ = std::move(parsed->hyphenation);
  head_url_ = want.reference.url;
  return Unit();
}

Status Catalog::take_part(const ResourceRequest& want, std::string_view bytes) {
  const bool is_current = posts_ && want.file < posts_->part_references().size() &&
                          is_same_file(posts_->part_references()[want.file], want.reference);
  if (!is_current) return Unit();
  Result<IndexFile> parsed = parse_index_file(bytes, want.reference.url);
  if (!parsed) return parsed.error();
  posts_->add_part(want.file, std::move(*parsed));
  count_groups();
  return Unit();
}

void Catalog::count_groups() {
  groups_ = head_groups_;
  const std::vector<std::uint32_t> counts = posts_->group_counts();
  for (std::size_t i = 0; i < std::min(counts.size(), groups_.size()); ++i) groups_[i].count = counts[i];
  std::stable_sort(groups_.begin(), groups_.end(), is_shown_before);
}

Status Catalog::take_rows(const ResourceRequest& want, std::string_view bytes) {
  const FileReference* current = posts_ ? posts_->row_file(want.file) : nullptr;
  if (current == nullptr || !is_same_file(*current, want.reference)) return Unit();
  Result<IndexFile> parsed = parse_index_file(bytes, want.reference.url);
  if (!parsed) return parsed.error();
  posts_->add_rows(want.file, std::move(*parsed));
  return Unit();
}

Status Catalog::take_post(const ResourceRequest& want, std::string_view bytes) {
  Result<Post> parsed = parse_post(bytes, want.reference.url);
  if (!parsed) return parsed.error();
  // Its links would lead elsewhere under this address.
  if (parsed->summary.slug != want.slug) {
    return Error{ErrorCode::Mismatch, fill_in(Strings::kOtherPost, {clean_text(parsed->summary.slug)}), want.reference.url};
  }
  cache_.put({want.slug, want.reference.url, std::make_shared<const Post>(std::move(*parsed))});
  return Unit();
}

Status Catalog::take_hyphenation(const ResourceRequest& want, std::string_view bytes) {
  Result<HyphenationPatterns> parsed = HyphenationPatterns::parse(want.slug, bytes, want.reference.url);
  if (!parsed) return parsed.error();
  hyphenation_.push_back(std::move(*parsed));
  return Unit();
}

void Catalog::expect_new_release() {
  manifest_.reset();
  is_reloading_ = true;
}

// ---- What is missing -----------------------------------------------------------------------------------------------------

ResourceRequests Catalog::missing_for_site(const std::string& bundle_url) const {
  const bool is_known = manifest_ || !head_url_.empty();
  if (!is_known || is_reloading_) return {{ResourceRequest::Kind::Manifest, {}, 0, FileReference{bundle_url, {}}}};
  if (!manifest_) return {};
  ResourceRequests missing;
  if (head_url_ != manifest_->index.url) missing.push_back({ResourceRequest::Kind::Head, {}, 0, manifest_->index});
  const std::size_t count = posts_->part_references().size();
  for (std::size_t part = count - std::min(count, kPartsReadAtOnce); part < count; ++part) {
    if (!posts_->has_part(part)) missing.push_back({ResourceRequest::Kind::Part, {}, part, posts_->part_references()[part]});
  }
  return missing;
}

ResourceRequests Catalog::requests_for_parts(const std::vector<std::size_t>& numbers) const {
  ResourceRequests requests;
  for (const std::size_t part : numbers) {
    requests.push_back({ResourceRequest::Kind::Part, {}, part, posts_->part_references()[part]});
  }
  return requests;
}

ResourceRequests Catalog::requests_for_rows(const std::vector<std::size_t>& numbers) const {
  ResourceRequests requests;
  for (const std::size_t file : numbers) requests.push_back({ResourceRequest::Kind::Rows, {}, file, *posts_->row_file(file)});
  return requests;
}

ResourceRequests Catalog::missing_parts() const {
  return requests_for_parts(posts_->unread_parts());
}

ResourceRequests Catalog::missing_for_rows(const GroupInfo* group, std::uint64_t first, std::size_t count) const {
  // Which rows a group has is known when all parts are.
  const RowNumbers numbers = row_numbers(group, first, count);
  const std::vector<std::size_t> parts = group == nullptr ? posts_->unread_parts(numbers) : posts_->unread_parts();
  return parts.empty() ? requests_for_rows(posts_->unread_row_files(numbers)) : requests_for_parts(parts);
}

ResourceRequests Catalog::missing_to_find(const std::string& slug) const {
  return requests_for_rows(posts_->row_files_to_search(slug));
}

std::optional<ResourceRequest> Catalog::missing_for_post(const std::string& slug) const {
  const PostSummary* row = feed_posts_.empty() ? posts_->find(slug) : nullptr;
  for (const PostSummary& page : pages_) {
    if (page.slug == slug) row = &page;
  }
  if (row == nullptr) return std::nullopt;
  return ResourceRequest{ResourceRequest::Kind::PostBody, slug, 0, row->body};
}

std::optional<ResourceRequest> Catalog::missing_hyphenation(std::string_view language) {
  if (language.empty()) return std::nullopt;
  const auto listed = std::find_if(hyphenation_files_.begin(), hyphenation_files_.end(),
                                   [&](const HyphenationFile& each) { return each.language == language; });
  const auto known = std::find_if(hyphenation_.begin(), hyphenation_.end(),
                                  [&](const HyphenationPatterns& each) { return each.language() == language; });
  if (listed == hyphenation_files_.end() || known != hyphenation_.end()) return std::nullopt;
  const ResourceRequest want{ResourceRequest::Kind::Hyphenation, listed->language, 0, listed->file};
  hyphenation_files_.erase(listed);
  return want;
}

// ---- What is known -------------------------------------------------------------------------------------------------------

const GroupInfo* Catalog::find_group(const Route& route) const {
  const std::optional<GroupInfo::Kind> kind = group_kind(route);
  const auto is_meant = [&](const GroupInfo& each) { return each.kind == kind && each.slug == route.slug; };
  const auto group = std::find_if(groups_.begin(), groups_.end(), is_meant);
  return group == groups_.end() ? nullptr : &*group;
}

RowNumbers Catalog::row_numbers(const GroupInfo* group, std::uint64_t first, std::size_t count) const {
  OCTAVO_ASSERT(posts_.has_value());
  if (group == nullptr) return posts_->newest(first, count);
  const RowNumbers all = posts_->of_group(*group);
  const auto begin = static_cast<std::size_t>(std::min<std::uint64_t>(first, all.size()));
  return {all.begin() + static_cast<std::ptrdiff_t>(begin),
          all.begin() + static_cast<std::ptrdiff_t>(std::min(begin + count, all.size()))};
}

std::vector<PostSummary> Catalog::rows(const GroupInfo* group, std::uint64_t first, std::size_t count) const {
  return posts_->rows(row_numbers(group, first, count));
}

std::uint32_t Catalog::total(const GroupInfo* group) const {
  return group == nullptr ? posts_->total() : static_cast<std::uint32_t>(posts_->of_group(*group).size());
}

std::shared_ptr<const Post> Catalog::find_post(const std::string& slug) {
  const auto of_feed = feed_posts_.find(slug);
  if (of_feed != feed_posts_.end()) return of_feed->second;
  const CachedPost* cached = cache_.find(slug);
  if (cached == nullptr) return nullptr;
  const PostSummary* row = posts_ ? posts_->find(slug) : nullptr;
  return row == nullptr || row->body.url == cached->url ? cached->post : nullptr;
}

std::string Catalog::dump() const {
  std::string out;
  if (posts_) out += "rows " + number_text(posts_->known_rows()) + " of " + number_text(posts_->total()) + "\n";
  for (const HyphenationPatterns& each : hyphenation_) out += "hyphenation " + each.language() + "\n";
  for (const CachedPost& cached : cache_.entries()) out += "cached " + cached.slug + "\n";
  return out;
}

}  // namespace octavo
