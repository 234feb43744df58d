// The site's pages as HTML that is readable at once, without the reader.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/content/bundle/bundle.h"
#include "core/layout/style/style.h"
#include "press/base/progress.h"
#include "press/output/build_cache.h"
#include "press/output/output_folder.h"
#include "press/publish/bundle_files.h"
#include "press/publish/page_template.h"
#include "press/publish/reader_files.h"

namespace octavo {

// Name and version, as pages, feeds and the manifest give them.
inline constexpr const char* kGenerator = "Octavo " OCTAVO_VERSION;

struct SitePages {
  const SiteInfo& site;
  const std::vector<Post>& posts;  // sorted, with the references to their files
  const std::vector<Post>& pages;
  const std::vector<PostGroup>& groups;
  const ReaderFiles& reader_files;
  const PublishedReaderFiles& files;
  std::string policy;  // Content-Security-Policy of every page, for hosts that send no headers
  std::string build_id;
  BuildCache* cache = nullptr;  // may be null
};

// "#rrggbb" of the page in a theme, for the browser's own surfaces around it.
std::string theme_color(ThemeKind theme);

bool has_share_page(const SitePages& pages);

// A short hash of what all pages share: the template, the reader's files, the banner, the sidebar and the footer.
std::string site_build_id(const SitePages& pages, OutputFolder& output);

// Pages for the service worker, beside those that readers find. The shell serves any address, so its own references begin with
// kShellRoot, which the worker replaces by the site's path.
inline constexpr const char* kShellPath = "reader.html";
inline constexpr const char* kShellRoot = "/octavo-root/";
inline constexpr const char* kOfflinePath = "offline.html";
// The page for links that are shared with the installed blog; only where there are comments.
inline constexpr const char* kSharePath = "share.html";
inline constexpr const char* kNotFoundPath = "404.html";

// Writes the lists, posts, tags, 404.html and the three pages above, the shell only with a reader, on all cores, then sitemap.xml
// and robots.txt.
Status write_static_pages(const SitePages& pages, OutputFolder& output, Progress& progress);

// The values of an empty page, to check templates with.
TemplateValues example_template_values();

}  // namespace octavo
