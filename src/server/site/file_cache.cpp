// Holding served files in memory.
#include "server/site/file_cache.h"

#include <chrono>
#include <cstdio>
#include <optional>
#include <system_error>
#include <utility>

#include "core/base/assert.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMinCompressedBytes = 256;  // below it headers weigh more than what is saved

Error unreadable(const fs::path& file) {
  return {ErrorCode::Unreadable, "The file cannot be read.", file.string()};
}

Result<std::string> load_bytes(const fs::path& file, std::uint64_t size) {
  std::FILE* stream = std::fopen(file.c_str(), "rb");
  if (stream == nullptr) return unreadable(file);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  const bool is_whole = std::fread(bytes.data(), 1, bytes.size(), stream) == bytes.size();
  std::fclose(stream);
  if (!is_whole) return unreadable(file);  // it shrank in this moment; the next request finds its new size
  return bytes;
}

}  // namespace

Result<FileVersion> load_file_version(const fs::path& file) {
  std::error_code error;
  FileVersion version;
  version.size = fs::file_size(file, error);
  if (error) return unreadable(file);
  const fs::file_time_type modified = fs::last_write_time(file, error);
  if (error) return unreadable(file);
  version.modified = std::chrono::duration_cast<std::chrono::nanoseconds>(modified.time_since_epoch()).count();
  return version;
}

bool FileCache::find(const Key& key, const FileVersion& version, Entry& out) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(key);
  if (found == entries_.end() || !(found->second.version == version)) return false;
  out = found->second;
  return true;
}

void FileCache::remember(const Key& key, Entry entry) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t size = entry.bytes ? entry.bytes->size() : 0;
  if (bytes_ + size > kMaxCacheBytes) {
    entries_.clear();
    bytes_ = 0;
  }
  Entry& slot = entries_[key];
  if (slot.bytes) bytes_ -= slot.bytes->size();
  bytes_ += size;
  slot = std::move(entry);
}

Result<std::shared_ptr<const std::string>> FileCache::plain_bytes(const fs::path& file, const FileVersion& version) {
  const Key key{file, Encoding::Identity};
  if (Entry entry; find(key, version, entry)) return entry.bytes;
  Result<std::string> bytes = load_bytes(file, version.size);
  if (!bytes) return bytes.error();
  auto shared = std::make_shared<const std::string>(std::move(*bytes));
  remember(key, {version, shared});
  return std::shared_ptr<const std::string>(shared);
}

Result<FileCache::Content> FileCache::content(const fs::path& file, const FileVersion& version, Encoding wanted) {
  OCTAVO_ASSERT(version.size <= kMaxCachedFileBytes);
  if (version.size < kMinCompressedBytes) wanted = Encoding::Identity;
  if (Entry entry; wanted != Encoding::Identity && find({file, wanted}, version, entry) && entry.bytes) {
    return Content{entry.bytes, wanted};
  }
  Result<std::shared_ptr<const std::string>> plain = plain_bytes(file, version);
  if (!plain) return plain.error();
  if (Entry entry; wanted == Encoding::Identity || find({file, wanted}, version, entry))
    return Content{*plain, Encoding::Identity};
  std::optional<std::string> compressed = compress(**plain, wanted);
  if (!compressed) {
    remember({file, wanted}, {version, nullptr});
    return Content{*plain, Encoding::Identity};
  }
  auto shared = std::make_shared<const std::string>(std::move(*compressed));
  remember({file, wanted}, {version, shared});
  return Content{shared, wanted};
}

}  // namespace octavo
