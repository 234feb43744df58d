// `octavo check`: every problem of a site, and nothing written.
#include <cstdio>

#include "press/commands.h"

namespace octavo {

int run_check(const std::filesystem::path& site, DateTime now, Progress::Mode mode) {
  Diagnostics diagnostics;
  const Result<PostCounts> counts = [&] {
    Progress progress(mode);
    return check_site(site, now, diagnostics, progress);
  }();
  print_diagnostics(diagnostics);
  if (!counts) {
    print_error(counts.error());
    return kExitProblems;
  }
  const std::size_t problems = diagnostics.count(Severity::Problem);
  if (mode == Progress::Mode::Shown) {
    std::fprintf(stderr, "%s; problems: %zu, warnings: %zu\n", counts_in_words(*counts).c_str(), problems,
                 diagnostics.count(Severity::Warning));
  }
  return problems == 0 ? kExitOk : kExitProblems;
}

}  // namespace octavo
