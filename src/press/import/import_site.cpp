// Telling kinds of sources apart; each has its reader, and all share one writer.
#include "press/import/import_site.h"

#include <system_error>
#include <utility>

#include "core/base/assert.h"
#include "press/import/import_context.h"
#include "press/import/site_folder_writer.h"
#include "press/import/wordpress_export.h"
#include "press/import/xml_document.h"
#include "press/text_file.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

// The name of the format.
Result<std::string> read_xml_source(const std::string& bytes, ImportContext& context) {
  const Result<XmlDocument> document = parse_xml(bytes, context.file, context.diagnostics);
  if (!document) return document.error();
  if (is_wordpress_export(*document)) {
    read_wordpress_export(*document, context);
    return std::string("WordPress export");
  }
  return Error{ErrorCode::Unsupported,
               "This XML is neither a WordPress export nor a feed: it begins with <" + document->root.name + ">.", context.file};
}

Result<std::string> read_file_source(const fs::path& file, ImportContext& context) {
  const Result<std::string> bytes = load_file(file);
  if (!bytes) return bytes.error();
  return read_xml_source(*bytes, context);
}

Result<std::string> read_source(const fs::path& source, ImportContext& context) {
  std::error_code error;
  const fs::file_status status = fs::status(source, error);
  if (!fs::exists(status)) return Error{ErrorCode::NotFound, "There is no such file or folder.", context.file};
  return read_file_source(source, context);
}

}  // namespace

Result<ImportOutcome> import_site(const ImportOptions& options, Diagnostics& diagnostics, Progress& progress) {
  ImportOutcome outcome;
  ImportContext context{
      options.source.lexically_normal().generic_string(), options.now, options.drafts, outcome.report, diagnostics, {}};
  Result<std::string> format = read_source(options.source, context);
  if (!format) return format.error();
  outcome.format = *format;
  Status status =
      write_site_folder(context.site, options.output, context.file, outcome.format, outcome.report, diagnostics, progress);
  if (!status) return status.error();
  OCTAVO_ASSERT(outcome.report.adds_up());
  return outcome;
}

}  // namespace octavo
