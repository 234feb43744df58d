// Typed members with errors that name their path.
#include "core/base/json_fields.h"

#include <limits>

namespace octavo {

JsonFields::JsonFields(Json json, JsonCheck& check) : json_(std::move(json)), check_(&check) {
  if (!json_.is_object()) fail_type("The file", "an object", json_);
}

std::string JsonFields::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

void JsonFields::fail(ErrorCode code, std::string_view key, std::string_view what) const {
  if (check_->error) return;
  check_->error = Error{code, path_of(key) + " " + std::string(what), check_->where};
}

void JsonFields::fail_type(const std::string& path, std::string_view wanted, const Json& found) const {
  if (check_->error) return;
  const std::string message = path + " must be " + std::string(wanted) + ", not " + std::string(found.kind()) + ".";
  check_->error = Error{ErrorCode::BadValue, message, check_->where};
}

Json JsonFields::find(std::string_view key, Need need) const {
  const Json found = json_.get(key);
  if (found.is_null() && need == Need::Required && !json_.has(key)) fail(ErrorCode::BadValue, key, "is missing.");
  return found;
}

std::string JsonFields::text(std::string_view key, Need need) const {
  const Json found = find(key, need);
  const bool is_absent = found.is_null() && need == Need::Optional;
  if (!found.is_string() && !is_absent) fail_type(path_of(key), "text", found);
  return std::string(found.string());
}

std::uint32_t JsonFields::count(std::string_view key, Need need) const {
  const Json found = find(key, need);
  if (found.is_null() && need == Need::Optional) return 0;
  return count_of(found, key);
}

std::uint32_t JsonFields::count_of(const Json& found, std::string_view key) const {
  if (!found.is_number()) fail_type(path_of(key), "a number", found);
  const std::int64_t value = found.integer(-1);
  if (value >= 0 && value <= std::numeric_limits<std::uint32_t>::max()) return static_cast<std::uint32_t>(value);
  fail(ErrorCode::BadValue, key, "must be a whole number from 0 to 4294967295.");
  return 0;
}

std::optional<DateTime> JsonFields::date(std::string_view key) const {
  const std::string written = text(key, Need::Optional);
  if (written.empty()) return std::nullopt;
  const auto date_time = parse_date_time(written);
  if (!date_time) fail(ErrorCode::BadValue, key, "must be a date like 2010-05-14T09:30:00Z.");
  return date_time;
}

std::vector<std::string> JsonFields::texts(std::string_view key) const {
  const Json found = find(key, Need::Optional);
  if (!found.is_array() && !found.is_null()) fail_type(path_of(key), "an array", found);
  std::vector<std::string> texts;
  for (std::size_t i = 0; found.is_array() && i < found.size(); ++i) {
    const Json item = found.at(i);
    if (!item.is_string()) fail_type(path_of(key) + "[" + std::to_string(i) + "]", "text", item);
    texts.emplace_back(item.string());
  }
  return texts;
}

std::vector<std::uint32_t> JsonFields::counts(std::string_view key) const {
  const Json found = find(key, Need::Optional);
  if (!found.is_array() && !found.is_null()) fail_type(path_of(key), "an array", found);
  std::vector<std::uint32_t> counts;
  for (std::size_t i = 0; found.is_array() && i < found.size(); ++i) {
    counts.push_back(count_of(found.at(i), std::string(key) + "[" + std::to_string(i) + "]"));
  }
  return counts;
}

std::optional<JsonFields> JsonFields::object(std::string_view key, Need need) const {
  Json found = find(key, need);
  if (found.is_null() && need == Need::Optional) return std::nullopt;
  if (!found.is_object()) {
    fail_type(path_of(key), "an object", found);
    return std::nullopt;
  }
  return JsonFields(std::move(found), *check_, path_of(key));
}

std::vector<JsonFields> JsonFields::objects(std::string_view key, Need need) const {
  std::vector<JsonFields> objects;
  const Json found = find(key, need);
  if (found.is_null() && need == Need::Optional) return objects;
  if (!found.is_array()) fail_type(path_of(key), "an array", found);
  for (std::size_t i = 0; found.is_array() && i < found.size(); ++i) {
    const std::string path = path_of(key) + "[" + std::to_string(i) + "]";
    Json item = found.at(i);
    if (!item.is_object()) fail_type(path, "an object", item);
    objects.push_back(JsonFields(std::move(item), *check_, path));
  }
  return objects;
}

std::vector<std::pair<std::string, JsonFields>> JsonFields::object_members(std::string_view key) const {
  std::vector<std::pair<std::string, JsonFields>> members;
  const auto map = object(key, Need::Optional);
  if (!map) return members;
  for (auto& [name, value] : map->json_.members()) {
    const std::string path = map->path_of(name);
    if (!value.is_object()) fail_type(path, "an object", value);
    members.emplace_back(name, JsonFields(std::move(value), *check_, path));
  }
  return members;
}

std::vector<std::pair<std::string, std::string>> JsonFields::text_members(std::string_view key) const {
  std::vector<std::pair<std::string, std::string>> members;
  const auto map = object(key, Need::Optional);
  if (!map) return members;
  for (const auto& [name, value] : map->json_.members()) {
    if (!value.is_string()) fail_type(map->path_of(name), "text", value);
    members.emplace_back(name, value.string());
  }
  return members;
}

}  // namespace octavo
