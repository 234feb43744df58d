// Scans a previous output and compares with it.
#include "press/output/previous_output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <system_error>

namespace octavo {

namespace fs = std::filesystem;

PreviousOutput PreviousOutput::scan(const fs::path& folder) {
  PreviousOutput previous;
  previous.folder_ = folder;
  std::error_code error;
  if (!fs::is_directory(fs::symlink_status(folder, error))) return previous;
  const std::size_t prefix = folder.native().size() + 1;
  fs::recursive_directory_iterator at(folder, error);
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (at->is_symlink(ignored)) return {};
    if (at->is_directory(ignored)) continue;
    if (!at->is_regular_file(ignored)) return {};
    previous.files_.insert(at->path().native().substr(prefix));
  }
  return error ? PreviousOutput() : previous;
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
