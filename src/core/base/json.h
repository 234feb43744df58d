// The only way to read JSON: parsed without exceptions, with limits, and read by typed accessors that cannot abort.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace octavo {

struct JsonNode;  // private to json.cpp

// Nesting beyond this would exhaust the stack of a recursive reader; no file of ours needs more than 12.
inline constexpr std::uint32_t kMaxJsonDepth = 64;

// A parsed value. Cheap to copy (shared, immutable). Reading something that is not there or has another type gives the
// fallback or an empty value, never an abort; use the `is_` tests or `require_` where the difference matters.
class Json {
 public:
  Json();  // null

  // Refuses: text that is not JSON (RFC 8259) or not UTF-8, anything after the value (NUL included), nesting beyond
  // kMaxJsonDepth, and duplicate keys in one object. `where` names the source in errors: "where:line:column".
  static Result<Json> parse(std::string_view text, std::string_view where);

  bool is_null() const;
  bool is_object() const;
  bool is_array() const;
  bool is_string() const;
  bool is_number() const;
  bool is_bool() const;

  bool has(std::string_view key) const;
  Json get(std::string_view key) const;                       // null Json when absent or not an object
  std::size_t size() const;                                   // of an array or object; otherwise 0
  Json at(std::size_t index) const;                           // null Json when out of range or not an array
  std::vector<std::pair<std::string, Json>> members() const;  // of an object, in file order

  std::string_view string(std::string_view fallback = {}) const;  // valid while any copy of the root lives
  // Whole numbers that every reader of JSON has (RFC 7493, section 2.2): up to 2^53 - 1.
  std::int64_t integer(std::int64_t fallback = 0) const;
  double number(double fallback = 0) const;
  bool boolean(bool fallback = false) const;

  // The kind in words, for messages: "an object", "text", "a number" ...
  std::string_view kind() const;

  // Compact text; keys in file order. Invalid UTF-8 is written as U+FFFD.
  std::string dump() const;

 private:
  Json(std::shared_ptr<const JsonNode> root, const JsonNode* node) : root_(std::move(root)), node_(node) {}

  std::shared_ptr<const JsonNode> root_;
  const JsonNode* node_ = nullptr;  // inside *root_; nullptr is null
};

// Builds JSON text front to back, deterministic, without an intermediate tree. Invalid UTF-8 becomes U+FFFD.
// `<`, `>`, `&`, U+2028 and U+2029 are written escaped, so the text is safe inside an HTML script element.
class JsonWriter {
 public:
  enum class Layout { Compact, Indented };
  explicit JsonWriter(Layout layout = Layout::Compact) : layout_(layout) {}

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(std::int64_t number);
  JsonWriter& value(std::uint32_t number) { return value(static_cast<std::int64_t>(number)); }
  JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
  JsonWriter& value(double number);  // shortest text that reads back the same; NaN and infinities become null
  JsonWriter& value(bool boolean);
  JsonWriter& null();
  JsonWriter& value(const Json& json);

  // key + value, left out when the text is empty.
  JsonWriter& member_unless_empty(std::string_view name, std::string_view text);

  const std::string& text() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  void separate();
  void write_string(std::string_view text);
  void indent();

  std::string out_;
  std::vector<std::uint8_t> has_items_;  // per open container
  bool after_key_ = false;
  Layout layout_;
};

}  // namespace octavo
