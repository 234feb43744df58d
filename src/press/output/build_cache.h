// Results of earlier builds, by the hash of everything they were made from: an entry is never stale, only unused.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "press/base/sha256.h"

namespace octavo {

class BuildCache {
 public:
  BuildCache() = default;  // remembers within one build only

  // Entries of a file that is missing, damaged or of another program are forgotten. The program is known by its own bytes and
  // the libraries it runs with.
  static BuildCache load(const std::filesystem::path& file);
  BuildCache(BuildCache&& other) noexcept;
  BuildCache& operator=(BuildCache&&) = delete;

  // The key of a result that was made from these texts; `kind` separates the results of different functions.
  static Sha256 key(std::string_view kind, std::initializer_list<std::string_view> made_from);

  // From any thread.
  std::optional<std::string> find(const Sha256& key);
  void store(const Sha256& key, std::string value);

  // Keeps what was found or stored since load(). If that fails, the next build is slower.
  void save() const;

 private:
  std::filesystem::path file_;  // empty = nowhere
  mutable std::mutex mutex_;
  std::map<Sha256, std::string> previous_;
  std::map<Sha256, std::string> used_;
};

// Texts one after the other, each with its length, and back: values of entries.
void pack_text(std::string& out, std::string_view text);
std::optional<std::string> unpack_text(std::string_view& packed);

}  // namespace octavo
