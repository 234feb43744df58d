// manifest.webmanifest: what a browser must know to install the blog as an application.
#pragma once

#include <string>
#include <vector>

#include "core/content/bundle/bundle.h"
#include "press/publish/reader_files.h"
#include "press/publish/screenshots.h"

namespace octavo {

inline constexpr const char* kWebManifestPath = "manifest.webmanifest";

// All addresses are relative to the file, so the blog can be installed from any path. Icons are those of the reader files:
// icon.svg and icons/<purpose>-<pixels>.png, where the purpose is "any" or "maskable".
std::string build_web_manifest(const SiteInfo& site, const ReaderFiles& reader_files,
                               const std::vector<Screenshot>& screenshots = {});

}  // namespace octavo
