// Images and other files that posts refer to, published once each under a name with a hash of their content.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/content/bundle/bundle.h"
#include "press/base/memory_budget.h"
#include "press/base/sha256.h"
#include "press/output/build_cache.h"
#include "press/output/output_folder.h"

namespace octavo {

class AssetPublisher {
 public:
  // Without an output (nullptr) files are read and measured but not written, for `octavo check`.
  AssetPublisher(OutputFolder* output, BuildCache& cache) : output_(output), cache_(cache) {}

  // Publishes a file as "media/<name>.<hash>.<extension>"; the address is relative to the site's root and encoded. Images get
  // their size, and photographs variants beside them (core/content/image_variants.h); the hash then covers all of them.
  // From any thread; the result depends on the file's name and content alone.
  Result<ImageInfo> add(const std::filesystem::path& file);

  // Warns about photographs that are published without variants, in the order of their names. Called when all are added.
  void report(Diagnostics& diagnostics) const;

 private:
  struct Entry {
    std::once_flag once;
    Result<ImageInfo> published = ImageInfo();
    std::string problem;
  };
  // The variants of an image.
  struct Variants {
    std::string name_hash;
    std::string problem;
    std::vector<Sha256> hashes;      // one for each variant
    std::vector<std::string> files;  // bytes; none where an earlier build has made them
  };

  Result<ImageInfo> publish(const std::filesystem::path& file, std::string& problem);
  Variants variants_of(std::string_view bytes, const Sha256& hash);
  Variants make_variants(std::string_view bytes, const Sha256& hash);
  bool keep_variants(const std::string& path, const Variants& variants);
  Status write(const std::string& path, std::string_view bytes, const Variants& variants);

  OutputFolder* output_;
  BuildCache& cache_;
  MemoryBudget budget_{384UL * 1024 * 1024};
  mutable std::mutex mutex_;
  std::map<std::filesystem::path, std::shared_ptr<Entry>> entries_;
  std::set<std::string> written_;  // published paths; copies of one file in two folders share one
};

}  // namespace octavo
