// JSON out, front to back.
#include <cmath>

#include "core/base/assert.h"
#include "core/base/json.h"
#include "core/base/number_text.h"
#include "core/base/utf8.h"

namespace octavo {

void JsonWriter::indent() {
  if (layout_ == Layout::Compact) return;
  out_ += '\n';
  out_.append(2 * has_items_.size(), ' ');
}

void JsonWriter::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_items_.empty()) return;
  if (has_items_.back()) out_ += ',';
  has_items_.back() = true;
  indent();
}

JsonWriter& JsonWriter::begin_object() {
  separate();
  out_ += '{';
  has_items_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  OCTAVO_ASSERT(!has_items_.empty() && !after_key_);
  const bool had_items = has_items_.back();
  has_items_.pop_back();
  if (had_items) indent();
  out_ += '}';
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  separate();
  out_ += '[';
  has_items_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  OCTAVO_ASSERT(!has_items_.empty() && !after_key_);
  const bool had_items = has_items_.back();
  has_items_.pop_back();
  if (had_items) indent();
  out_ += ']';
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  OCTAVO_ASSERT(!has_items_.empty() && !after_key_);
  separate();
  write_string(name);
  out_ += layout_ == Layout::Compact ? ":" : ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  write_string(text);
  return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
  separate();
  out_ += std::to_string(number);
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  if (!std::isfinite(number)) return null();
  separate();
  append_number(out_, number);
  return *this;
}

JsonWriter& JsonWriter::value(bool boolean) {
  separate();
  out_ += boolean ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  out_ += "null";
  return *this;
}

JsonWriter& JsonWriter::value(const Json& json) {
  if (json.is_object()) {
    begin_object();
    for (const auto& [name, member] : json.members()) key(name).value(member);
    return end_object();
  }
  if (json.is_array()) {
    begin_array();
    for (std::size_t i = 0; i < json.size(); ++i) value(json.at(i));
    return end_array();
  }
  if (json.is_string()) return value(json.string());
  if (json.is_bool()) return value(json.boolean());
  if (!json.is_number()) return null();
  const std::int64_t integer = json.integer();
  return static_cast<double>(integer) == json.number() ? value(integer) : value(json.number());
}

JsonWriter& JsonWriter::member_unless_empty(std::string_view name, std::string_view text) {
  return text.empty() ? *this : key(name).value(text);
}

// Copied as it is: ASCII that is neither a control character nor escaped below.
static bool is_plain(char c) {
  return c >= 0x20 && static_cast<unsigned char>(c) < 0x80 && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
}

void JsonWriter::write_string(std::string_view text) {
  out_ += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t plain = at;
    while (at < text.size() && is_plain(text[at])) ++at;
    out_.append(text.substr(plain, at - plain));
    if (at == text.size()) break;
    const DecodedCodePoint decoded = decode_utf8(text, at);
    const char32_t c = decoded.value;
    const bool is_hazard_in_html = c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029;
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += static_cast<char>(c);
    } else if (c == '\n') {
      out_ += "\\n";
    } else if (c == '\t') {
      out_ += "\\t";
    } else if (c < 0x20 || is_hazard_in_html) {
      constexpr std::string_view kHexDigits = "0123456789abcdef";
      out_ += "\\u";
      for (int shift = 12; shift >= 0; shift -= 4) out_ += kHexDigits[(c >> shift) & 0xF];
    } else if (decoded.valid) {
      out_.append(text.substr(at, decoded.length));
    } else {
      append_utf8(out_, kReplacementCharacter);
    }
    at += decoded.length;
  }
  out_ += '"';
}

}  // namespace octavo
