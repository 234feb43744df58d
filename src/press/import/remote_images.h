// Brings along the images that imported posts show from other sites.
#pragma once

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "press/base/progress.h"
#include "press/import/common/import_report.h"
#include "press/import/common/imported_site.h"
#include "press/import/media_fetch.h"
#include "press/output/output_folder.h"

namespace octavo {

// Writes the images that can be fetched below content/media/ and makes the posts' addresses lead there ([addresses]; the texts
// stay as they are). Images that a text shows, files of images that it links to, and the posts' own. Each counts once as
// "remote images"; one that cannot be fetched is a failure in the report, and its address stays.
Status fetch_remote_images(std::vector<ImportedPost>& posts, const MediaFetch& fetch, OutputFolder& output, ImportReport& report,
                           Diagnostics& diagnostics, Progress& progress);

}  // namespace octavo
