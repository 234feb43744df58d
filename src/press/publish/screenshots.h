// The owner's images of the site that browsers show before it is installed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/diagnostics.h"
#include "press/prepare/asset_publisher.h"
#include "press/source/site_settings.h"

namespace octavo {

struct Screenshot {
  std::string url;  // below the site's root
  std::string type;
  std::string label;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};

// Publishes them from the site's folder. What browsers would not take is an error and left out: types other than PNG, JPEG and
// WebP, sides under 320 or over 3840 pixels, one side more than 2.3 times the other.
std::vector<Screenshot> publish_screenshots(const std::vector<ScreenshotSetting>& settings, const std::filesystem::path& folder,
                                            AssetPublisher& media, Diagnostics& diagnostics);

}  // namespace octavo
