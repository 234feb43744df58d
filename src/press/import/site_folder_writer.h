// Writes what was imported as an Octavo site: octavo.toml, content/ and the report.
#pragma once

#include <string>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "press/base/progress.h"
#include "press/import/common/import_report.h"
#include "press/import/common/imported_site.h"
#include "press/import/import_options.h"

namespace octavo {

inline constexpr std::string_view kReportFileName = "import-report.json";

// `output` must be empty or absent: an owner's edits are never overwritten. Posts are counted in the report as written
// or failed; of two posts with one address (ignoring case) the later one gets another. `format` is for the report, which is
// written last, as part of the folder.
Status write_site_folder(ImportedSite& site, const ImportOptions& options, const std::string& format, ImportReport& report,
                         Diagnostics& diagnostics, Progress& progress);

// A post as a file: front matter in TOML and the text.
std::string write_post_file(const ImportedPost& post);

// octavo.toml
std::string write_site_settings(const SiteInfo& site);

}  // namespace octavo
