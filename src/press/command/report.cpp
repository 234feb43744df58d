// Reports the outcome of a verb.
#include "press/command/report.h"

#include <cstdio>

namespace octavo {

namespace {

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::Note:
      return "note";
    case Severity::Warning:
      return "warning";
    case Severity::Error:
      return "problem";
  }
  return "";
}

void print_json(const VerbOutcome& outcome, const Diagnostics& diagnostics, bool is_ok) {
  JsonWriter json;
  json.begin_object().key("ok").value(is_ok);
  if (outcome.error) json.key("error").value(outcome.error->text());
  if (outcome.members) outcome.members(json);
  json.key("messages").begin_array();
  for (const Diagnostic& diagnostic : diagnostics.items()) {
    json.begin_object().key("severity").value(severity_name(diagnostic.severity)).member_unless_empty("file", diagnostic.file);
    if (diagnostic.line > 0) json.key("line").value(diagnostic.line);
    if (diagnostic.column > 0) json.key("column").value(diagnostic.column);
    json.key("message").value(diagnostic.message).end_object();
  }
  json.end_array().end_object();
  std::printf("%s\n", json.text().c_str());
  std::fflush(stdout);
}

}  // namespace

int report_outcome(const VerbOutcome& outcome, const Diagnostics& diagnostics, Report report) {
  const bool is_ok = !outcome.error && outcome.is_clean && diagnostics.count(Severity::Error) == 0;
  if (report == Report::Json) {
    print_json(outcome, diagnostics, is_ok);
  } else {
    print_diagnostics(diagnostics);
    if (outcome.error) print_error(*outcome.error);
    if (report == Report::Shown && !outcome.summary.empty()) std::fprintf(stderr, "%s\n", outcome.summary.c_str());
  }
  return is_ok ? kExitOk : kExitProblems;
}

void write_counts(JsonWriter& json, const PostCounts& counts) {
  json.key("counts").begin_object();
  for (const auto& [name, count] :
       {std::pair{"published", counts.published}, std::pair{"drafts", counts.drafts}, std::pair{"future", counts.future},
        std::pair{"expired", counts.expired}, std::pair{"kept", counts.kept}, std::pair{"left_out", counts.left_out}}) {
    json.key(name).value(static_cast<std::int64_t>(count));
  }
  json.end_object();
}

void print_diagnostics(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics.items()) std::fprintf(stderr, "%s\n", diagnostic.text().c_str());
}

void print_error(const Error& error) {
  const std::string where = error.where.empty() ? "octavo" : error.where;
  std::fprintf(stderr, "%s: error: %s\n", where.c_str(), error.message.c_str());
}

}  // namespace octavo
