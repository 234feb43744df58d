// How a verb reports its outcome to a person or a program.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/base/diagnostics.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "press/base/progress.h"
#include "press/prepare/post_selection.h"

namespace octavo {

enum ExitCode : int { kExitOk = 0, kExitProblems = 1, kExitUsage = 2 };

enum class Report : std::uint8_t {
  Shown,  // messages, progress and a summary on stderr
  Quiet,  // messages only
  Json,   // one object on stdout, nothing on stderr
};

inline Progress::Mode progress_mode(Report report) {
  return report == Report::Shown ? Progress::Mode::Shown : Progress::Mode::Quiet;
}

struct VerbOutcome {
  std::optional<Error> error;                // the verb as a whole has failed
  bool is_clean = true;                      // false: done, but with problems that are not in the diagnostics
  std::string summary;                       // for a person; without a line end
  std::function<void(JsonWriter&)> members;  // of the JSON object, besides "ok", "error" and "messages"
};

// Reports everything and returns the process's exit code: kExitProblems for an error, for any diagnostic that is one, and for
// an outcome that is not clean.
int report_outcome(const VerbOutcome& outcome, const Diagnostics& diagnostics, Report report);

// "counts": {"published": 7, ...}
void write_counts(JsonWriter& json, const PostCounts& counts);

// To stderr, one line each.
void print_diagnostics(const Diagnostics& diagnostics);
void print_error(const Error& error);

}  // namespace octavo
