// `octavo check`: reports every problem of a site, or of a host that serves one, and writes nothing.
#include <memory>

#include "press/command/commands.h"
#include "press/command/site_audit.h"

namespace octavo {

int run_check(const std::filesystem::path& site, DateTime now, Report report) {
  Diagnostics diagnostics;
  const Result<PostCounts> counts = [&] {
    Progress progress(progress_mode(report));
    return check_site(site, now, diagnostics, progress);
  }();
  VerbOutcome outcome;
  if (counts) {
    outcome.summary = summary_text(*counts) + "; problems: " + std::to_string(diagnostics.count(Severity::Error)) +
                      ", warnings: " + std::to_string(diagnostics.count(Severity::Warning));
    outcome.members = [&](JsonWriter& json) { write_counts(json, *counts); };
  } else {
    outcome.error = counts.error();
  }
  return report_outcome(outcome, diagnostics, report);
}

int run_site_audit(const std::string& url, Report report) {
  Diagnostics diagnostics;
  const std::unique_ptr<HttpClient> client = make_http_client();
  const Result<AuditCounts> counts = [&] {
    Progress progress(progress_mode(report));
    return audit_site(url, *client, diagnostics, progress);
  }();
  VerbOutcome outcome;
  if (counts) {
    outcome.summary = std::to_string(counts->posts) + " posts; compared with their hashes: " + std::to_string(counts->files) +
                      " files; problems: " + std::to_string(diagnostics.count(Severity::Error)) +
                      ", warnings: " + std::to_string(diagnostics.count(Severity::Warning));
    outcome.members = [&](JsonWriter& json) {
      json.key("files").value(static_cast<std::int64_t>(counts->files));
      json.key("posts").value(static_cast<std::int64_t>(counts->posts));
    };
  } else {
    outcome.error = counts.error();
  }
  return report_outcome(outcome, diagnostics, report);
}

}  // namespace octavo
