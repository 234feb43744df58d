// The rows of all posts and which of them each group has, as far as the index has been read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/content/bundle/bundle.h"

namespace octavo {

// Numbers of rows, which are counted from the oldest post, in the order of a list.
using RowNumbers = std::vector<std::uint32_t>;

class RowList {
 public:
  RowList(std::uint32_t total, std::vector<FileReference> parts);
  // A list that needs no files: rows from the newest on, and those of each group, ascending.
  RowList(const std::vector<PostSummary>& rows, std::vector<GroupRows> groups);

  // Takes what a file says. Precondition: there is a part, or a row file of a part that has been read, with this number.
  void add_part(std::size_t number, IndexFile part);
  void add_rows(std::size_t number, IndexFile file);

  std::uint32_t total() const { return total_; }
  const std::vector<FileReference>& part_references() const { return references_; }
  bool has_part(std::size_t number) const { return number < parts_.size() && parts_[number].has_value(); }
  // The row file with this number, or null while its part has not been read.
  const FileReference* row_file(std::size_t number) const;

  // How many rows each of the head's groups has; empty while the newest part has not been read.
  std::vector<std::uint32_t> group_counts() const;

  // Parts that have not been read: all of them, and those of these rows.
  std::vector<std::size_t> unread_parts() const;
  std::vector<std::size_t> unread_parts(const RowNumbers& rows) const;
  // Row files that have not been read, of parts that have: those of these rows, and those in which this post may be.
  std::vector<std::size_t> unread_row_files(const RowNumbers& rows) const;
  std::vector<std::size_t> row_files_to_search(std::string_view slug) const;

  // The newest rows after the first `skipped` ones.
  RowNumbers newest(std::uint64_t skipped, std::size_t count) const;
  // All rows of a group in parts that have been read: the newest first, but those of a series in its own order.
  RowNumbers of_group(const GroupInfo& group) const;
  // The known ones of these rows.
  std::vector<PostSummary> rows(const RowNumbers& numbers) const;
  std::size_t known_rows() const { return rows_.size(); }
  const PostSummary* find(std::string_view slug) const;

 private:
  std::uint32_t total_ = 0;
  std::vector<FileReference> references_;
  std::vector<std::optional<IndexFile>> parts_;
  std::set<std::size_t> row_files_read_;
  std::map<std::uint32_t, PostSummary> rows_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;  // by slug
  std::map<std::pair<GroupInfo::Kind, std::string>, RowNumbers> groups_;
};

}  // namespace octavo
