// The rows of one list (all posts, or those of a tag), as far as its index files have been read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/content/bundle/bundle.h"

namespace octavo {

class RowList {
 public:
  // A list whose first file has been read: it says how many rows and which other files there are.
  explicit RowList(IndexFile first);
  // A list that needs no files.
  explicit RowList(std::vector<PostSummary> rows);

  // Takes over another file. Precondition: file < file_count().
  void add(std::size_t file, IndexFile index);

  std::uint32_t total() const { return total_; }
  std::size_t file_count() const { return files_.size(); }
  const FileReference& file(std::size_t index) const { return files_[index]; }
  bool is_complete() const { return !first_unread_file(); }

  // The first file not read yet; and the one that rows first..first+count-1 wait for, as far as the list has such rows.
  std::optional<std::size_t> first_unread_file() const;
  std::optional<std::size_t> file_needed_for(std::uint64_t first, std::size_t count) const;

  // The known ones of these rows, in order.
  std::vector<PostSummary> rows(std::uint64_t first, std::size_t count) const;
  std::vector<PostSummary> all_rows() const;
  const PostSummary* find(std::string_view slug) const;

 private:
  std::map<std::uint64_t, PostSummary> rows_;  // by rank
  std::map<std::string, std::uint64_t, std::less<>> ranks_;
  std::vector<FileReference> files_;
  std::vector<std::uint8_t> is_read_;
  std::uint32_t total_ = 0;
  std::size_t rows_per_file_ = 0;
};

}  // namespace octavo
