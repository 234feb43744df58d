// `octavo build`: a site becomes a folder that any host can serve.
#include <cstdio>

#include "press/commands.h"

namespace octavo {

int run_build(const BuildOptions& options, Progress::Mode mode) {
  Diagnostics diagnostics;
  const Result<PostCounts> counts = [&] {
    Progress progress(mode);
    return build_site(options, diagnostics, progress);
  }();
  print_diagnostics(diagnostics);
  if (!counts) {
    print_error(counts.error());
    return kExitProblems;
  }
  if (mode == Progress::Mode::Shown) std::fprintf(stderr, "%s\n", counts_in_words(*counts).c_str());
  return diagnostics.count(Severity::Problem) == 0 ? kExitOk : kExitProblems;
}

}  // namespace octavo
