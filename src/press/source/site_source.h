// A site as its owner wrote it: a folder of Markdown files with octavo.toml, or a JSON Feed.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/content/bundle/bundle.h"
#include "press/base/progress.h"
#include "press/source/content_folder.h"
#include "press/source/post_source.h"
#include "press/source/site_settings.h"

namespace octavo {

struct SiteSource {
  SiteSettings site;
  std::optional<ContentFolder> folder;  // absent for a feed
  std::vector<PostSource> posts;        // of the folder, in the order of their files; their diagnostics are within them
  std::vector<Post> feed_posts;
};

Result<SiteSource> load_site_source(const std::filesystem::path& site, Diagnostics& diagnostics, Progress& progress);

}  // namespace octavo
