// sitemap.xml and robots.txt: what crawlers may read, and where.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/content/bundle/bundle.h"
#include "press/output/output_folder.h"

namespace octavo {

struct SitemapEntry {
  std::string path;  // below the site's root
  std::optional<DateTime> modified;
};

// A sitemap needs absolute addresses: without home_page_url none is written. More than 50,000 addresses go into several files
// that sitemap.xml names. robots.txt allows everything and names the sitemap.
Status write_sitemap(const SiteInfo& site, const std::vector<SitemapEntry>& entries, OutputFolder& output);

}  // namespace octavo
