// The rows of one list (all posts, or those of a tag), as far as its index files have been read.
#include "core/reader/row_list.h"

#include <algorithm>

#include "core/base/assert.h"

namespace octavo {

RowList::RowList(IndexFile first) : files_(std::move(first.files)), total_(first.total_rows) {
  if (files_.empty()) files_.emplace_back();
  is_read_.resize(files_.size());
  rows_per_file_ = first.posts.size();
  add(0, std::move(first));
}

RowList::RowList(std::vector<PostSummary> rows) {
  IndexFile index;
  index.total_rows = static_cast<std::uint32_t>(rows.size());
  index.posts = std::move(rows);
  *this = RowList(std::move(index));
}

void RowList::add(std::size_t file, IndexFile index) {
  OCTAVO_ASSERT(file < files_.size());
  is_read_[file] = true;
  std::uint64_t rank = index.first_row;
  for (PostSummary& post : index.posts) {
    ranks_.emplace(post.slug, rank);
    rows_.insert_or_assign(rank, std::move(post));
    ++rank;
  }
}

std::optional<std::size_t> RowList::first_unread_file() const {
  const auto unread = std::find(is_read_.begin(), is_read_.end(), 0);
  if (unread == is_read_.end()) return std::nullopt;
  return static_cast<std::size_t>(unread - is_read_.begin());
}

std::optional<std::size_t> RowList::file_needed_for(std::uint64_t first, std::size_t count) const {
  if (rows_per_file_ == 0) return std::nullopt;
  const std::uint64_t end = std::min<std::uint64_t>(first + count, total_);
  for (std::uint64_t rank = first; rank < end; ++rank) {
    if (rows_.contains(rank)) continue;
    // All files but the last hold equally many rows. A list that says otherwise gets gaps, not a search.
    const std::uint64_t file = rank / rows_per_file_;
    if (file < files_.size() && !is_read_[static_cast<std::size_t>(file)]) return static_cast<std::size_t>(file);
  }
  return std::nullopt;
}

std::vector<PostSummary> RowList::rows(std::uint64_t first, std::size_t count) const {
  std::vector<PostSummary> found;
  for (auto row = rows_.lower_bound(first); row != rows_.end() && row->first < first + count; ++row) found.push_back(row->second);
  return found;
}

std::vector<PostSummary> RowList::all_rows() const {
  std::vector<PostSummary> all;
  all.reserve(rows_.size());
  for (const auto& [rank, post] : rows_) all.push_back(post);
  return all;
}

const PostSummary* RowList::find(std::string_view slug) const {
  const auto rank = ranks_.find(slug);
  if (rank == ranks_.end()) return nullptr;
  const auto row = rows_.find(rank->second);
  return row == rows_.end() || row->second.slug != slug ? nullptr : &row->second;
}

}  // namespace octavo
