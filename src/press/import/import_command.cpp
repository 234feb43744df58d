// `octavo import`: another blog becomes a folder that `octavo build` reads.
#include <cstdio>

#include "press/commands.h"
#include "press/import/import_site.h"

namespace octavo {

int run_import(const ImportOptions& options, Progress::Mode mode) {
  Diagnostics diagnostics;
  const Result<ImportOutcome> outcome = [&] {
    Progress progress(mode);
    return import_site(options, diagnostics, progress);
  }();
  print_diagnostics(diagnostics);
  if (!outcome) {
    print_error(outcome.error());
    return kExitProblems;
  }
  if (mode == Progress::Mode::Shown) {
    std::fprintf(stderr, "%s\n%s", outcome->format.c_str(), outcome->report.summary().c_str());
  }
  const bool is_clean = diagnostics.count(Severity::Problem) == 0 && !outcome->report.has_failures();
  return is_clean ? kExitOk : kExitProblems;
}

}  // namespace octavo
