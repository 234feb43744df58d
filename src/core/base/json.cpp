// JSON in: nlohmann's lexer and parser, our tree and limits.
#define JSON_NO_IO  // no iostreams in the wasm
#include "core/base/json.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/base/utf8.h"

namespace octavo {

enum class JsonKind : std::uint8_t { Null, Object, Array, String, Integer, Double, Bool };

struct JsonNode {
  JsonKind kind = JsonKind::Null;
  bool boolean = false;
  std::uint32_t key_end = 0;  // offset in the file, to say where a key is
  std::int64_t integer = 0;
  double number = 0;
  std::string key;  // of a member of an object
  std::string text;
  std::vector<JsonNode> children;
};

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kMaxQuotedBytes = 60;  // of a file's key in a message
constexpr std::int64_t kMaxExactInteger = (std::int64_t{1} << 53) - 1;

// Walks the text and lets the handler know how far the lexer has read, which nlohmann tells only in its own errors.
class TrackingIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  TrackingIterator() = default;
  TrackingIterator(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}
  reference operator*() const { return *at_; }
  TrackingIterator& operator++() {
    *furthest_ = ++at_;
    return *this;
  }
  TrackingIterator operator++(int) {
    TrackingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const TrackingIterator& other) const { return at_ == other.at_; }

 private:
  const char* at_ = nullptr;
  const char** furthest_ = nullptr;
};

std::string quoted_key(std::string_view text) {
  if (text.size() <= kMaxQuotedBytes) return "\"" + std::string(text) + "\"";
  std::size_t end = kMaxQuotedBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return "\"" + std::string(text.substr(0, end)) + "…\"";
}

// nlohmann says "[id] parse error at line ..: syntax error while parsing X - reason; last read: '...'; expected Y". The reason
// helps people; what was last read may be a megabyte of anything.
std::string reason_from_exception(std::string_view what) {
  const auto dash = what.find(" - ");
  if (dash == std::string_view::npos) return "it cannot be read";
  what.remove_prefix(dash + 3);
  return std::string(what.substr(0, what.find("; last read: ")));
}

// Receives nlohmann's events and grows the tree. Returning false stops the parser.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view text, JsonNode& root) : text_(text), position_(text.data()), root_(root) {}

  TrackingIterator begin() { return {text_.data(), &position_}; }
  TrackingIterator end() { return {text_.data() + text_.size(), &position_}; }

  bool null() { return add(JsonKind::Null) != nullptr; }
  bool boolean(bool value) {
    add(JsonKind::Bool)->boolean = value;
    return true;
  }
  bool number_integer(std::int64_t value) {
    add(JsonKind::Integer)->integer = value;
    return true;
  }
  bool number_unsigned(std::uint64_t value) {
    if (value > static_cast<std::uint64_t>(INT64_MAX)) return number_float(static_cast<double>(value), {});
    return number_integer(static_cast<std::int64_t>(value));
  }
  bool number_float(double value, const std::string&) {
    add(JsonKind::Double)->number = value;
    return true;
  }
  bool string(std::string& value) {
    add(JsonKind::String)->text = std::move(value);
    return true;
  }
  bool binary(std::vector<std::uint8_t>&) { return false; }  // not in JSON text
  bool start_object(std::size_t) { return open(JsonKind::Object); }
  bool start_array(std::size_t) { return open(JsonKind::Array); }
  bool key(std::string& name) {
    pending_key_ = std::move(name);
    pending_key_end_ = static_cast<std::uint32_t>(offset());
    return true;
  }
  bool end_object() {
    const JsonNode& object = *open_.back();
    open_.pop_back();
    return has_unique_keys(object);
  }
  bool end_array() {
    open_.pop_back();
    return true;
  }

  template <typename Exception>
  bool parse_error(std::size_t position, const std::string&, const Exception& exception) {
    const std::size_t offset = position > 0 ? position - 1 : 0;
    if (offset >= text_.size()) {
      fail(ErrorCode::BadSyntax, "The JSON ends too early: the file is empty or was cut short.", offset);
    } else if (exception.id == kNumberOverflow) {
      fail(ErrorCode::BadSyntax, "A number is too large.", offset);
    } else {
      fail(ErrorCode::BadSyntax, "This is not valid JSON: " + reason_from_exception(exception.what()) + ".", offset);
    }
    return false;
  }

  void fail(ErrorCode code, std::string message, std::size_t offset) {
    error_ = {code, std::move(message), {}};
    error_offset_ = offset;
  }

  Error error(std::string_view where) const {
    Error error = error_;
    const TextPosition position = text_position(text_, error_offset_);
    if (!where.empty()) error.where = std::string(where) + ":";
    error.where += std::to_string(position.line) + ":" + std::to_string(position.column);
    return error;
  }

 private:
  static constexpr int kNumberOverflow = 406;  // nlohmann::json::out_of_range

  std::size_t offset() const { return static_cast<std::size_t>(position_ - text_.data()); }

  // Pointers in open_ stay valid: a node's children grow only while the node is the innermost open one.
  JsonNode* add(JsonKind kind) {
    JsonNode* node = &root_;
    if (!open_.empty()) node = &open_.back()->children.emplace_back();
    node->kind = kind;
    if (!open_.empty() && open_.back()->kind == JsonKind::Object) {
      node->key = std::move(pending_key_);
      node->key_end = pending_key_end_;
    }
    return node;
  }

  bool open(JsonKind kind) {
    if (open_.size() >= kMaxJsonDepth) {
      fail(ErrorCode::TooLarge, "Objects and arrays are nested more than " + std::to_string(kMaxJsonDepth) + " deep.",
           offset() - 1);
      return false;
    }
    open_.push_back(add(kind));
    return true;
  }

  // Sorted, because comparing all pairs would let one large object take minutes.
  bool has_unique_keys(const JsonNode& object) {
    std::vector<const JsonNode*> sorted;
    sorted.reserve(object.children.size());
    for (const JsonNode& child : object.children) sorted.push_back(&child);
    std::sort(sorted.begin(), sorted.end(), [](const JsonNode* a, const JsonNode* b) {
      const int order = a->key.compare(b->key);
      return order != 0 ? order < 0 : a->key_end < b->key_end;
    });
    const auto twin =
        std::adjacent_find(sorted.begin(), sorted.end(), [](const JsonNode* a, const JsonNode* b) { return a->key == b->key; });
    if (twin == sorted.end()) return true;
    const JsonNode& second = **(twin + 1);
    fail(ErrorCode::BadSyntax, "The key " + quoted_key(second.key) + " appears twice in one object; remove one of them.",
         second.key_end - 1);
    return false;
  }

  std::string_view text_;
  const char* position_;
  JsonNode& root_;
  std::vector<JsonNode*> open_;
  std::string pending_key_;
  std::uint32_t pending_key_end_ = 0;
  Error error_;
  std::size_t error_offset_ = 0;
};

}  // namespace

Json::Json() = default;

Result<Json> Json::parse(std::string_view text, std::string_view where) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  auto root = std::make_shared<JsonNode>();
  TreeBuilder builder(text, *root);
  // nlohmann takes NUL for the end of the text, and skips a byte order mark, so a second one would pass.
  const auto nul = text.find('\0');
  if (nul != std::string_view::npos) {
    builder.fail(ErrorCode::BadSyntax, "This is not valid JSON: it contains a NUL byte.", nul);
    return builder.error(where);
  }
  if (text.starts_with(kByteOrderMark)) {
    builder.fail(ErrorCode::BadSyntax, "This is not valid JSON: it begins with two byte order marks.", 0);
    return builder.error(where);
  }
  if (!nlohmann::json::sax_parse(builder.begin(), builder.end(), &builder)) return builder.error(where);
  const JsonNode* node = root.get();
  return Json(std::move(root), node);
}

bool Json::is_null() const {
  return node_ == nullptr || node_->kind == JsonKind::Null;
}
bool Json::is_object() const {
  return node_ != nullptr && node_->kind == JsonKind::Object;
}
bool Json::is_array() const {
  return node_ != nullptr && node_->kind == JsonKind::Array;
}
bool Json::is_string() const {
  return node_ != nullptr && node_->kind == JsonKind::String;
}
bool Json::is_bool() const {
  return node_ != nullptr && node_->kind == JsonKind::Bool;
}
bool Json::is_number() const {
  return node_ != nullptr && (node_->kind == JsonKind::Integer || node_->kind == JsonKind::Double);
}

bool Json::has(std::string_view key) const {
  if (!is_object()) return false;
  return std::any_of(node_->children.begin(), node_->children.end(), [key](const JsonNode& child) { return child.key == key; });
}

Json Json::get(std::string_view key) const {
  if (!is_object()) return {};
  for (const JsonNode& child : node_->children) {
    if (child.key == key) return Json(root_, &child);
  }
  return {};
}

std::size_t Json::size() const {
  return is_object() || is_array() ? node_->children.size() : 0;
}

Json Json::at(std::size_t index) const {
  if (!is_array() || index >= node_->children.size()) return {};
  return Json(root_, &node_->children[index]);
}

std::vector<std::pair<std::string, Json>> Json::members() const {
  std::vector<std::pair<std::string, Json>> members;
  if (!is_object()) return members;
  members.reserve(node_->children.size());
  for (const JsonNode& child : node_->children) members.emplace_back(child.key, Json(root_, &child));
  return members;
}

std::string_view Json::string(std::string_view fallback) const {
  return is_string() ? std::string_view(node_->text) : fallback;
}

std::int64_t Json::integer(std::int64_t fallback) const {
  if (!is_number()) return fallback;
  if (node_->kind == JsonKind::Integer) {
    const bool is_exact = node_->integer >= -kMaxExactInteger && node_->integer <= kMaxExactInteger;
    return is_exact ? node_->integer : fallback;
  }
  const bool is_whole =
      std::trunc(node_->number) == node_->number && std::fabs(node_->number) <= static_cast<double>(kMaxExactInteger);
  return is_whole ? static_cast<std::int64_t>(node_->number) : fallback;
}

double Json::number(double fallback) const {
  if (!is_number()) return fallback;
  return node_->kind == JsonKind::Integer ? static_cast<double>(node_->integer) : node_->number;
}

bool Json::boolean(bool fallback) const {
  return is_bool() ? node_->boolean : fallback;
}

std::string_view Json::kind() const {
  if (is_object()) return "an object";
  if (is_array()) return "an array";
  if (is_string()) return "text";
  if (is_number()) return "a number";
  if (is_bool()) return node_->boolean ? "true" : "false";
  return "null";
}

std::string Json::dump() const {
  return JsonWriter().value(*this).take();
}

}  // namespace octavo
