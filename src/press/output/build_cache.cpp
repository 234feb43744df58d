// One file: the program's mark, then keys and values, then the hash of all of it.
#include "press/output/build_cache.h"

#include <link.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <utility>

#include "press/base/text_file.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

void add_library(std::string& out, const char* path) {
  struct stat status {};
  if (path == nullptr || stat(path, &status) != 0) return;
  pack_text(out, path);
  pack_text(out, std::to_string(status.st_size));
  pack_text(out, std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec));
}

// Another version of this program or of a library may give other results for the same sources. Libraries that are loaded later
// must not change the mark at the end of a build.
const std::string& program_mark() {
  static const std::string mark = [] {
    std::string text = "octavo build cache 1";
    add_library(text, "/proc/self/exe");
    dl_iterate_phdr(
        [](dl_phdr_info* info, std::size_t, void* out) {
          add_library(*static_cast<std::string*>(out), info->dlpi_name);
          return 0;
        },
        &text);
    return hex_digits(sha256(text), 64);
  }();
  return mark;
}

std::string_view bytes_of(const Sha256& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

std::optional<Sha256> hash_from(std::string_view bytes) {
  Sha256 hash{};
  if (bytes.size() != hash.size()) return std::nullopt;
  std::memcpy(hash.data(), bytes.data(), bytes.size());
  return hash;
}

}  // namespace

void pack_text(std::string& out, std::string_view text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(static_cast<unsigned char>(size >> shift));
  out += text;
}

std::optional<std::string> unpack_text(std::string_view& packed) {
  constexpr std::size_t kSizeBytes = 4;
  if (packed.size() < kSizeBytes) return std::nullopt;
  std::uint32_t size = 0;
  for (std::size_t i = kSizeBytes; i-- > 0;) size = size << 8 | static_cast<unsigned char>(packed[i]);
  packed.remove_prefix(kSizeBytes);
  if (packed.size() < size) return std::nullopt;
  std::string text(packed.substr(0, size));
  packed.remove_prefix(size);
  return text;
}

BuildCache BuildCache::load(const fs::path& file) {
  const std::string& mark = program_mark();  // now, before the build loads more
  BuildCache cache;
  cache.file_ = file;
  const Result<std::string> bytes = load_file(file);
  constexpr std::size_t kHashBytes = std::tuple_size_v<Sha256>;
  if (!bytes || bytes->size() < kHashBytes) return cache;
  std::string_view rest = std::string_view(*bytes).substr(0, bytes->size() - kHashBytes);
  if (bytes_of(sha256(rest)) != std::string_view(*bytes).substr(rest.size())) return cache;
  if (unpack_text(rest) != mark) return cache;
  while (!rest.empty()) {
    const std::optional<std::string> key = unpack_text(rest);
    std::optional<std::string> value = unpack_text(rest);
    const std::optional<Sha256> hash = key ? hash_from(*key) : std::nullopt;
    if (hash && value) cache.previous_.emplace(*hash, std::move(*value));
  }
  return cache;
}

BuildCache::BuildCache(BuildCache&& other) noexcept
    : file_(std::move(other.file_)), previous_(std::move(other.previous_)), used_(std::move(other.used_)) {}

Sha256 BuildCache::key(std::string_view kind, std::initializer_list<std::string_view> made_from) {
  std::string text;
  pack_text(text, kind);
  for (const std::string_view part : made_from) pack_text(text, part);
  return sha256(text);
}

std::optional<std::string> BuildCache::find(const Sha256& key) {
  const auto found = previous_.find(key);  // nobody changes it after load()
  if (found == previous_.end()) return std::nullopt;
  const std::lock_guard lock(mutex_);
  used_.emplace(key, found->second);
  return found->second;
}

void BuildCache::store(const Sha256& key, std::string value) {
  if (file_.empty()) return;
  const std::lock_guard lock(mutex_);
  used_.insert_or_assign(key, std::move(value));
}

void BuildCache::save() const {
  if (file_.empty()) return;
  std::string bytes;
  pack_text(bytes, program_mark());
  for (const auto& [key, value] : used_) {
    pack_text(bytes, bytes_of(key));
    pack_text(bytes, value);
  }
  bytes += bytes_of(sha256(bytes));
  std::error_code error;
  fs::create_directories(file_.parent_path(), error);
  // With two builds at once, each writes its own file, and one of the two stays.
  fs::path aside = file_;
  aside += "." + std::to_string(getpid());
  std::ofstream stream(aside, std::ios::binary);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) return static_cast<void>(fs::remove(aside, error));
  fs::rename(aside, file_, error);
  if (error) fs::remove(aside, error);
}

}  // namespace octavo
