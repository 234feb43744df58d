// Publishes screenshots.
#include "press/publish/screenshots.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace octavo {

namespace {

namespace fs = std::filesystem;

// What Chromium takes (https://developer.mozilla.org/docs/Web/Progressive_web_apps/Manifest/Reference/screenshots).
constexpr std::uint32_t kMinSide = 320;
constexpr std::uint32_t kMaxSide = 3840;
constexpr double kMaxRatio = 2.3;

std::string_view type_of(const fs::path& file) {
  const std::string extension = file.extension().string();
  if (extension == ".png") return "image/png";
  if (extension == ".webp") return "image/webp";
  return extension == ".jpg" || extension == ".jpeg" ? "image/jpeg" : "";
}

bool is_below(const fs::path& path) {
  const fs::path normal = path.lexically_normal();
  return normal.is_relative() && !normal.empty() && *normal.begin() != "..";
}

bool is_fitting(std::uint32_t width, std::uint32_t height) {
  const auto [low, high] = std::minmax(width, height);
  return low >= kMinSide && high <= kMaxSide && high <= low * kMaxRatio;
}

}  // namespace

std::vector<Screenshot> publish_screenshots(const std::vector<ScreenshotSetting>& settings, const fs::path& folder,
                                            AssetPublisher& media, Diagnostics& diagnostics) {
  std::vector<Screenshot> published;
  for (const ScreenshotSetting& setting : settings) {
    const auto problem = [&](const std::string& text) {
      diagnostics.error((folder / kSettingsFileName).lexically_normal().generic_string(), setting.line, 0,
                        "The screenshot \"" + setting.image + "\" " + text);
    };
    const std::string type(type_of(setting.image));
    if (type.empty()) {
      problem("is left out: browsers take PNG, JPEG and WebP.");
      continue;
    }
    if (!is_below(setting.image)) {
      problem("is left out: it must be in the site's folder.");
      continue;
    }
    const Result<ImageInfo> image = media.add(folder / setting.image);
    if (!image) {
      problem("is left out: " + image.error().message);
      continue;
    }
    if (!is_fitting(image->width, image->height)) {
      problem("is " + std::to_string(image->width) + " by " + std::to_string(image->height) +
              " pixels; browsers take sides of 320 to 3840, of which one is at most 2.3 times the other.");
      continue;
    }
    published.push_back({image->url, type, setting.label, image->width, image->height});
  }
  return published;
}

}  // namespace octavo
