// Counting tags.
#include "press/import/folders/template_tags.h"

#include "core/base/utf8.h"

namespace octavo {

TemplateTags counted_tags(const std::string& kind, const SourceFile& file, ImportContext& context) {
  const auto location_of = [&file](std::size_t offset) {
    const TextPosition position = text_position(file.body, offset);
    return ImportLocation{file.location.file, file.body_first_line + position.line - 1, position.column};
  };
  TemplateTags tags;
  tags.address = [](const std::string&) { return std::string(); };
  tags.include = [](const std::string&) { return std::nullopt; };
  tags.converted = [kind, &context] {
    context.report.read(kind);
    context.report.written(kind);
  };
  tags.left = [kind, location_of, &context](const std::string& name, const std::string& why, std::size_t offset) {
    const ImportLocation location = location_of(offset);
    context.report.read(kind);
    context.report.withheld(kind, name + ", left as text", location);
    context.warn(location, "`" + name + "` " + why + "; it stays in the text as it is written. Replace it with Markdown.");
  };
  tags.dropped = [location_of, &context](const std::string& what, std::size_t offset) {
    context.report.not_converted(what, location_of(offset));
  };
  return tags;
}

}  // namespace octavo
