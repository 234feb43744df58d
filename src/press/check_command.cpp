// `octavo check`: every problem of a site, and nothing written.
#include "press/commands.h"

namespace octavo {

int run_check(const std::filesystem::path& site, DateTime now, Report report) {
  Diagnostics diagnostics;
  const Result<PostCounts> counts = [&] {
    Progress progress(progress_mode(report));
    return check_site(site, now, diagnostics, progress);
  }();
  VerbOutcome outcome;
  if (counts) {
    outcome.summary = counts_in_words(*counts) + "; problems: " + std::to_string(diagnostics.count(Severity::Problem)) +
                      ", warnings: " + std::to_string(diagnostics.count(Severity::Warning));
    outcome.members = [&](JsonWriter& json) { write_counts(json, *counts); };
  } else {
    outcome.error = counts.error();
  }
  return report_outcome(outcome, diagnostics, report);
}

}  // namespace octavo
