// What an earlier build left in the output folder, so that unchanged files need not be written again.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

namespace octavo {

class PreviousOutput {
 public:
  PreviousOutput() = default;  // nothing is there

  // Scans the folder. Empty for a folder with anything but plain files and folders in it: nothing is used from where a
  // link leads.
  static PreviousOutput scan(const std::filesystem::path& folder);

  // Below the folder, '/' between names.
  const std::set<std::string, std::less<>>& files() const { return files_; }
  bool has(std::string_view path) const { return files_.contains(path); }
  // Whether the file is there with exactly these bytes. From any thread.
  bool holds(const std::string& path, std::string_view bytes) const;

 private:
  std::filesystem::path folder_;
  std::set<std::string, std::less<>> files_;
};

}  // namespace octavo
