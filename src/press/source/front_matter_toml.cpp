// TOML front matter and octavo.toml, by toml++ in its mode without exceptions.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

SourceLocation location_of(const toml::source_position& position, std::uint32_t first_line) {
  const auto line = static_cast<std::uint32_t>(position.line);
  const auto column = static_cast<std::uint32_t>(position.column);
  return {first_line + (line > 0 ? line - 1 : 0), column > 0 ? column : 1};
}

std::string iso_date(const toml::date& date) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", int{date.year}, int{date.month}, int{date.day});
  return text.data();
}

std::string iso_date_time(const toml::date_time& date_time) {
  std::array<char, 48> text{};
  const toml::time& time = date_time.time;
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d", int{time.hour}, int{time.minute}, int{time.second});
  std::string out = iso_date(date_time.date) + text.data();
  if (!date_time.offset) return out;
  const int minutes = date_time.offset->minutes;
  const int distance = minutes < 0 ? -minutes : minutes;
  std::snprintf(text.data(), text.size(), "%c%02d:%02d", minutes < 0 ? '-' : '+', distance / 60, distance % 60);
  return out + text.data();
}

SourceTable members_of(const toml::table& table, std::uint32_t first_line, std::uint32_t depth);

SourceValue value_of(const toml::node& node, std::uint32_t first_line, std::uint32_t depth) {
  using Kind = SourceValue::Kind;
  SourceValue value;
  value.location = location_of(node.source().begin, first_line);
  if (depth > kMaxValueDepth) return value;
  if (const auto* text = node.as_string()) {
    value.kind = Kind::Text;
    value.text = text->get();
  } else if (const auto* boolean = node.as_boolean()) {
    value.kind = Kind::Boolean;
    value.text = boolean->get() ? "true" : "false";
  } else if (const auto* date = node.as_date()) {
    value.kind = Kind::Date;
    value.text = iso_date(date->get());
  } else if (const auto* date_time = node.as_date_time()) {
    value.kind = Kind::Date;
    value.text = iso_date_time(date_time->get());
  } else if (const auto* array = node.as_array()) {
    value.kind = Kind::List;
    for (const toml::node& item : *array) value.items.push_back(value_of(item, first_line, depth + 1));
  } else if (const auto* table = node.as_table()) {
    value.kind = Kind::Table;
    value.members = members_of(*table, first_line, depth + 1);
  } else {
    value.kind = Kind::Number;
    if (const auto* integer = node.as_integer()) value.text = std::to_string(integer->get());
  }
  return value;
}

SourceTable members_of(const toml::table& table, std::uint32_t first_line, std::uint32_t depth) {
  SourceTable members;
  for (auto&& [key, node] : table) {
    members.push_back({std::string(key.str()), location_of(key.source().begin, first_line), value_of(node, first_line, depth)});
  }
  // toml++ sorts by name; messages follow the file.
  std::stable_sort(members.begin(), members.end(), [](const NamedValue& a, const NamedValue& b) {
    return a.location.line != b.location.line ? a.location.line < b.location.line : a.location.column < b.location.column;
  });
  return members;
}

}  // namespace

std::optional<SourceTable> parse_toml_table(const SourcePiece& piece, Diagnostics& diagnostics) {
  const toml::parse_result result = toml::parse(piece.text);
  if (result) return members_of(result.table(), piece.first_line, 1);
  const toml::parse_error& error = result.error();
  const SourceLocation location = location_of(error.source().begin, piece.first_line);
  diagnostics.error(piece.file, location.line, location.column,
                    "This is not valid TOML: " + std::string(error.description()) + ".");
  return std::nullopt;
}

}  // namespace octavo
