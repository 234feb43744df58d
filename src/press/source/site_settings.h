// octavo.toml: what the owner says about the site as a whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/content/bundle/bundle.h"

namespace octavo {

inline constexpr std::string_view kSettingsFileName = "octavo.toml";

// An image of the site for the dialog in which it is installed.
struct ScreenshotSetting {
  std::string image;  // path beside octavo.toml
  std::string label;
  std::uint32_t line = 0;
};

// What the bundle says about the site, and what only the build needs.
struct SiteSettings : SiteInfo {
  std::vector<std::string> image_hosts;  // origins from which pages may load images besides those that posts name
  std::vector<ScreenshotSetting> screenshots;
};

// Keys: title, description, language, home_page_url, theme, image_hosts, authors, menu, links, screenshots, [comments] endpoint,
// engine and site. Wrong values are errors and keep the default; unknown keys are warned about. `fallback_title` is the title
// of a site whose owner gave none.
SiteSettings parse_site_settings(std::string_view toml, const std::string& file, const std::string& fallback_title,
                                 Diagnostics& diagnostics);

// The address with its last '/'; unchanged when empty; nothing when it is not the address of a site on the web.
std::optional<std::string> checked_home_page_url(const std::string& url);

}  // namespace octavo
