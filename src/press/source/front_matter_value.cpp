// Reads the common values of YAML, TOML and JSON as the type that a key needs.
#include "press/source/front_matter_value.h"

#include <algorithm>

namespace octavo {

std::optional<std::string> text_of(const SourceValue& value) {
  if (value.kind != SourceValue::Kind::Text && value.kind != SourceValue::Kind::Plain) return std::nullopt;
  return std::string(trimmed(value.text));
}

std::optional<bool> boolean_of(const SourceValue& value) {
  using Kind = SourceValue::Kind;
  if (value.kind != Kind::Boolean && value.kind != Kind::Plain && value.kind != Kind::Text) return std::nullopt;
  const std::string word = ascii_lowercase(value.text);
  // YAML 1.1, which Jekyll reads, also says yes, no, on and off.
  if (word == "true" || word == "yes" || word == "on") return true;
  if (word == "false" || word == "no" || word == "off") return false;
  return std::nullopt;
}

std::optional<std::vector<std::string>> texts_of(const SourceValue& value) {
  std::vector<std::string> texts;
  const auto add = [&texts](std::string_view text) {
    text = trimmed(text);
    if (!text.empty()) texts.emplace_back(text);
  };
  if (value.kind == SourceValue::Kind::List) {
    for (const SourceValue& item : value.items) {
      if (const auto text = text_of(item)) {
        add(*text);
      } else if (const NamedValue* name = find_member(item.members, "name"); name != nullptr && text_of(name->value)) {
        add(*text_of(name->value));  // an author as { name, url, ... }
      } else {
        return std::nullopt;
      }
    }
    return texts;
  }
  if (value.kind == SourceValue::Kind::Null) return texts;
  const auto text = text_of(value);
  if (!text) return std::nullopt;
  for (std::size_t begin = 0; begin <= text->size();) {
    const std::size_t comma = std::min(text->find(',', begin), text->size());
    add(std::string_view(*text).substr(begin, comma - begin));
    begin = comma + 1;
  }
  return texts;
}

const NamedValue* find_member(const SourceTable& table, std::string_view name) {
  const auto found =
      std::find_if(table.begin(), table.end(), [name](const NamedValue& member) { return ascii_lowercase(member.name) == name; });
  return found == table.end() ? nullptr : &*found;
}

std::string_view kind_description(SourceValue::Kind kind) {
  switch (kind) {
    case SourceValue::Kind::Null:
      return "nothing";
    case SourceValue::Kind::Plain:
    case SourceValue::Kind::Text:
      return "text";
    case SourceValue::Kind::Boolean:
      return "true or false";
    case SourceValue::Kind::Number:
      return "a number";
    case SourceValue::Kind::Date:
      return "a date";
    case SourceValue::Kind::List:
      return "a list";
    case SourceValue::Kind::Table:
      return "a table";
  }
  return "";
}

}  // namespace octavo
