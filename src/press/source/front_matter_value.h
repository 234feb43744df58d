// What YAML, TOML and JSON have in common: named values with their places. Read here, interpreted elsewhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ascii_text.h"
#include "core/base/diagnostics.h"

namespace octavo {

// Deeper values are dropped, and more values are refused: front matter is small, and YAML aliases can multiply without limit.
inline constexpr std::uint32_t kMaxValueDepth = 8;
inline constexpr std::uint32_t kMaxValues = 20000;

struct SourceLocation {
  std::uint32_t line = 0;    // of the file, 1-based
  std::uint32_t column = 0;  // in code points, 1-based
};

struct NamedValue;

struct SourceValue {
  enum class Kind : std::uint8_t {
    Null,
    Plain,  // an unquoted YAML scalar, which may be meant as any kind of value
    Text,
    Boolean,
    Number,
    Date,  // TOML's own; `text` can be read by parse_date_time()
    List,
    Table,
  };
  Kind kind = Kind::Null;
  std::string text;  // of every scalar, as written
  SourceLocation location;
  std::vector<SourceValue> items;   // List
  std::vector<NamedValue> members;  // Table, in the order of the file
};

struct NamedValue {
  std::string name;
  SourceLocation location;  // of the name
  SourceValue value;
};

using SourceTable = std::vector<NamedValue>;

// A piece of a file: `text` begins at line `first_line` of `file`.
struct SourceSegment {
  std::string_view text;
  std::string file;
  std::uint32_t first_line = 1;
};

// Each reports a syntax error and then returns nothing. An empty piece is an empty table.
std::optional<SourceTable> parse_yaml_table(const SourceSegment& piece, Diagnostics& diagnostics);
std::optional<SourceTable> parse_toml_table(const SourceSegment& piece, Diagnostics& diagnostics);
std::optional<SourceTable> parse_json_table(const SourceSegment& piece, Diagnostics& diagnostics);

// ---- Reading values; nothing where the kind does not fit. Plain scalars fit wherever their text does. ---------------------
std::optional<std::string> text_of(const SourceValue& value);
std::optional<bool> boolean_of(const SourceValue& value);
// A list of texts; one text alone is a list of one, or of several where it has commas.
std::optional<std::vector<std::string>> texts_of(const SourceValue& value);
const NamedValue* find_member(const SourceTable& table, std::string_view name);  // ASCII case does not matter

// "text", "a list", "true or false" ...: for messages.
std::string_view kind_description(SourceValue::Kind kind);

}  // namespace octavo
