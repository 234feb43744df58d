// Files of the served folder in memory, each compressed at most once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/base/result.h"
#include "server/http/compression.h"

namespace octavo {

// Larger files are not held in memory but read in parts while they are sent, and are not compressed.
inline constexpr std::uint64_t kMaxCachedFileBytes = 16ULL * 1024 * 1024;
// Beyond this the cache is emptied. For a local server that is simpler than choosing.
inline constexpr std::uint64_t kMaxCacheBytes = 128ULL * 1024 * 1024;

// One state of a file: a new size or time of change makes a new one.
struct FileVersion {
  std::uint64_t size = 0;
  std::int64_t modified = 0;  // nanoseconds of the file system's clock
  bool operator==(const FileVersion&) const = default;
};

Result<FileVersion> load_file_version(const std::filesystem::path& file);

class FileCache {
 public:
  struct Content {
    std::shared_ptr<const std::string> bytes;
    Encoding encoding = Encoding::Identity;  // the wanted one, or Identity where it would not make the file smaller
  };
  // Precondition: version.size <= kMaxCachedFileBytes. From any thread.
  Result<Content> content(const std::filesystem::path& file, const FileVersion& version, Encoding wanted);

 private:
  struct Entry {
    FileVersion version;
    std::shared_ptr<const std::string> bytes;  // null: compression was tried and is of no use
  };
  using Key = std::pair<std::filesystem::path, Encoding>;

  Result<std::shared_ptr<const std::string>> plain_bytes(const std::filesystem::path& file, const FileVersion& version);
  void remember(const Key& key, Entry entry);
  bool find(const Key& key, const FileVersion& version, Entry& out);

  std::mutex mutex_;
  std::map<Key, Entry> entries_;
  std::uint64_t bytes_ = 0;
};

}  // namespace octavo
