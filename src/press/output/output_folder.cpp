// Writes aside and moves in.
#include "press/output/output_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

#include "core/base/assert.h"
#include "press/base/text_file.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

// Up to a part of this size is exchanged file by file.
constexpr std::size_t kInPlaceShare = 4;

Error output_error(const fs::path& path, const std::string& reason) {
  return {ErrorCode::Unreadable, "The output cannot be written: " + reason + ".", path.string()};
}

fs::path with_suffix(fs::path path, const char* suffix) {
  path += suffix;
  return path;
}

bool is_leftover(const fs::path& folder) {
  std::error_code error;
  return fs::is_empty(folder, error) || fs::exists(folder / kUnfinishedMark, error);
}

// Removes a folder that an interrupted build left.
Status remove_leftover(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(folder, error))) return Unit{};
  if (!fs::is_directory(fs::symlink_status(folder, error)) || !is_leftover(folder)) {
    return output_error(folder, "it is in the way and was not made by Octavo; move it elsewhere");
  }
  fs::remove_all(folder, error);
  if (error) return output_error(folder, error.message());
  return Unit{};
}

Status check_replaceable(const fs::path& folder, OutputFolder::IfExists if_exists) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (!fs::exists(status)) return Unit{};
  if (!fs::is_directory(status)) return output_error(folder, "there is a file of this name");
  if (if_exists == OutputFolder::IfExists::Refuse && !fs::is_empty(folder, error)) {
    return output_error(folder, "the folder is not empty; choose another one, so that nothing in it is overwritten");
  }
  if (!fs::is_empty(folder, error) && !fs::exists(folder / kManifestFileName, error)) {
    return output_error(folder, "the folder is not empty and holds no previous output (" + std::string(kManifestFileName) +
                                    "); choose another one or empty it yourself");
  }
  return Unit{};
}

// Names below the folder only: the caller has checked the parts of the path.
bool is_plain(const fs::path& path) {
  return !path.empty() && path.is_relative() && std::find(path.begin(), path.end(), "..") == path.end();
}

// An absolute path without symbolic links and without '/' at its end, so that neighbors can be named.
fs::path plain_path(const fs::path& path) {
  std::error_code error;
  fs::path plain = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) plain = fs::absolute(path, error).lexically_normal();
  return plain.has_filename() ? plain : plain.parent_path();
}

// Its parent is mostly there.
Status make_folder(const fs::path& folder) {
  std::error_code error;
  if (mkdir(folder.c_str(), 0777) == 0 || fs::is_directory(folder, error)) return Unit{};
  fs::create_directories(folder, error);
  if (error) return output_error(folder, error.message());
  return Unit{};
}

// Both names at once, so that there is no moment without an output; not every file system can.
bool exchange(const fs::path& a, const fs::path& b) {
  return renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0;
}

}  // namespace

Result<OutputFolder> OutputFolder::open(const fs::path& folder, IfExists if_exists) {
  const fs::path target = plain_path(folder);
  if (!target.has_filename()) return output_error(folder, "a whole file system cannot be the output");
  if (Status status = check_replaceable(target, if_exists); !status) return status.error();
  const fs::path aside = with_suffix(target, ".new");
  if (Status status = remove_leftover(aside); !status) return status.error();
  std::error_code error;
  fs::remove(target / kUnfinishedMark, error);  // of an exchange that was interrupted before it began
  fs::create_directories(aside, error);
  if (error) return output_error(aside, error.message());
  OutputFolder output(target, if_exists);
  if (Status status = output.write_aside(std::string(kUnfinishedMark), ""); !status) return status.error();
  output.previous_output_ = PreviousOutput::scan(target);
  return output;
}

OutputFolder::OutputFolder(fs::path folder, IfExists if_exists)
    : folder_(std::move(folder)), if_exists_(if_exists), aside_(with_suffix(folder_, ".new")) {}

OutputFolder::OutputFolder(OutputFolder&& other) noexcept
    : folder_(std::move(other.folder_)),
      if_exists_(other.if_exists_),
      aside_(std::exchange(other.aside_, fs::path())),
      previous_output_(std::move(other.previous_output_)),
      written_(std::move(other.written_)),
      folders_(std::move(other.folders_)) {}

OutputFolder::~OutputFolder() {
  if (aside_.empty()) return;
  std::error_code error;
  fs::remove_all(aside_, error);  // what cannot be removed has the mark, and the next build removes it
}

Status OutputFolder::write(const std::string& path, std::string_view bytes) {
  OCTAVO_ASSERT(!aside_.empty());
  OCTAVO_ASSERT(is_plain(path));
  const Sha256 hash = sha256(bytes);
  {
    const std::lock_guard lock(mutex_);
    if (!written_.emplace(path, WrittenFile{hash, Origin::Written}).second) {
      return output_error(
          aside_ / fs::path(path),
          "two parts of the site want this name (pages, files of static/, files that every site has); give one of them another");
    }
  }
  if (!previous_output_.holds(path, bytes)) return write_aside(path, bytes);
  const std::lock_guard lock(mutex_);
  written_[path].origin = Origin::Kept;
  return Unit{};
}

Status OutputFolder::write_aside(const std::string& path, std::string_view bytes) {
  const fs::path file = aside_ / fs::path(path);
  {
    const std::lock_guard lock(mutex_);
    if (folders_.insert(file.parent_path()).second) {
      if (Status status = make_folder(file.parent_path()); !status) return status;
    }
  }
  const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (out < 0) return output_error(file, std::strerror(errno));
  int reason = 0;
  while (reason == 0 && !bytes.empty()) {
    const ssize_t size = ::write(out, bytes.data(), bytes.size());
    if (size >= 0) bytes.remove_prefix(static_cast<std::size_t>(size));
    if (size < 0 && errno != EINTR) reason = errno;
  }
  // A full disk may show only here.
  if (::close(out) != 0 && reason == 0) reason = errno;
  return reason == 0 ? Status(Unit{}) : output_error(file, std::strerror(reason));
}

std::vector<std::string> OutputFolder::written() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> paths;
  for (const auto& [path, file] : written_) paths.push_back(path);
  return paths;
}

bool OutputFolder::has(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  return written_.contains(path);
}

Result<std::string> OutputFolder::read(const std::string& path) const {
  const bool is_kept = [&] {
    const std::lock_guard lock(mutex_);
    const auto found = written_.find(path);
    return found != written_.end() && found->second.origin == Origin::Kept;
  }();
  return load_file((is_kept ? folder_ : aside_) / fs::path(path));
}

bool OutputFolder::keep(const std::string& path, const Sha256& hash) {
  if (!previous_output_.has(path)) return false;
  const Result<std::string> bytes = load_file(folder_ / fs::path(path));
  if (!bytes || sha256(*bytes) != hash) return false;
  const std::lock_guard lock(mutex_);
  return written_.emplace(path, WrittenFile{hash, Origin::Kept}).second;
}

bool OutputFolder::keep_previous(const std::string& path) {
  const Result<std::string> bytes = read_previous(path);
  if (!bytes) return false;
  const std::lock_guard lock(mutex_);
  written_.emplace(path, WrittenFile{sha256(*bytes), Origin::Kept});
  return true;
}

std::optional<std::string> OutputFolder::previous_hashed_file(std::string_view stem, std::string_view extension) const {
  const std::string begin = std::string(stem) + ".";
  const std::string end = "." + std::string(extension);
  const auto& files = previous_output_.files();
  for (auto at = files.lower_bound(begin); at != files.end() && at->starts_with(begin); ++at) {
    const std::string_view rest = std::string_view(*at).substr(begin.size());
    if (rest.ends_with(end) && rest.find_first_not_of("0123456789abcdef") == rest.size() - end.size()) return *at;
  }
  return std::nullopt;
}

Result<std::string> OutputFolder::read_previous(const std::string& path) const {
  if (!previous_output_.has(path)) return output_error(folder_ / path, "no earlier build wrote it");
  return load_file(folder_ / fs::path(path));
}

bool OutputFolder::keep_made_from(const std::string& source, const std::string& path) {
  if (!previous_output_.has(path)) return false;
  const std::lock_guard lock(mutex_);
  const auto found = written_.find(source);
  if (found == written_.end() || found->second.origin != Origin::Kept) return false;
  return written_.emplace(path, WrittenFile{{}, Origin::Kept}).second;
}

// In the order in which they are moved in: new names first, then changed files, the manifest last.
std::vector<std::string> OutputFolder::changed_paths() const {
  std::vector<std::string> changed;
  for (const auto& [path, file] : written_) {
    if (file.origin == Origin::Written) changed.push_back(path);
  }
  const auto rank = [&](const std::string& path) { return path == kManifestFileName ? 2 : previous_output_.has(path) ? 1 : 0; };
  std::stable_sort(changed.begin(), changed.end(), [&](const std::string& a, const std::string& b) { return rank(a) < rank(b); });
  return changed;
}

std::vector<std::string> OutputFolder::stale_paths() const {
  std::vector<std::string> stale;
  if (!previous_output_.is_listed()) return stale;
  for (const std::string& path : previous_output_.files()) {
    if (!written_.contains(path)) stale.push_back(path);
  }
  return stale;
}

Sha256 OutputFolder::hash_of(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  const auto found = written_.find(path);
  OCTAVO_ASSERT(found != written_.end());
  return found->second.hash;
}

Status OutputFolder::commit() {
  if (Status status = check_replaceable(folder_, if_exists_); !status) return status;  // it may have changed since open()
  const std::vector<std::string> changed = changed_paths();
  const std::vector<std::string> stale = stale_paths();
  if (Status status = check_clashes(changed); !status) return status;
  std::error_code error;
  const bool are_few = (changed.size() + stale.size()) * kInPlaceShare <= written_.size() && fs::exists(folder_, error);
  const bool has_others = previous_output_.has_others();
  if (has_others && !has_places_for(changed)) {
    // A file is to become a folder, or the other way round.
    if (Status status = remove_stale(stale); !status) return status;
  }
  if ((are_few || has_others) && has_places_for(changed)) return update_in_place(changed, stale);
  if (has_others) return output_error(folder_, "a folder is where a file of the site belongs; move it elsewhere");
  if (Status status = take_kept(); !status) return status;
  // What is made once belongs to the owner.
  if (if_exists_ == IfExists::Replace) {
    if (Status status = write_aside(std::string(kFileListName), file_list_text(written())); !status) return status;
  }
  return swap();
}

// Exchanges the list at once for one of these paths.
Status OutputFolder::put_list(const std::vector<std::string>& paths) {
  const std::string text = file_list_text(paths);
  const fs::path place = folder_ / kFileListName;
  const Result<std::string> present = load_file(place);
  if (present && *present == text) return Unit{};
  if (Status status = write_aside(std::string(kFileListName), text); !status) return status;
  std::error_code error;
  fs::rename(aside_ / kFileListName, place, error);
  return error ? output_error(place, error.message()) : Status(Unit{});
}

// Where the site needs the name of something that no build wrote, the owner decides.
Status OutputFolder::check_clashes(const std::vector<std::string>& changed) const {
  const auto clash = [&](const fs::path& place) {
    return output_error(place,
                        "the site needs this name, and what has it was not written by a build; move it elsewhere, or give the "
                        "page or file of the site another name");
  };
  for (const std::string& path : changed) {
    for (std::size_t end = path.find('/'); end != std::string::npos; end = path.find('/', end + 1)) {
      const fs::path above = folder_ / path.substr(0, end);
      std::error_code error;
      const fs::file_status status = fs::symlink_status(above, error);
      if (!fs::exists(status)) break;
      if (!fs::is_directory(status) && !previous_output_.has(path.substr(0, end))) return clash(above);
    }
    std::error_code error;
    const fs::file_status status = fs::symlink_status(folder_ / path, error);
    if (fs::exists(status) && !fs::is_directory(status) && !previous_output_.has(path)) return clash(folder_ / path);
  }
  return Unit{};
}

// Makes the folders that new files need. False where a folder has to become a file or the other way round.
bool OutputFolder::has_places_for(const std::vector<std::string>& changed) const {
  std::error_code error;
  return std::all_of(changed.begin(), changed.end(), [&](const std::string& path) {
    const fs::path place = folder_ / fs::path(path);
    return make_folder(place.parent_path()).ok() && !fs::is_directory(place, error);
  });
}

Status OutputFolder::update_in_place(const std::vector<std::string>& changed, const std::vector<std::string>& stale) {
  // If this is interrupted, all that it has put in is known to be a build's.
  std::set<std::string, std::less<>> either = previous_output_.files();
  either.insert(changed.begin(), changed.end());
  if (Status status = put_list({either.begin(), either.end()}); !status) return status;
  const auto move = [&](const std::string& path) {
    const fs::path from = aside_ / fs::path(path);
    const fs::path to = folder_ / fs::path(path);
    return previous_output_.has(path) ? exchange(from, to) : std::rename(from.c_str(), to.c_str()) == 0;
  };
  for (std::size_t i = 0; i < changed.size(); ++i) {
    if (move(changed[i])) continue;
    const Status status = output_error(folder_ / fs::path(changed[i]), std::strerror(errno));
    for (std::size_t done = i; done-- > 0;) {
      const fs::path place = folder_ / fs::path(changed[done]);
      static_cast<void>(previous_output_.has(changed[done]) ? exchange(aside_ / fs::path(changed[done]), place)
                                                            : std::remove(place.c_str()) == 0);
    }
    const std::set<std::string, std::less<>>& before = previous_output_.files();
    static_cast<void>(put_list({before.begin(), before.end()}));
    return status;
  }
  if (Status status = remove_stale(stale); !status) return status;
  if (Status status = put_list(written()); !status) return status;
  return remove_leftover(std::exchange(aside_, fs::path()));
}

Status OutputFolder::remove_stale(const std::vector<std::string>& stale) {
  std::error_code error;
  for (const std::string& path : stale) {
    const fs::path file = folder_ / fs::path(path);
    if (!fs::remove(file, error) && error)
      return output_error(file, "it is no longer part of the site, but stays: " + error.message());
    for (fs::path above = file.parent_path(); above != folder_ && fs::remove(above, error); above = above.parent_path()) {
    }
  }
  return Unit{};
}

// What stays as it was, for a folder that is exchanged as a whole.
Status OutputFolder::take_kept() {
  for (const auto& [path, file] : written_) {
    if (file.origin != Origin::Kept) continue;
    const fs::path from = folder_ / fs::path(path);
    const fs::path to = aside_ / fs::path(path);
    if (folders_.insert(to.parent_path()).second) {
      if (Status status = make_folder(to.parent_path()); !status) return status;
    }
    std::error_code error;
    fs::create_hard_link(from, to, error);
    if (error) fs::copy_file(from, to, error);  // not every file system has links
    if (error) return output_error(to, error.message());
  }
  return Unit{};
}

Status OutputFolder::swap() {
  std::error_code error;
  fs::remove(aside_ / kUnfinishedMark, error);
  const fs::path old = with_suffix(folder_, ".old");
  const bool has_old = fs::exists(folder_, error);
  // The mark goes with the previous output: should this be interrupted, the next build may remove it.
  if (has_old && !std::ofstream(folder_ / kUnfinishedMark)) return output_error(folder_, "nothing can be written into it");
  if (has_old && exchange(aside_, folder_)) {  // the previous output is now aside
    return remove_leftover(std::exchange(aside_, fs::path()));
  }
  if (has_old) {
    Status status = remove_leftover(old);
    if (status) fs::rename(folder_, old, error);
    if (status && error) status = output_error(folder_, error.message());
    if (!status) {
      fs::remove(folder_ / kUnfinishedMark, error);
      return status;
    }
  }
  fs::rename(aside_, folder_, error);
  if (error) {
    const std::string reason = error.message();
    if (has_old) fs::rename(old, folder_, error);
    fs::remove(folder_ / kUnfinishedMark, error);
    return output_error(folder_, reason);
  }
  aside_.clear();
  return remove_leftover(old);
}

}  // namespace octavo
