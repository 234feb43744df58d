// Notices when files below some folders change (inotify).
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace octavo {

class FolderWatch {
 public:
  // Folders are watched with everything below them, including what is created later; hidden folders are not. A file as root
  // is watched through its folder.
  static Result<FolderWatch> open(const std::vector<std::filesystem::path>& roots);

  FolderWatch(FolderWatch&& other) noexcept;
  FolderWatch& operator=(FolderWatch&&) = delete;
  ~FolderWatch();

  // Whether something has changed since it was asked or waited for.
  bool has_changed();
  // Waits until something has changed and then nothing for a moment, since editors write in several steps. False when stopped.
  bool wait();
  void stop();  // from any thread

 private:
  FolderWatch(int notify, int stop_event) : notify_(notify), stop_event_(stop_event) {}
  Status add(const std::filesystem::path& folder);

  int notify_ = -1;
  int stop_event_ = -1;
  std::map<int, std::string> only_file_;           // watch of a folder for one file in it
  std::set<std::filesystem::path> whole_folders_;  // roots that are folders
};

}  // namespace octavo
