// Any blog in, a folder that `octavo build` reads out.
#pragma once

#include <string>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "press/base/progress.h"
#include "press/import/common/import_report.h"
#include "press/import/import_options.h"

namespace octavo {

struct ImportOutcome {
  std::string format;  // "WordPress export", "RSS", ...
  ImportReport report;
};

// What is wrong with single posts is in the diagnostics and in the report, and the rest is imported. An Error means that nothing
// was written.
Result<ImportOutcome> import_site(const ImportOptions& options, Diagnostics& diagnostics, Progress& progress);

}  // namespace octavo
