// Scans a previous output and compares with it.
#include "press/output/previous_output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <sstream>
#include <system_error>

#include "press/base/text_file.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

// '/' between plain names: a list that somebody has edited leads nowhere else.
bool is_path_below(std::string_view path) {
  const fs::path whole(path);
  return !path.empty() && whole.is_relative() && whole.lexically_normal() == whole && *whole.begin() != "..";
}

bool is_plain_file(const fs::path& file) {
  std::error_code error;
  return fs::is_regular_file(fs::symlink_status(file, error));
}

// Whether every folder between `folder` and the file is a folder and no link.
bool is_below_plain_folders(const fs::path& folder, const std::string& path, std::set<std::string, std::less<>>& plain_folders) {
  for (std::size_t end = path.find('/'); end != std::string::npos; end = path.find('/', end + 1)) {
    const std::string above = path.substr(0, end);
    if (plain_folders.contains(above)) continue;
    std::error_code error;
    if (!fs::is_directory(fs::symlink_status(folder / above, error))) return false;
    plain_folders.insert(above);
  }
  return true;
}

std::set<std::string, std::less<>> folders_of(const std::set<std::string, std::less<>>& files) {
  std::set<std::string, std::less<>> folders;
  for (const std::string& path : files) {
    for (std::size_t end = path.rfind('/'); end != std::string::npos && end > 0; end = path.rfind('/', end - 1)) {
      if (!folders.insert(path.substr(0, end)).second) break;
    }
  }
  return folders;
}

}  // namespace

PreviousOutput PreviousOutput::scan(const fs::path& folder) {
  PreviousOutput previous;
  previous.folder_ = folder;
  std::error_code error;
  if (!fs::is_directory(fs::symlink_status(folder, error))) return previous;
  if (const Result<std::string> list = load_file(folder / kFileListName)) {
    previous.is_listed_ = true;
    std::set<std::string, std::less<>> plain_folders;
    std::istringstream lines(*list);
    for (std::string path; std::getline(lines, path);) {
      const bool is_there =
          is_path_below(path) && is_below_plain_folders(folder, path, plain_folders) && is_plain_file(folder / path);
      if (is_there) previous.files_.insert(path);
    }
    return previous;
  }
  const std::size_t prefix = folder.native().size() + 1;
  fs::recursive_directory_iterator at(folder, error);
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (!at->is_symlink(ignored) && at->is_regular_file(ignored)) previous.files_.insert(at->path().native().substr(prefix));
  }
  return previous;
}

// Folders of the owner's are not entered, however much they hold.
bool PreviousOutput::has_others() const {
  if (!is_listed_) return !files_.empty();
  const std::set<std::string, std::less<>> folders = folders_of(files_);
  const std::size_t prefix = folder_.native().size() + 1;
  std::error_code error;
  fs::recursive_directory_iterator at(folder_, error);
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    const std::string path = at->path().native().substr(prefix);
    std::error_code ignored;
    const bool is_folder = !at->is_symlink(ignored) && at->is_directory(ignored);
    const bool is_known = is_folder ? folders.contains(path) : has(path) || path == kUnfinishedMark || path == kFileListName;
    if (!is_known) return true;
  }
  return static_cast<bool>(error) && error != std::errc::no_such_file_or_directory;
}

std::string file_list_text(const std::vector<std::string>& paths) {
  std::string text;
  for (const std::string& path : paths) text += path + "\n";
  return text;
}

bool PreviousOutput::holds(const std::string& path, std::string_view bytes) const {
  if (!has(path)) return false;
  const int file = open((folder_ / path).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return false;
  struct stat status {};
  bool is_same = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == static_cast<off_t>(bytes.size());
  std::array<char, 16 * 1024> part;
  while (is_same && !bytes.empty()) {
    const ssize_t size = read(file, part.data(), std::min(part.size(), bytes.size()));
    is_same = size > 0 && std::memcmp(part.data(), bytes.data(), static_cast<std::size_t>(size)) == 0;
    if (is_same) bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  close(file);
  return is_same;
}

}  // namespace octavo
