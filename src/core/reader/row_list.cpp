// The rows of all posts and which of them each group has, as far as the index has been read.
#include "core/reader/row_list.h"

#include <algorithm>
#include <set>

#include "core/base/assert.h"

namespace octavo {

RowList::RowList(std::uint32_t total, std::vector<FileReference> parts)
    : total_(total), references_(std::move(parts)), parts_(references_.size()) {}

RowList::RowList(const std::vector<PostSummary>& rows, std::vector<GroupRows> groups)
    : total_(static_cast<std::uint32_t>(rows.size())) {
  std::uint32_t number = total_;
  for (const PostSummary& row : rows) {
    numbers_.emplace(row.slug, --number);
    rows_.emplace(number, row);
  }
  for (GroupRows& group : groups) groups_.emplace(std::pair(group.kind, std::move(group.slug)), std::move(group.rows));
}

void RowList::add_part(std::size_t number, IndexFile part) {
  OCTAVO_ASSERT(number < parts_.size());
  if (parts_[number]) return;
  const auto first = static_cast<std::uint32_t>(number * kRowsPerPart);
  for (const GroupRows& group : part.group_rows) {
    RowNumbers& known = groups_[{group.kind, group.slug}];
    for (const std::uint32_t row : group.rows) known.push_back(first + row);
  }
  parts_[number] = std::move(part);
}

void RowList::add_rows(std::size_t number, IndexFile file) {
  OCTAVO_ASSERT(row_file(number) != nullptr);
  row_files_read_.insert(number);
  auto row = static_cast<std::uint32_t>(number * kRowsPerFile);
  for (PostSummary& post : file.posts) {
    numbers_.emplace(post.slug, row);
    rows_.insert_or_assign(row, std::move(post));
    ++row;
  }
}

const FileReference* RowList::row_file(std::size_t number) const {
  const std::size_t part = number / kRowFilesPerPart;
  if (!has_part(part)) return nullptr;
  const std::vector<FileReference>& files = parts_[part]->files;
  return number % kRowFilesPerPart < files.size() ? &files[number % kRowFilesPerPart] : nullptr;
}

std::vector<std::uint32_t> RowList::group_counts() const {
  const bool is_known = !parts_.empty() && parts_.back().has_value();
  return is_known ? parts_.back()->group_counts : std::vector<std::uint32_t>();
}

std::vector<std::size_t> RowList::unread_parts() const {
  std::vector<std::size_t> unread;
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    if (!has_part(part)) unread.push_back(part);
  }
  return unread;
}

std::vector<std::size_t> RowList::unread_parts(const RowNumbers& rows) const {
  std::set<std::size_t> unread;
  for (const std::uint32_t row : rows) {
    const std::size_t part = row / kRowsPerPart;
    if (part < parts_.size() && !has_part(part)) unread.insert(part);
  }
  return {unread.begin(), unread.end()};
}

std::vector<std::size_t> RowList::unread_row_files(const RowNumbers& rows) const {
  std::set<std::size_t> unread;
  for (const std::uint32_t row : rows) {
    const std::size_t file = row / kRowsPerFile;
    if (row_file(file) != nullptr && !row_files_read_.contains(file)) unread.insert(file);
  }
  return {unread.begin(), unread.end()};
}

std::vector<std::size_t> RowList::row_files_to_search(std::string_view slug) const {
  const std::string fingerprint = slug_fingerprint(slug);
  RowNumbers rows;
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    if (!has_part(part)) continue;
    const std::string_view fingerprints = parts_[part]->slug_fingerprints;
    for (std::size_t i = 0; (i + 1) * kSlugFingerprintCharacters <= fingerprints.size(); ++i) {
      const bool may_be_it = fingerprints.substr(i * kSlugFingerprintCharacters, kSlugFingerprintCharacters) == fingerprint;
      if (may_be_it) rows.push_back(static_cast<std::uint32_t>(part * kRowsPerPart + i));
    }
  }
  return unread_row_files(rows);
}

RowNumbers RowList::newest(std::uint64_t skipped, std::size_t count) const {
  RowNumbers numbers;
  for (std::uint64_t i = skipped; i < total_ && i < skipped + count; ++i) {
    numbers.push_back(static_cast<std::uint32_t>(total_ - 1 - i));
  }
  return numbers;
}

RowNumbers RowList::of_group(const GroupInfo& group) const {
  const auto known = groups_.find({group.kind, group.slug});
  if (known == groups_.end()) return {};
  RowNumbers numbers = known->second;
  // Parts arrive in any order.
  std::sort(numbers.begin(), numbers.end());
  if (group.kind != GroupInfo::Kind::Series) std::reverse(numbers.begin(), numbers.end());
  return numbers;
}

std::vector<PostSummary> RowList::rows(const RowNumbers& numbers) const {
  std::vector<PostSummary> found;
  for (const std::uint32_t number : numbers) {
    const auto row = rows_.find(number);
    if (row != rows_.end()) found.push_back(row->second);
  }
  return found;
}

const PostSummary* RowList::find(std::string_view slug) const {
  const auto number = numbers_.find(slug);
  if (number == numbers_.end()) return nullptr;
  const auto row = rows_.find(number->second);
  return row == rows_.end() || row->second.slug != slug ? nullptr : &row->second;
}

}  // namespace octavo
