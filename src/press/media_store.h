// Pictures and other files that posts refer to, published once each under a name with a hash of their content.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "core/base/result.h"
#include "core/content/bundle.h"
#include "press/output_folder.h"

namespace octavo {

class MediaStore {
 public:
  // Without an output (nullptr) files are read and measured but not written, for `octavo check`.
  explicit MediaStore(OutputFolder* output) : output_(output) {}

  // Publishes a file as "media/<name>.<hash>.<extension>"; the address is relative to the site's root and encoded. Pictures get
  // their size. From any thread; the result depends on the file's name and content alone.
  Result<ImageInfo> add(const std::filesystem::path& file);

 private:
  Result<ImageInfo> publish(const std::filesystem::path& file);

  OutputFolder* output_;
  std::mutex mutex_;
  std::map<std::filesystem::path, ImageInfo> known_;
  std::set<std::string> written_;  // published paths; copies of one file in two folders share one
};

}  // namespace octavo
