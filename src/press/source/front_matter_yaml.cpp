// YAML front matter, by yaml-cpp; all its exceptions are caught here.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <exception>
#include <string_view>
#include <vector>

#include "core/base/utf8.h"
#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

class YamlReader {
 public:
  explicit YamlReader(const SourceSegment& piece) : piece_(piece), positions_(piece.text) {
    for (std::size_t end = 0; (end = piece.text.find('\n', end)) != std::string_view::npos;) line_begins_.push_back(++end);
  }

  SourceLocation location(const YAML::Mark& mark) const {
    if (mark.is_null()) return {piece_.first_line, 1};
    const std::size_t line = std::min(static_cast<std::size_t>(std::max(mark.line, 0)), line_begins_.size() - 1);
    // yaml-cpp counts columns in bytes.
    const std::size_t offset = line_begins_[line] + static_cast<std::size_t>(std::max(mark.column, 0));
    return {piece_.first_line + static_cast<std::uint32_t>(mark.line), positions_.at(offset).column};
  }

  SourceValue value(const YAML::Node& node, std::uint32_t depth) {
    SourceValue value;
    value.location = location(node.Mark());
    if (depth > kMaxValueDepth || ++values_ > kMaxValues) return value;
    if (node.IsScalar()) {
      value.kind = node.Tag() == "!" ? SourceValue::Kind::Text : SourceValue::Kind::Plain;
      value.text = node.Scalar();
      if (value.kind == SourceValue::Kind::Plain && value.text.empty()) value.kind = SourceValue::Kind::Null;
    } else if (node.IsSequence()) {
      value.kind = SourceValue::Kind::List;
      for (const YAML::Node& item : node) value.items.push_back(this->value(item, depth + 1));
    } else if (node.IsMap()) {
      value.kind = SourceValue::Kind::Table;
      value.members = members(node, depth + 1);
    }
    return value;
  }

  SourceTable members(const YAML::Node& map, std::uint32_t depth) {
    SourceTable table;
    for (const auto& member : map) {
      if (!member.first.IsScalar() || values_ > kMaxValues) continue;
      table.push_back({member.first.Scalar(), location(member.first.Mark()), value(member.second, depth)});
    }
    return table;
  }

 private:
  const SourceSegment& piece_;
  TextPositions positions_;
  std::vector<std::size_t> line_begins_{0};
  std::uint32_t values_ = 0;
};

}  // namespace

std::optional<SourceTable> parse_yaml_table(const SourceSegment& piece, Diagnostics& diagnostics) {
  YamlReader reader(piece);
  try {
    const YAML::Node root = YAML::Load(std::string(piece.text));
    if (root.IsNull()) return SourceTable{};
    if (root.IsMap()) return reader.members(root, 1);
    diagnostics.error(piece.file, piece.first_line, 1, "The front matter is not a list of `key: value` lines.");
  } catch (const YAML::Exception& exception) {
    const SourceLocation location = reader.location(exception.mark);
    diagnostics.error(piece.file, location.line, location.column, "The front matter is not valid YAML: " + exception.msg + ".");
  } catch (const std::exception& exception) {
    diagnostics.error(piece.file, piece.first_line, 1,
                      std::string("The front matter is not valid YAML: ") + exception.what() + ".");
  }
  return std::nullopt;
}

}  // namespace octavo
