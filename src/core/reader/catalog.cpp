// What the reader knows of the bundle: the site, the rows of its lists and the posts read last, filled from files as they arrive.
#include "core/reader/catalog.h"

#include <algorithm>
#include <iterator>

#include "core/base/assert.h"
#include "core/page/page_frame.h"
#include "core/page/strings.h"

namespace octavo {

namespace {

std::vector<PostSummary> rows_of_group(const SiteInfo& site, const std::vector<PostSummary>& rows, const GroupInfo& group) {
  std::vector<PostSummary> found;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(found), [&](const PostSummary& post) {
    if (group.kind == GroupInfo::Kind::Year) return year_of(post) == group.slug;
    const std::vector<std::string> names = group.kind == GroupInfo::Kind::Author ? author_names(site, post) : post.tags;
    return std::find(names.begin(), names.end(), group.name) != names.end();
  });
  return found;
}

bool is_file_of(const RowList& list, const ResourceRequest& want) {
  return want.file < list.file_count() && list.file(want.file).url == want.reference.url;
}

}  // namespace

// ---- Files ---------------------------------------------------------------------------------------------------------------

Status Catalog::take(const ResourceRequest& want, std::string_view bytes) {
  switch (want.kind) {
    case ResourceRequest::Kind::Manifest:
      return is_json_feed(bytes) ? take_feed(bytes, want.reference.url) : take_manifest(bytes, want.reference.url);
    case ResourceRequest::Kind::Index:
      return take_index(want, bytes);
    case ResourceRequest::Kind::TagIndex:
      return take_tag_index(want, bytes);
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
  if (posts_ && index_url_ == manifest_->index.url) is_reloading_ = false;
  return Unit();
}

Status Catalog::take_feed(std::string_view bytes, std::string_view where) {
  Diagnostics diagnostics;
  Result<OpenedFeed> opened = parse_json_feed(bytes, where, diagnostics);
  if (!opened) return opened.error();
  site_ = opened->index.site.value_or(SiteInfo());
  groups_ = std::move(opened->index.groups);
  feed_posts_.clear();
  for (Post& post : opened->posts) {
    std::string slug = post.summary.slug;
    feed_posts_.emplace(std::move(slug), std::make_shared<const Post>(std::move(post)));
  }
  // A feed is all there is: its list needs no files, whatever it says.
  posts_.emplace(std::move(opened->index.posts));
  tag_lists_.clear();
  is_reloading_ = false;
  return Unit();
}

Status Catalog::take_index(const ResourceRequest& want, std::string_view bytes) {
  const bool is_first = want.file == 0;
  const bool is_current =
      is_first ? manifest_ && manifest_->index.url == want.reference.url : posts_ && is_file_of(*posts_, want);
  if (!is_current) return Unit();
  Result<IndexFile> parsed = parse_index_file(bytes, want.reference.url);
  if (!parsed) return parsed.error();
  if (!is_first) {
    posts_->add(want.file, std::move(*parsed));
    return Unit();
  }
  if (parsed->site) site_ = std::move(*parsed->site);
  groups_ = std::move(parsed->groups);
  pages_ = std::move(parsed->pages);
  hyphenation_files_ = std::move(parsed->hyphenation);
  posts_.emplace(std::move(*parsed));
  tag_lists_.clear();
  index_url_ = want.reference.url;
  is_reloading_ = false;
  return Unit();
}

Status Catalog::take_tag_index(const ResourceRequest& want, std::string_view bytes) {
  const GroupInfo* tag = find_group(parse_route(want.slug));
  const auto list = tag_lists_.find(want.slug);
  const bool is_first = want.file == 0;
  const bool is_current = is_first ? tag != nullptr && tag->index.url == want.reference.url
                                   : list != tag_lists_.end() && is_file_of(list->second, want);
  if (!is_current) return Unit();
  Result<IndexFile> parsed = parse_index_file(bytes, want.reference.url);
  if (!parsed) return parsed.error();
  if (is_first) {
    tag_lists_.insert_or_assign(want.slug, RowList(std::move(*parsed)));
  } else {
    list->second.add(want.file, std::move(*parsed));
  }
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

std::optional<ResourceRequest> Catalog::missing_for_site(const std::string& bundle_url) {
  if (posts_ && !is_reloading_) return std::nullopt;
  if (manifest_) return ResourceRequest{ResourceRequest::Kind::Index, {}, 0, manifest_->index};
  return ResourceRequest{ResourceRequest::Kind::Manifest, {}, 0, FileReference{bundle_url, {}}};
}

std::optional<ResourceRequest> Catalog::missing_for_all_rows() const {
  const std::optional<std::size_t> file = posts().first_unread_file();
  if (!file) return std::nullopt;
  return ResourceRequest{ResourceRequest::Kind::Index, {}, *file, posts().file(*file)};
}

std::optional<ResourceRequest> Catalog::missing_for_rows(const GroupInfo* tag, std::uint64_t first, std::size_t count) const {
  const RowList* list = &posts();
  if (tag != nullptr) {
    const std::string path = group_path(tag->kind, tag->slug, 1);
    const auto known = tag_lists_.find(path);
    if (known == tag_lists_.end() && tag->index.url.empty()) return missing_for_all_rows();
    if (known == tag_lists_.end()) return ResourceRequest{ResourceRequest::Kind::TagIndex, path, 0, tag->index};
    list = &known->second;
  }
  const std::optional<std::size_t> file = list->file_needed_for(first, count);
  if (!file) return std::nullopt;
  if (tag == nullptr) return ResourceRequest{ResourceRequest::Kind::Index, {}, *file, list->file(*file)};
  return ResourceRequest{ResourceRequest::Kind::TagIndex, group_path(tag->kind, tag->slug, 1), *file, list->file(*file)};
}

std::optional<ResourceRequest> Catalog::missing_for_post(const std::string& slug) const {
  const PostSummary* row = feed_posts_.empty() ? posts().find(slug) : nullptr;
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

const RowList& Catalog::posts() const {
  OCTAVO_ASSERT(posts_.has_value());
  return *posts_;
}

const RowList& Catalog::tag_list(const GroupInfo& tag) {
  const std::string path = group_path(tag.kind, tag.slug, 1);
  const auto known = tag_lists_.find(path);
  if (known != tag_lists_.end()) return known->second;
  return tag_lists_.insert_or_assign(path, RowList(rows_of_group(site_, posts().all_rows(), tag))).first->second;
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
  if (posts_) out += "rows " + number_text(posts_->all_rows().size()) + " of " + number_text(posts_->total()) + "\n";
  for (const auto& [slug, list] : tag_lists_) out += "list " + slug + " " + number_text(list.total()) + "\n";
  for (const HyphenationPatterns& each : hyphenation_) out += "hyphenation " + each.language() + "\n";
  for (const CachedPost& cached : cache_.entries()) out += "cached " + cached.slug + "\n";
  return out;
}

}  // namespace octavo
