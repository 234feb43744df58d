// The folder a site is published from: written aside, then moved in, so that a failed build never damages what was there.
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
#include "press/base/sha256.h"
#include "press/output/previous_output.h"

namespace octavo {

// A previous output is recognized by this file, which every build writes.
inline constexpr std::string_view kManifestFileName = "octavo.json";

class OutputFolder {
 public:
  enum class IfExists : std::uint8_t { Replace, Refuse };

  // Prepares "<folder>.new" beside `folder`. Refuses a folder that holds anything but a previous output (with IfExists::Refuse
  // that, too), and leftovers beside it that are not Octavo's.
  static Result<OutputFolder> open(const std::filesystem::path& folder, IfExists if_exists = IfExists::Replace);

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
  // The hash of a file that was written.
  Sha256 hash_of(const std::string& path) const;
  // Instead of writing: keeps the file of the previous output if its bytes have this hash, and returns whether they do.
  bool keep(const std::string& path, const Sha256& hash);
  // Keeps a file of the previous output that is made from `source` alone, when `source` was written with the bytes it had before.
  // False when there is no such file.
  bool keep_made_from(const std::string& source, const std::string& path);

  // Makes what was written the content of the folder. Files that are there already with the same bytes stay as they are. Where
  // few differ, each is exchanged for its new form (what others refer to first, then the pages, then the manifest), all of them
  // back again when one cannot be; then what no longer belongs is removed. Otherwise the whole folder is exchanged at once.
  Status commit();

 private:
  OutputFolder(std::filesystem::path folder, IfExists if_exists);
  Status write_aside(const std::string& path, std::string_view bytes);
  std::vector<std::string> changed_paths() const;
  std::vector<std::string> stale_paths() const;
  bool has_places_for(const std::vector<std::string>& changed) const;
  Status update_in_place(const std::vector<std::string>& changed, const std::vector<std::string>& stale);
  Status take_kept();
  Status swap();

  enum class Origin : std::uint8_t { Written, Kept };
  struct WrittenFile {
    Sha256 hash{};  // unknown for files that were kept unread
    Origin origin = Origin::Written;
  };

  std::filesystem::path folder_;
  IfExists if_exists_ = IfExists::Replace;
  std::filesystem::path aside_;  // empty when committed or moved from
  PreviousOutput previous_output_;
  mutable std::mutex mutex_;
  std::map<std::string, WrittenFile, std::less<>> written_;
  std::set<std::filesystem::path> folders_;  // made aside
};

}  // namespace octavo
