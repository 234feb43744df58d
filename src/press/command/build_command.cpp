// `octavo build`: a site becomes a folder that any host can serve.
#include "press/command/commands.h"

namespace octavo {

int run_build(const BuildOptions& options, Report report) {
  Diagnostics diagnostics;
  const Result<PostCounts> counts = [&] {
    Progress progress(progress_mode(report));
    return build_site(options, diagnostics, progress);
  }();
  VerbOutcome outcome;
  if (counts) {
    outcome.summary = summary_text(*counts);
    outcome.members = [&](JsonWriter& json) { write_counts(json, *counts); };
  } else {
    outcome.error = counts.error();
  }
  return report_outcome(outcome, diagnostics, report);
}

}  // namespace octavo
