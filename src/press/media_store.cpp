// Publishing media files.
#include "press/media_store.h"

#include <optional>
#include <string_view>
#include <utility>

#include "core/base/url.h"
#include "core/base/utf8.h"
#include "press/image_size.h"
#include "press/sha256.h"
#include "press/text_file.h"

namespace octavo {

namespace {

constexpr std::size_t kHashDigits = 8;
constexpr std::size_t kMaxStemBytes = 120;  // longer names do not fit into a file system with the hash added

// Control characters and what Windows hosts refuse become '-'.
std::string safe_name(std::string_view name) {
  std::string safe = repair_utf8(name).text;
  for (char& c : safe) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F || std::string_view("\\<>:\"|?*").find(c) != std::string_view::npos)
      c = '-';
  }
  return safe;
}

// Cut between code points.
std::string shortened(std::string text) {
  if (text.size() <= kMaxStemBytes) return text;
  std::size_t end = kMaxStemBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  return text;
}

}  // namespace

Result<ImageInfo> MediaStore::add(const std::filesystem::path& file) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = known_.find(file); known != known_.end()) return known->second;
  }
  Result<ImageInfo> published = publish(file);
  if (published) {
    const std::lock_guard lock(mutex_);
    known_.emplace(file, *published);
  }
  return published;
}

Result<ImageInfo> MediaStore::publish(const std::filesystem::path& file) {
  const Result<std::string> bytes = load_file(file);
  if (!bytes) return bytes.error();
  std::string path = "media/" + shortened(safe_name(file.stem().string()));
  path += "." + hex_digits(sha256(*bytes), kHashDigits);
  path += shortened(safe_name(file.extension().string()));
  ImageInfo info;
  info.url = encode_path(path);
  if (const std::optional<ImageSize> size = image_size(*bytes)) {
    info.width = size->width;
    info.height = size->height;
  }
  if (output_ == nullptr) return info;
  {
    const std::lock_guard lock(mutex_);
    if (!written_.insert(path).second) return info;
  }
  if (Status status = output_->write(path, *bytes); !status) return status.error();
  return info;
}

}  // namespace octavo
