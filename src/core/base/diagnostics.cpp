// Diagnostics in the form that compilers print.
#include "core/base/diagnostics.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/base/utf8.h"

namespace octavo {

namespace {

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::Note:
      return "note";
    case Severity::Warning:
      return "warning";
    case Severity::Error:
      return "error";  // the word that editors look for
  }
  return "";
}

}  // namespace

std::string Diagnostic::text() const {
  std::string out = file;
  if (line > 0) {
    if (!out.empty()) out += ':';
    out += std::to_string(line);
    if (column > 0) out += ":" + std::to_string(column);
  }
  if (!out.empty()) out += ": ";
  out += severity_name(severity);
  out += ": ";
  out += message;
  return out;
}

void Diagnostics::add(Diagnostic diagnostic) {
  diagnostic.message = repair_utf8(diagnostic.message).text;
  items_.push_back(std::move(diagnostic));
}

void Diagnostics::note(std::string file, std::uint32_t line, std::uint32_t column, std::string message) {
  add({Severity::Note, std::move(file), line, column, std::move(message)});
}

void Diagnostics::warn(std::string file, std::uint32_t line, std::uint32_t column, std::string message) {
  add({Severity::Warning, std::move(file), line, column, std::move(message)});
}

void Diagnostics::error(std::string file, std::uint32_t line, std::uint32_t column, std::string message) {
  add({Severity::Error, std::move(file), line, column, std::move(message)});
}

std::size_t Diagnostics::count(Severity severity) const {
  return static_cast<std::size_t>(
      std::count_if(items_.begin(), items_.end(), [severity](const Diagnostic& item) { return item.severity == severity; }));
}

}  // namespace octavo
