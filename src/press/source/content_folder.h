// The folder that posts and their images come from: what is in it, and where a reference in a post leads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/base/result.h"

namespace octavo {

// A file found by a reference. Anything that is not plainly inside the folder is refused: a post from elsewhere must not be
// able to publish files of the machine that builds it.
struct FoundFile {
  enum class State : std::uint8_t { File, Folder, Missing, Refused };
  State state = State::Missing;
  std::string relative;        // below the content folder; empty when refused
  std::filesystem::path path;  // File and Folder
};

class ContentFolder {
 public:
  // `site` is a folder; its content is in "content", or in itself when there is no such folder. Hidden files are not looked
  // at; symbolic links that lead out of the folder are errors.
  static Result<ContentFolder> open(const std::filesystem::path& site, Diagnostics& diagnostics);

  // Post files below the folder, '/' between names, sorted.
  const std::vector<std::string>& posts() const { return posts_; }

  std::filesystem::path path_of(const std::string& relative) const { return root_ / std::filesystem::path(relative); }
  // The file's name in messages: relative to the person's working directory.
  std::string shown(const std::string& relative) const;

  // `reference` is a decoded path: relative to `folder` (below the content folder), or below the content folder when it begins
  // with '/'.
  FoundFile find(std::string_view folder, std::string_view reference) const;

 private:
  ContentFolder() = default;
  void walk(Diagnostics& diagnostics);
  bool is_inside(const std::filesystem::path& path) const;

  std::filesystem::path root_;
  std::filesystem::path canonical_root_;
  std::vector<std::string> posts_;
};

// Joins without climbing out: nothing when ".." would leave the root. "" is the root itself.
std::optional<std::string> join_inside(std::string_view folder, std::string_view reference);

// "a/b/index.md" -> "a/b"; "" for a name alone.
std::string_view folder_of(std::string_view relative);

}  // namespace octavo
