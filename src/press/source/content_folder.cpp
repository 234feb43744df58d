// Walks the content folder and finds files in it.
#include "press/source/content_folder.h"

#include <algorithm>
#include <system_error>

#include "press/source/post_address.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

bool is_hidden(std::string_view name) {
  return name.starts_with('.');
}

}  // namespace

std::string_view folder_of(std::string_view relative) {
  const std::size_t slash = relative.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : relative.substr(0, slash);
}

std::optional<std::string> join_inside(std::string_view folder, std::string_view reference) {
  std::vector<std::string_view> names;
  const auto add = [&names](std::string_view path) {
    while (!path.empty()) {
      const std::size_t end = std::min(path.find('/'), path.size());
      const std::string_view name = path.substr(0, end);
      path.remove_prefix(std::min(end + 1, path.size()));
      if (name.empty() || name == ".") continue;
      if (name != "..") {
        names.push_back(name);
      } else if (names.empty()) {
        return false;
      } else {
        names.pop_back();
      }
    }
    return true;
  };
  if (!reference.starts_with('/') && !add(folder)) return std::nullopt;
  if (!add(reference)) return std::nullopt;
  std::string joined;
  for (const std::string_view name : names) joined.append(joined.empty() ? "" : "/").append(name);
  return joined;
}

Result<ContentFolder> ContentFolder::open(const fs::path& site, Diagnostics& diagnostics) {
  std::error_code error;
  const fs::file_status status = fs::status(site, error);
  if (!fs::exists(status)) return Error{ErrorCode::NotFound, "The site's folder does not exist.", site.string()};
  if (!fs::is_directory(status)) return Error{ErrorCode::BadValue, "This is neither a folder nor a JSON Feed.", site.string()};
  ContentFolder folder;
  folder.root_ = fs::is_directory(site / "content", error) ? site / "content" : site;
  folder.canonical_root_ = fs::canonical(folder.root_, error);
  if (error) return Error{ErrorCode::Unreadable, "The folder cannot be read: " + error.message() + ".", folder.root_.string()};
  const fs::directory_iterator first(folder.root_, error);
  if (error) return Error{ErrorCode::Unreadable, "The folder cannot be read: " + error.message() + ".", folder.root_.string()};
  folder.walk(diagnostics);
  return folder;
}

std::string ContentFolder::shown(const std::string& relative) const {
  return (root_ / fs::path(relative)).lexically_normal().generic_string();
}

bool ContentFolder::is_inside(const fs::path& path) const {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (error) return false;
  const auto [root_end, unused] = std::mismatch(canonical_root_.begin(), canonical_root_.end(), real.begin(), real.end());
  return root_end == canonical_root_.end();
}

void ContentFolder::walk(Diagnostics& diagnostics) {
  std::error_code error;
  fs::recursive_directory_iterator at(root_, fs::directory_options::none, error);
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (is_hidden(at->path().filename().string())) {
      at.disable_recursion_pending();
      continue;
    }
    const std::string relative = at->path().lexically_relative(root_).generic_string();
    if (at->is_symlink(ignored) && !is_inside(at->path())) {
      diagnostics.error(shown(relative), 0, 0, "The symbolic link leads out of the content folder or nowhere; it is left out.");
    } else if (at->is_regular_file(ignored) && is_post_file(relative)) {
      posts_.push_back(relative);
    } else if (fs::is_other(at->status(ignored)) && is_post_file(relative)) {
      diagnostics.error(shown(relative), 0, 0, "This is not a regular file; it is left out.");
    }
  }
  if (error) diagnostics.error(shown(""), 0, 0, "A folder cannot be read: " + error.message() + ".");
  std::sort(posts_.begin(), posts_.end());
}

FoundFile ContentFolder::find(std::string_view folder, std::string_view reference) const {
  FoundFile found;
  const std::optional<std::string> relative = join_inside(folder, reference);
  if (!relative || relative->find('\0') != std::string::npos) {
    found.state = FoundFile::State::Refused;
    return found;
  }
  found.relative = *relative;
  found.path = path_of(*relative);
  std::error_code error;
  const fs::file_status status = fs::status(found.path, error);
  if (!fs::exists(status)) return found;
  const bool has_hidden_name = is_hidden(*relative) || relative->find("/.") != std::string::npos;
  if (has_hidden_name || !is_inside(found.path)) {
    found.state = FoundFile::State::Refused;
  } else if (fs::is_directory(status)) {
    found.state = FoundFile::State::Folder;
  } else if (fs::is_regular_file(status)) {
    found.state = FoundFile::State::File;
  }
  return found;
}

}  // namespace octavo
