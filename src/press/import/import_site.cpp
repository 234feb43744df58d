// Tells the kinds of sources apart; each has its reader, and all share one writer.
#include "press/import/import_site.h"

#include <system_error>
#include <utility>

#include "core/base/assert.h"
#include "press/base/text_file.h"
#include "press/import/common/import_context.h"
#include "press/import/feeds/bundle_source.h"
#include "press/import/feeds/feed_source.h"
#include "press/import/feeds/xml_document.h"
#include "press/import/folders/folder_source.h"
#include "press/import/site_folder_writer.h"
#include "press/import/wordpress/wordpress_export.h"
#include "press/source/front_matter_value.h"

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
  if (is_rss(*document)) {
    read_rss(*document, context);
    return std::string("RSS");
  }
  if (is_atom(*document)) {
    read_atom(*document, context);
    return std::string("Atom");
  }
  return Error{ErrorCode::Unsupported,
               "This XML is neither a WordPress export nor a feed: it begins with <" + document->root.name + ">.", context.file};
}

Result<std::string> read_file_source(const fs::path& file, ImportContext& context) {
  const Result<std::string> bytes = load_file(file);
  if (!bytes) return bytes.error();
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::string_view begin = *bytes;
  if (begin.starts_with(kByteOrderMark)) begin.remove_prefix(kByteOrderMark.size());
  if (!trimmed(begin).starts_with('{')) return read_xml_source(*bytes, context);
  if (Status status = read_json_feed(*bytes, context); !status) return status.error();
  return std::string("JSON Feed");
}

Result<std::string> read_source(const fs::path& source, ImportContext& context) {
  std::error_code error;
  const fs::file_status status = fs::status(source, error);
  if (!fs::exists(status)) return Error{ErrorCode::NotFound, "There is no such file or folder.", context.file};
  if (fs::is_directory(status) && is_built_site(source)) {
    if (Status read = read_built_site(source, context); !read) return read.error();
    return std::string("Octavo site");
  }
  if (fs::is_directory(status)) return read_folder_source(source, context);
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
  Status status = write_site_folder(context.site, options, outcome.format, outcome.report, diagnostics, progress);
  if (!status) return status.error();
  OCTAVO_ASSERT(outcome.report.adds_up());
  return outcome;
}

}  // namespace octavo
