// Converts in chunks; bytes that iconv refuses are replaced one by one.
#include "press/base/text_encoding.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/base/ascii_text.h"
#include "core/base/utf8.h"

namespace octavo {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_utf8_name(const std::string& encoding) {
  const std::string name = ascii_lowercase(encoding);
  return name == "utf-8" || name == "utf8" || name == "us-ascii" || name == "ascii";
}

ConvertedText repaired(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (is_valid_utf8(bytes)) return {std::string(bytes), 0};
  Utf8Repair repair = repair_utf8(bytes);
  return {std::move(repair.text), repair.bad_offsets.size()};
}

}  // namespace

Result<ConvertedText> text_from_encoding(std::string_view bytes, const std::string& encoding) {
  if (is_utf8_name(encoding)) return repaired(bytes);
  const iconv_t converter = iconv_open("UTF-8", encoding.c_str());
  if (converter == reinterpret_cast<iconv_t>(-1)) {
    return Error{
        ErrorCode::Unsupported, "The encoding \"" + encoding + "\" is not known here; convert the file to UTF-8 first.", {}};
  }
  ConvertedText converted;
  std::string input(bytes);
  char* in = input.data();
  std::size_t in_left = input.size();
  std::array<char, 65536> buffer{};
  while (in_left > 0) {
    char* out = buffer.data();
    std::size_t out_left = buffer.size();
    const bool is_done = iconv(converter, &in, &in_left, &out, &out_left) != static_cast<std::size_t>(-1);
    const int reason = errno;
    converted.text.append(buffer.data(), static_cast<std::size_t>(out - buffer.data()));
    if (is_done || reason == E2BIG) continue;
    converted.text += kReplacement;
    ++converted.replaced;
    ++in;
    --in_left;
  }
  iconv_close(converter);
  if (converted.text.starts_with("\xEF\xBB\xBF")) converted.text.erase(0, 3);
  return converted;
}

std::string declared_xml_encoding(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return "UTF-8";
  if (bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE")) return "UTF-16";
  using namespace std::string_view_literals;
  if (bytes.starts_with("<\0?\0"sv)) return "UTF-16LE";
  if (bytes.starts_with("\0<\0?"sv)) return "UTF-16BE";
  if (!bytes.starts_with("<?xml")) return "UTF-8";
  const std::string_view declaration = bytes.substr(0, std::min(bytes.find("?>"), bytes.size()));
  const std::size_t name = declaration.find("encoding");
  if (name == std::string_view::npos) return "UTF-8";
  const std::size_t begin = declaration.find_first_of("\"'", name);
  if (begin == std::string_view::npos) return "UTF-8";
  const std::size_t end = declaration.find(declaration[begin], begin + 1);
  if (end == std::string_view::npos) return "UTF-8";
  const std::string_view value = declaration.substr(begin + 1, end - begin - 1);
  const bool is_name = !value.empty() && value.size() < 40 && std::all_of(value.begin(), value.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.' ||
           c == ':';
  });
  return is_name ? std::string(value) : "of a strange name";
}

}  // namespace octavo
