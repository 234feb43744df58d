// The folder a site is published from: written aside, then moved in, so that a failed build never damages what was there. Files
// that no build has written (.git, CNAME, a verification file) stay, whatever is published.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
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

  // Prepares "<folder>.new" beside `folder`. Refuses a folder with files and without a previous output (with IfExists::Refuse any
  // that is not empty), and what is in the way beside it and was not made by Octavo.
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
  // Keeps a file of the previous output as it is. False when there is none.
  bool keep_previous(const std::string& path);
  // The file of the previous output that write_hashed_file() named "<stem>.<hash>.<extension>".
  std::optional<std::string> previous_hashed_file(std::string_view stem, std::string_view extension) const;
  Result<std::string> read_previous(const std::string& path) const;
  // Keeps a file of the previous output that is made from `source` alone, when `source` was written with the bytes it had before.
  // False when there is no such file.
  bool keep_made_from(const std::string& source, const std::string& path);

  // Makes what was written the content of the folder. Files that are there already with the same bytes stay as they are. Where
  // few differ, or the folder holds files of the owner's, each is exchanged for its new form (what others refer to first, then
  // the pages, then the manifest), all of them back again when one cannot be; then what earlier builds wrote and this one did not
  // is removed. Otherwise the whole folder is exchanged at once. An error, with nothing changed, where a file of the owner's has
  // a name that the site needs.
  Status commit();

 private:
  OutputFolder(std::filesystem::path folder, IfExists if_exists);
  Status write_aside(const std::string& path, std::string_view bytes);
  std::vector<std::string> changed_paths() const;
  std::vector<std::string> stale_paths() const;
  bool has_places_for(const std::vector<std::string>& changed) const;
  Status check_clashes(const std::vector<std::string>& changed) const;
  Status put_list(const std::vector<std::string>& paths);
  Status update_in_place(const std::vector<std::string>& changed, const std::vector<std::string>& stale);
  Status remove_stale(const std::vector<std::string>& stale);
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
