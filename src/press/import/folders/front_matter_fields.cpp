// Looks up and checks values.
#include "press/import/folders/front_matter_fields.h"

#include <algorithm>

namespace octavo {

const NamedValue* FrontMatterFields::find(std::string_view key) const {
  asked_.emplace_back(key);
  if (const NamedValue* own = find_member(file_.table, key)) return own;
  for (const SourceTable* table : inherited_) {
    if (const NamedValue* found = find_member(*table, key)) return found;
  }
  return nullptr;
}

std::string FrontMatterFields::text(std::string_view key) {
  const NamedValue* found = find(key);
  if (found == nullptr) return {};
  if (found->value.kind == SourceValue::Kind::Number) return found->value.text;
  return text_of(found->value).value_or(std::string());
}

std::string FrontMatterFields::first_text(std::initializer_list<std::string_view> keys) {
  std::string out;
  for (const std::string_view key : keys) {
    std::string here = text(key);
    if (out.empty()) out = std::move(here);
  }
  return out;
}

std::vector<std::string> FrontMatterFields::texts(std::string_view key) {
  const NamedValue* found = find(key);
  if (found == nullptr) return {};
  if (const auto single = text_of(found->value)) return single->empty() ? std::vector<std::string>() : std::vector{*single};
  return texts_of(found->value).value_or(std::vector<std::string>());
}

std::vector<std::string> FrontMatterFields::words(std::string_view key) {
  const NamedValue* found = find(key);
  if (found == nullptr) return {};
  const auto single = text_of(found->value);
  if (!single) return texts_of(found->value).value_or(std::vector<std::string>());
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin < single->size();) {
    const std::size_t end = std::min(single->find_first_of(" \t\n,", begin), single->size());
    if (end > begin) out.push_back(single->substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

void FrontMatterFields::refuse(std::string_view key, const std::string& message) {
  is_usable_ = false;
  if (std::find(refused_.begin(), refused_.end(), key) != refused_.end()) return;  // already reported
  refused_.emplace_back(key);
  const NamedValue* found = find(key);
  ImportLocation location = file_.location;
  if (found != nullptr) location = {location.file, found->value.location.line, found->value.location.column};
  context_.problem(location, message);
}

std::optional<bool> FrontMatterFields::boolean(std::string_view key) {
  const NamedValue* found = find(key);
  if (found == nullptr || found->value.kind == SourceValue::Kind::Null) return std::nullopt;
  const std::optional<bool> value = boolean_of(found->value);
  if (!value) refuse(key, "`" + std::string(key) + "` is neither true nor false; the post is left out.");
  return value;
}

std::optional<DateTime> FrontMatterFields::date(std::string_view key) {
  const NamedValue* found = find(key);
  if (found == nullptr || found->value.kind == SourceValue::Kind::Null || trimmed(found->value.text).empty()) return std::nullopt;
  const auto date = parse_date_time(trimmed(found->value.text));
  if (!date)
    refuse(key, "`" + std::string(key) + "` is not a date that exists: \"" + found->value.text + "\"; the post is left out.");
  return date;
}

void FrontMatterFields::report_unread(std::initializer_list<std::string_view> ignored) const {
  for (const NamedValue& member : file_.table) {
    const std::string name = ascii_lowercase(member.name);
    const bool is_known = std::find(asked_.begin(), asked_.end(), name) != asked_.end() ||
                          std::find(ignored.begin(), ignored.end(), name) != ignored.end();
    if (!is_known)
      context_.report.not_converted("front matter `" + member.name + "`",
                                    {file_.location.file, member.location.line, member.location.column});
  }
}

const SourceValue* find_setting(const SourceTable& table, std::string_view path) {
  const std::size_t dot = path.find('.');
  const NamedValue* found = find_member(table, path.substr(0, dot));
  if (found == nullptr) return nullptr;
  return dot == std::string_view::npos ? &found->value : find_setting(found->value.members, path.substr(dot + 1));
}

std::string setting_text(const SourceTable& table, std::string_view path) {
  const SourceValue* found = find_setting(table, path);
  return found == nullptr ? std::string() : text_of(*found).value_or(std::string());
}

}  // namespace octavo
