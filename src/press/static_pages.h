// The site's pages as HTML that is readable at once, without the reader.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/content/bundle.h"
#include "press/bundle_files.h"
#include "press/output_folder.h"
#include "press/page_template.h"
#include "press/progress.h"
#include "press/viewer.h"

namespace octavo {

struct SitePages {
  const SiteInfo& site;
  const std::vector<Post>& posts;  // sorted, with the references to their files
  const std::vector<TagGroup>& groups;
  const Viewer& viewer;
  const ViewerFiles& files;
  std::string policy;  // Content-Security-Policy of every page, for hosts that send no headers
};

// Writes the lists, posts, tags and 404.html on all cores, then sitemap.xml and robots.txt.
Status write_static_pages(const SitePages& pages, OutputFolder& output, Progress& progress);

// The values of a page that has nothing in it, to check templates with.
TemplateValues example_template_values();

}  // namespace octavo
