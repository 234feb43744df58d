// Any blog in, a folder that `octavo build` reads out.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/date.h"
#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "press/base/progress.h"
#include "press/import/import_report.h"
#include "press/import/media_fetch.h"
#include "press/prepare/post_selection.h"

namespace octavo {

struct ImportOptions {
  std::filesystem::path source;
  std::filesystem::path output;
  DateTime now;
  Drafts drafts = Drafts::Withhold;
  const MediaFetch* fetch = nullptr;  // nothing is asked for over the network without one
};

struct ImportOutcome {
  std::string format;  // "WordPress export", "RSS", ...
  ImportReport report;
};

// What is wrong with single posts is in the diagnostics and in the report, and the rest is imported. An Error means that nothing
// was written.
Result<ImportOutcome> import_site(const ImportOptions& options, Diagnostics& diagnostics, Progress& progress);

}  // namespace octavo
