// Publishes the static folder.
#include "press/publish/static_files.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <vector>

#include "core/base/utf8.h"
#include "press/base/text_file.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

// What systems leave in folders and nobody means to publish.
bool is_litter(const std::string& name) {
  return name == ".git" || name == ".DS_Store" || name == "Thumbs.db";
}

bool is_publishable(const std::string& path) {
  const bool has_controls = std::any_of(path.begin(), path.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; });
  return is_valid_utf8(path) && !has_controls && path != kFileListName && path != kUnfinishedMark;
}

}  // namespace

Status write_static_files(const fs::path& folder, OutputFolder& output, Diagnostics& diagnostics) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) return Unit{};
  std::vector<std::string> files;
  const auto leave_out = [&](const fs::path& path, const std::string& reason) {
    diagnostics.error(path.lexically_normal().generic_string(), 0, 0, reason + "; it is left out.");
  };
  fs::recursive_directory_iterator at(folder, fs::directory_options::none, error);
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    const std::string relative = at->path().lexically_relative(folder).generic_string();
    if (is_litter(at->path().filename().string())) {
      at.disable_recursion_pending();
    } else if (at->is_symlink(ignored)) {
      leave_out(at->path(), "This is a symbolic link, and what it leads to may not be meant for everybody");
    } else if (at->is_regular_file(ignored)) {
      if (is_publishable(relative))
        files.push_back(relative);
      else
        leave_out(repair_utf8(at->path().string()).text, "No address can have this name");
    } else if (!at->is_directory(ignored)) {
      leave_out(at->path(), "This is not a regular file");
    }
  }
  if (error) return Error{ErrorCode::Unreadable, "The folder cannot be read: " + error.message() + ".", folder.string()};
  std::sort(files.begin(), files.end());
  for (const std::string& file : files) {
    const Result<std::string> bytes = load_file(folder / file);
    if (!bytes) return bytes.error();
    if (Status status = output.write(file, *bytes); !status) return status;
  }
  return Unit{};
}

}  // namespace octavo
