// The posts of a built site by the keys under which people comment on them.
#pragma once

#include <filesystem>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace octavo {

class SiteThreads {
 public:
  explicit SiteThreads(std::filesystem::path site) : site_(std::move(site)) {}

  // Reads the site again after each build. While it is being replaced, the previous posts count. From any thread.
  bool has(std::string_view slug);

 private:
  // Reads nothing when octavo.json has not changed.
  Status update();

  const std::filesystem::path site_;
  std::mutex mutex_;
  std::string manifest_;  // as it was read
  std::set<std::string, std::less<>> slugs_;
};

}  // namespace octavo
