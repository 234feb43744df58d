// Writing aside and swapping in.
#include "press/output_folder.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

#include "core/base/assert.h"
#include "press/text_file.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

// Says that a folder with the suffix ".new" is an unfinished build and may be deleted.
constexpr const char* kUnfinishedMark = ".octavo-unfinished";

Error output_error(const fs::path& path, const std::string& reason) {
  return {ErrorCode::Unreadable, "The output cannot be written: " + reason + ".", path.string()};
}

fs::path with_suffix(fs::path path, const char* suffix) {
  path += suffix;
  return path;
}

bool is_ours(const fs::path& folder) {
  std::error_code error;
  return fs::is_empty(folder, error) || fs::exists(folder / kManifestFileName, error) ||
         fs::exists(folder / kUnfinishedMark, error);
}

// Removes a folder that an interrupted build left.
Status remove_leftover(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(folder, error))) return Nothing{};
  if (!fs::is_directory(fs::symlink_status(folder, error)) || !is_ours(folder)) {
    return output_error(folder, "it is in the way and was not made by Octavo; move it elsewhere");
  }
  fs::remove_all(folder, error);
  if (error) return output_error(folder, error.message());
  return Nothing{};
}

Status check_replaceable(const fs::path& folder, OutputFolder::Former former) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (!fs::exists(status)) return Nothing{};
  if (!fs::is_directory(status)) return output_error(folder, "there is a file of this name");
  if (former == OutputFolder::Former::Refuse && !fs::is_empty(folder, error)) {
    return output_error(folder, "the folder is not empty; choose another one, so that nothing in it is written over");
  }
  if (!fs::is_empty(folder, error) && !fs::exists(folder / kManifestFileName, error)) {
    return output_error(folder, "the folder is not empty and holds no former output (" + std::string(kManifestFileName) +
                                    "); choose another one or empty it yourself");
  }
  return Nothing{};
}

// Names below the folder only: whoever composed the path has checked what it is made of.
bool is_plain(const fs::path& path) {
  return !path.empty() && path.is_relative() && std::find(path.begin(), path.end(), "..") == path.end();
}

// An absolute path without symbolic links and without '/' at its end, so that neighbours can be named.
fs::path plain_path(const fs::path& path) {
  std::error_code error;
  fs::path plain = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) plain = fs::absolute(path, error).lexically_normal();
  return plain.has_filename() ? plain : plain.parent_path();
}

// Both names at once, so that there is no moment without an output; not every file system can.
bool exchange(const fs::path& a, const fs::path& b) {
  return renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0;
}

}  // namespace

Result<OutputFolder> OutputFolder::open(const fs::path& folder, Former former) {
  const fs::path target = plain_path(folder);
  if (!target.has_filename()) return output_error(folder, "a whole file system cannot be the output");
  if (Status status = check_replaceable(target, former); !status) return status.error();
  const fs::path aside = with_suffix(target, ".new");
  if (Status status = remove_leftover(aside); !status) return status.error();
  std::error_code error;
  fs::create_directories(aside, error);
  if (error) return output_error(aside, error.message());
  OutputFolder output(target, former);
  if (Status status = output.write(kUnfinishedMark, ""); !status) return status.error();
  return output;
}

OutputFolder::OutputFolder(fs::path folder, Former former)
    : folder_(std::move(folder)), former_(former), aside_(with_suffix(folder_, ".new")) {}

OutputFolder::OutputFolder(OutputFolder&& other) noexcept
    : folder_(std::move(other.folder_)),
      former_(other.former_),
      aside_(std::exchange(other.aside_, fs::path())),
      written_(std::move(other.written_)),
      folders_(std::move(other.folders_)) {}

OutputFolder::~OutputFolder() {
  if (aside_.empty()) return;
  std::error_code error;
  fs::remove_all(aside_, error);  // what cannot be removed carries the mark and goes with the next build
}

Status OutputFolder::write(const std::string& path, std::string_view bytes) {
  OCTAVO_ASSERT(!aside_.empty());
  OCTAVO_ASSERT(is_plain(path));
  const fs::path file = aside_ / fs::path(path);
  const Sha256 hash = sha256(bytes);
  {
    const std::lock_guard lock(mutex_);
    if (!written_.emplace(path, hash).second) return output_error(file, "two parts of the site want this name");
    if (folders_.insert(file.parent_path()).second) {
      std::error_code error;
      fs::create_directories(file.parent_path(), error);
      if (error) return output_error(file.parent_path(), error.message());
    }
  }
  std::FILE* stream = std::fopen(file.c_str(), "wb");
  if (stream == nullptr) return output_error(file, std::strerror(errno));
  const bool is_written = std::fwrite(bytes.data(), 1, bytes.size(), stream) == bytes.size();
  const int reason = errno;
  // A full disk may show only when the buffer is flushed.
  const bool is_closed = std::fclose(stream) == 0;
  if (!is_written || !is_closed) return output_error(file, std::strerror(is_written ? errno : reason));
  return Nothing{};
}

std::vector<std::string> OutputFolder::written() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> paths;
  for (const auto& [path, hash] : written_) {
    if (path != kUnfinishedMark) paths.push_back(path);
  }
  return paths;
}

bool OutputFolder::has(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  return written_.contains(path);
}

Result<std::string> OutputFolder::read(const std::string& path) const {
  return load_file(aside_ / fs::path(path));
}

Sha256 OutputFolder::hash_of(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  const auto found = written_.find(path);
  OCTAVO_ASSERT(found != written_.end());
  return found->second;
}

Status OutputFolder::commit() {
  std::error_code error;
  fs::remove(aside_ / kUnfinishedMark, error);
  const fs::path old = with_suffix(folder_, ".old");
  if (Status status = check_replaceable(folder_, former_); !status) return status;  // it may have changed since open()
  const bool has_old = fs::exists(folder_, error);
  if (has_old && exchange(aside_, folder_)) {  // the former output now lies aside
    const fs::path former = std::exchange(aside_, fs::path());
    return remove_leftover(former);
  }
  if (has_old) {
    if (Status status = remove_leftover(old); !status) return status;
    fs::rename(folder_, old, error);
    if (error) return output_error(folder_, error.message());
  }
  fs::rename(aside_, folder_, error);
  if (error) {
    const std::string reason = error.message();
    if (has_old) fs::rename(old, folder_, error);
    return output_error(folder_, reason);
  }
  aside_.clear();
  return remove_leftover(old);
}

}  // namespace octavo
