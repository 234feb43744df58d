// Publishes media files.
#include "press/prepare/asset_publisher.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/url.h"
#include "core/base/utf8.h"
#include "core/content/document/image_variants.h"
#include "press/base/sha256.h"
#include "press/base/text_file.h"
#include "press/prepare/image_probe.h"
#include "press/prepare/image_variants.h"

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

std::string published_path(const std::filesystem::path& file, const std::string& hash) {
  const std::string name = shortened(safe_name(file.stem().string()));
  return "media/" + name + "." + hash + shortened(safe_name(file.extension().string()));
}

Sha256 cache_key(const Sha256& original) {
  return BuildCache::key("image variants", {hex_digits(original, kWholeHashDigits)});
}

}  // namespace

Result<ImageInfo> AssetPublisher::add(const std::filesystem::path& file) {
  std::shared_ptr<Entry> entry;
  {
    const std::lock_guard lock(mutex_);
    std::shared_ptr<Entry>& known = entries_[file];
    if (!known) known = std::make_shared<Entry>();
    entry = known;
  }
  std::call_once(entry->once, [&] { entry->published = publish(file, entry->problem); });
  return entry->published;
}

void AssetPublisher::report(Diagnostics& diagnostics) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [file, entry] : entries_) {
    if (entry->problem.empty()) continue;
    diagnostics.warn(file.lexically_normal().generic_string(), 0, 0,
                     "The image is published without smaller variants: " + entry->problem + ".");
  }
}

Result<ImageInfo> AssetPublisher::publish(const std::filesystem::path& file, std::string& problem) {
  const Result<std::string> bytes = load_file(file);
  if (!bytes) return bytes.error();
  const Sha256 hash = sha256(*bytes);
  Variants variants = variants_of(*bytes, hash);
  std::string path = published_path(file, variants.name_hash);
  bool is_first = false;
  if (output_ != nullptr) {
    const std::lock_guard lock(mutex_);
    is_first = written_.insert(path).second;
  }
  if (is_first) {
    if (variants.files.empty() && !keep_variants(path, variants)) {
      variants = make_variants(*bytes, hash);
      path = published_path(file, variants.name_hash);
    }
    if (Status status = write(path, *bytes, variants); !status) return status.error();
  }
  problem = variants.problem;
  ImageInfo info;
  info.url = encode_path(path);
  info.variant_count = static_cast<std::uint32_t>(variants.hashes.size());
  if (const std::optional<ImageSize> size = image_size(*bytes)) {
    info.width = size->width;
    info.height = size->height;
  }
  return info;
}

AssetPublisher::Variants AssetPublisher::variants_of(std::string_view bytes, const Sha256& hash) {
  if (output_ == nullptr || variant_memory(bytes) == 0) return {hex_digits(hash, kHashDigits), {}, {}, {}};
  const std::optional<std::string> known = cache_.find(cache_key(hash));
  if (!known) return make_variants(bytes, hash);
  std::string_view rest = *known;
  Variants variants;
  variants.name_hash = unpack_text(rest).value_or("");
  variants.problem = unpack_text(rest).value_or("");
  while (!rest.empty()) variants.hashes.push_back(hash_from_hex(unpack_text(rest).value_or("")));
  return variants;
}

AssetPublisher::Variants AssetPublisher::make_variants(std::string_view bytes, const Sha256& hash) {
  const MemoryBudget::Reservation reservation(budget_, variant_memory(bytes));
  ImageVariants made = make_image_variants(bytes);
  Variants variants{hex_digits(hash, kHashDigits), std::move(made.problem), {}, std::move(made.files)};
  std::string hashes;
  for (const std::string& file : variants.files) {
    variants.hashes.push_back(sha256(file));
    pack_text(hashes, hex_digits(variants.hashes.back(), kWholeHashDigits));
  }
  // A name belongs to the same bytes forever, even if a later version makes other variants of the same original.
  if (!variants.files.empty()) variants.name_hash = hex_digits(sha256(hex_digits(hash, kWholeHashDigits) + hashes), kHashDigits);
  std::string value;
  pack_text(value, variants.name_hash);
  pack_text(value, variants.problem);
  cache_.store(cache_key(hash), value + hashes);
  return variants;
}

bool AssetPublisher::keep_variants(const std::string& path, const Variants& variants) {
  for (std::size_t i = 0; i < variants.hashes.size(); ++i) {
    if (!output_->keep(image_variant_url(path, kImageVariantWidths[i]), variants.hashes[i])) return false;
  }
  return true;
}

Status AssetPublisher::write(const std::string& path, std::string_view bytes, const Variants& variants) {
  if (Status status = output_->write(path, bytes); !status) return status;
  for (std::size_t i = 0; i < variants.files.size(); ++i) {
    const std::string variant = image_variant_url(path, kImageVariantWidths[i]);
    if (output_->has(variant)) continue;  // kept before a wider one was found missing
    if (Status status = output_->write(variant, variants.files[i]); !status) return status;
  }
  return Unit{};
}

}  // namespace octavo
