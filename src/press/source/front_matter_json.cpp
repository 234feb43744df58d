// JSON front matter: values by the core's reader, places by a scan of the same text.
#include <algorithm>
#include <charconv>

#include "core/base/json.h"
#include "core/base/utf8.h"
#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

// Byte offsets of one member of the outermost object.
struct MemberOffsets {
  std::size_t key = 0;
  std::size_t value = 0;
};

// Finds the members of the outermost object. Precondition: `text` is valid JSON, so only strings and brackets matter.
std::vector<MemberOffsets> find_members(std::string_view text) {
  std::vector<MemberOffsets> members;
  int depth = 0;
  std::size_t last_string = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      last_string = i;
      for (++i; i < text.size() && text[i] != '"'; ++i) {
        if (text[i] == '\\') ++i;
      }
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      --depth;
    } else if (c == ':' && depth == 1) {
      members.push_back({last_string, std::min(text.find_first_not_of(" \t\r\n", i + 1), text.size())});
    }
  }
  return members;
}

SourceLocation location_at(const SourceSegment& piece, std::size_t offset) {
  const TextPosition position = text_position(piece.text, offset);
  return {piece.first_line + position.line - 1, position.column};
}

// Values inside other values share the place of the member they belong to.
SourceValue value_of(const Json& json, SourceLocation location, std::uint32_t depth) {
  SourceValue value;
  value.location = location;
  if (depth > kMaxValueDepth) return value;
  if (json.is_string()) {
    value.kind = SourceValue::Kind::Text;
    value.text = json.string();
  } else if (json.is_bool()) {
    value.kind = SourceValue::Kind::Boolean;
    value.text = json.boolean() ? "true" : "false";
  } else if (json.is_number()) {
    value.kind = SourceValue::Kind::Number;
    value.text = std::to_string(json.integer());
  } else if (json.is_array()) {
    value.kind = SourceValue::Kind::List;
    for (std::size_t i = 0; i < json.size(); ++i) value.items.push_back(value_of(json.at(i), location, depth + 1));
  } else if (json.is_object()) {
    value.kind = SourceValue::Kind::Table;
    for (const auto& [name, member] : json.members()) {
      value.members.push_back({name, location, value_of(member, location, depth + 1)});
    }
  }
  return value;
}

// "name:12:3" -> line 12, column 3 of the piece.
SourceLocation location_of_error(std::string_view where) {
  SourceLocation location{1, 1};
  const std::size_t column_at = where.rfind(':');
  if (column_at == std::string_view::npos || column_at == 0) return location;
  const std::size_t line_at = where.rfind(':', column_at - 1);
  if (line_at == std::string_view::npos) return location;
  std::from_chars(where.data() + line_at + 1, where.data() + column_at, location.line);
  std::from_chars(where.data() + column_at + 1, where.data() + where.size(), location.column);
  return location;
}

}  // namespace

std::optional<SourceTable> parse_json_table(const SourceSegment& piece, Diagnostics& diagnostics) {
  const Result<Json> json = Json::parse(piece.text, "piece");
  if (!json) {
    const SourceLocation location = location_of_error(json.error().where);
    diagnostics.error(piece.file, piece.first_line + location.line - 1, location.column, json.error().message);
    return std::nullopt;
  }
  if (!json->is_object()) {
    diagnostics.error(piece.file, piece.first_line, 1, "The front matter is not a JSON object.");
    return std::nullopt;
  }
  SourceTable table;
  const std::vector<MemberOffsets> offsets = find_members(piece.text);
  for (const auto& [name, value] : json->members()) {
    const MemberOffsets at = table.size() < offsets.size() ? offsets[table.size()] : MemberOffsets{};
    table.push_back({name, location_at(piece, at.key), value_of(value, location_at(piece, at.value), 1)});
  }
  return table;
}

}  // namespace octavo
