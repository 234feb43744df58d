// inotify: one watch per folder; all folders are scanned again when one appears.
#include "press/command/folder_watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

namespace octavo {

namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t kEvents =
    IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_ONLYDIR;
constexpr int kQuietMilliseconds = 30;
// Editors' own files: backups, swap files, locks.
bool is_editor_file(std::string_view name) {
  return name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp") || name.ends_with(".swx") || name == "4913";
}

Error watch_error(const fs::path& folder) {
  const std::string reason =
      errno == ENOSPC ? "the system allows no more watches (fs.inotify.max_user_watches)" : std::strerror(errno);
  return {ErrorCode::Unreadable, "The folder cannot be watched: " + reason + ".", folder.string()};
}

}  // namespace

Result<FolderWatch> FolderWatch::open(const std::vector<fs::path>& roots) {
  FolderWatch watch(inotify_init1(IN_NONBLOCK | IN_CLOEXEC), eventfd(0, EFD_CLOEXEC));
  if (watch.notify_ < 0 || watch.stop_event_ < 0) return watch_error(roots.front());
  for (const fs::path& root : roots) {
    std::error_code error;
    if (fs::is_directory(root, error)) {
      watch.whole_folders_.insert(root);
      if (Status status = watch.add(root); !status) return status.error();
      continue;
    }
    const fs::path folder = root.has_parent_path() ? root.parent_path() : fs::path(".");
    const int id = inotify_add_watch(watch.notify_, folder.c_str(), kEvents);
    if (id < 0) return watch_error(folder);
    watch.only_file_[id] = root.filename().string();
  }
  return watch;
}

FolderWatch::FolderWatch(FolderWatch&& other) noexcept
    : notify_(std::exchange(other.notify_, -1)),
      stop_event_(std::exchange(other.stop_event_, -1)),
      only_file_(std::move(other.only_file_)),
      whole_folders_(std::move(other.whole_folders_)) {}

FolderWatch::~FolderWatch() {
  if (notify_ >= 0) close(notify_);
  if (stop_event_ >= 0) close(stop_event_);
}

Status FolderWatch::add(const fs::path& folder) {
  const int id = inotify_add_watch(notify_, folder.c_str(), kEvents);
  if (id < 0) return errno == ENOENT ? Status(Unit{}) : Status(watch_error(folder));
  only_file_.erase(id);
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (!at->is_directory(ignored) || at->is_symlink(ignored) || at->path().filename().string().starts_with('.')) continue;
    if (Status status = add(at->path()); !status) return status;
  }
  return Unit{};
}

bool FolderWatch::has_changed() {
  alignas(inotify_event) std::array<char, 16 * 1024> buffer;
  bool matters = false;
  for (;;) {
    const ssize_t size = read(notify_, buffer.data(), buffer.size());
    if (size <= 0) break;
    for (ssize_t at = 0; at < size;) {
      const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
      at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
      const std::string_view name = event->len > 0 ? std::string_view(event->name) : std::string_view();
      const auto only = only_file_.find(event->wd);
      if (only != only_file_.end() ? name == only->second : !is_editor_file(name)) matters = true;
    }
  }
  // New folders. One that has disappeared in the meantime does not matter.
  if (matters) {
    for (const fs::path& root : whole_folders_) static_cast<void>(add(root).ok());
  }
  return matters;
}

bool FolderWatch::wait() {
  bool is_changed = false;
  for (;;) {
    std::array<pollfd, 2> sources{{{notify_, POLLIN, 0}, {stop_event_, POLLIN, 0}}};
    const int ready = poll(sources.data(), sources.size(), is_changed ? kQuietMilliseconds : -1);
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0 || sources[1].revents != 0) return false;
    if (ready == 0) return true;
    is_changed = has_changed() || is_changed;
  }
}

void FolderWatch::stop() {
  const std::uint64_t one = 1;
  static_cast<void>(write(stop_event_, &one, sizeof one) == sizeof one);
}

}  // namespace octavo
