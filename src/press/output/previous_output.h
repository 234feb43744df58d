// What an earlier build left in the output folder, so that unchanged files need not be written again and what belongs to the
// owner stays.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace octavo {

// The list of the files that a build wrote, one path a line, sorted. Everything else in the folder belongs to the owner.
inline constexpr std::string_view kFileListName = ".octavo-files";
// Says that a folder beside the output is an unfinished build, or one that has been replaced, and may be deleted.
inline constexpr std::string_view kUnfinishedMark = ".octavo-unfinished";

class PreviousOutput {
 public:
  PreviousOutput() = default;  // nothing is there

  // Looks for the files that the folder's list names. Links are not followed: what is behind one is the owner's. A folder without
  // a list was built before there were lists, so that any of its files may have been written by a build.
  static PreviousOutput scan(const std::filesystem::path& folder);

  // Below the folder, '/' between names.
  const std::set<std::string, std::less<>>& files() const { return files_; }
  bool has(std::string_view path) const { return files_.contains(path); }
  // False without a list: then no file is known to be a build's alone, and none may be removed.
  bool is_listed() const { return is_listed_; }
  // Whether the file is there with exactly these bytes. From any thread.
  bool holds(const std::string& path, std::string_view bytes) const;

  // Whether anything in the folder, as it is now, was not written by a build.
  bool has_others() const;

 private:
  std::filesystem::path folder_;
  bool is_listed_ = false;
  std::set<std::string, std::less<>> files_;
};

// What the list says of these paths, which are sorted.
std::string file_list_text(const std::vector<std::string>& paths);

}  // namespace octavo
