// The folder a site is published from: written aside, then swapped in, so that a failed build never damages what was there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "press/sha256.h"

namespace octavo {

// A former output is known by this file, which every build writes.
inline constexpr std::string_view kManifestFileName = "octavo.json";

class OutputFolder {
 public:
  enum class Former : std::uint8_t { Replace, Refuse };

  // Prepares "<folder>.new" beside `folder`. Refuses a folder that holds anything but a former output (and with Former::Refuse
  // that, too), and leftovers beside it that are not Octavo's.
  static Result<OutputFolder> open(const std::filesystem::path& folder, Former former = Former::Replace);

  OutputFolder(OutputFolder&& other) noexcept;
  OutputFolder& operator=(OutputFolder&&) = delete;
  ~OutputFolder();  // removes what was not committed

  // Writes a file below the folder, from any thread. `path` has '/' between names and is not percent-encoded. Writing a path
  // twice is an error, since one page would silently replace another.
  Status write(const std::string& path, std::string_view bytes);

  // What was written so far: paths, sorted.
  std::vector<std::string> written() const;
  bool has(const std::string& path) const;
  Result<std::string> read(const std::string& path) const;
  // Of a file that was written.
  Sha256 hash_of(const std::string& path) const;

  // Puts the new folder in the place of the old one.
  Status commit();

 private:
  OutputFolder(std::filesystem::path folder, Former former);

  std::filesystem::path folder_;
  Former former_ = Former::Replace;
  std::filesystem::path aside_;  // empty when committed or moved from
  mutable std::mutex mutex_;
  std::map<std::string, Sha256> written_;
  std::set<std::filesystem::path> folders_;
};

}  // namespace octavo
