// Checked reading of JSON whose members must have certain types: the first mistake is kept, named by its path and file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/date.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace octavo {

// What one file's check has found. After the first error every read gives empty values, so it is enough to look at the end.
struct JsonCheck {
  std::string where;  // the file, for the error
  std::optional<Error> error;
};

enum class Need : std::uint8_t { Optional, Required };

// An object inside the file together with its path ("posts[3].image"). A null member counts as absent where it is optional.
// Borrows the JsonCheck, which must outlive it.
class JsonFields {
 public:
  JsonFields(Json json, JsonCheck& check);  // the file's root

  const Json& json() const { return json_; }

  std::string text(std::string_view key, Need need) const;
  std::uint32_t count(std::string_view key, Need need) const;  // 0..4294967295
  std::optional<DateTime> date(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const;
  std::vector<std::uint32_t> counts(std::string_view key) const;
  std::optional<JsonFields> object(std::string_view key, Need need) const;
  std::vector<JsonFields> objects(std::string_view key, Need need) const;  // of an array
  // The keys of an object that serves as a map, in file order.
  std::vector<std::pair<std::string, JsonFields>> object_members(std::string_view key) const;
  std::vector<std::pair<std::string, std::string>> text_members(std::string_view key) const;

  // Records "<path of key> <what>", unless something was recorded before.
  void fail(ErrorCode code, std::string_view key, std::string_view what) const;

 private:
  JsonFields(Json json, JsonCheck& check, std::string path) : json_(std::move(json)), check_(&check), path_(std::move(path)) {}
  std::string path_of(std::string_view key) const;
  // The member, or null with a record when it is required and absent.
  Json find(std::string_view key, Need need) const;
  std::uint32_t count_of(const Json& found, std::string_view key) const;
  void fail_type(const std::string& path, std::string_view wanted, const Json& found) const;

  Json json_;
  JsonCheck* check_;
  std::string path_;  // empty at the root
};

}  // namespace octavo
