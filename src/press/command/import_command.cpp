// `octavo import`: another blog becomes a folder that `octavo build` reads.
#include <memory>

#include "press/command/commands.h"
#include "press/import/import_site.h"
#include "press/import/site_folder_writer.h"

namespace octavo {

int run_import(ImportOptions options, RemoteMedia media, Report report) {
  Diagnostics diagnostics;
  const std::unique_ptr<HttpClient> client = make_http_client();
  const MediaFetch fetch(*client, {});
  if (media == RemoteMedia::Fetch) options.fetch = &fetch;
  const Result<ImportOutcome> imported = [&] {
    Progress progress(progress_mode(report));
    return import_site(options, diagnostics, progress);
  }();
  VerbOutcome outcome;
  if (imported) {
    outcome.is_clean = !imported->report.has_failures();
    outcome.summary = imported->format + "\n" + imported->report.summary();
    while (outcome.summary.ends_with('\n')) outcome.summary.pop_back();
    outcome.members = [&](JsonWriter& json) {
      json.key("format").value(imported->format);
      json.key("receipt").value((options.output / kReportFileName).generic_string());
    };
  } else {
    outcome.error = imported.error();
  }
  return report_outcome(outcome, diagnostics, report);
}

}  // namespace octavo
