// Addresses, slugs, names and dates: no scheme slips through, paths never climb, and what is written reads back.
#include <string>

#include "core/base/assert.h"
#include "core/base/date.h"
#include "core/base/plain_name.h"
#include "core/base/url.h"
#include "core/base/utf8.h"
#include "fuzz/fuzz_input.h"
#include "fuzz/operations.h"

namespace octavo {
namespace {

// As a browser reads it: control characters and blanks before it, and line ends and tabs within it, do not count.
std::string scheme_as_browsers_see_it(std::string_view url) {
  std::string scheme;
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\t' || c == '\n' || c == '\r' || (scheme.empty() && byte <= ' ')) continue;
    if (c == ':') return scheme;
    scheme += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return {};
}

void check_schemes(std::string_view url) {
  const std::string scheme = scheme_as_browsers_see_it(url);
  for (const std::string_view forbidden : {"javascript", "vbscript", "data", "file", "blob"}) {
    if (scheme != forbidden) continue;
    OCTAVO_ASSERT(!is_allowed_url(url, UrlUse::Link) && !is_allowed_url(url, UrlUse::Image) && !is_relative_url(url));
  }
  if (is_relative_url(url)) OCTAVO_ASSERT(is_allowed_url(url, UrlUse::Image));
  if (is_allowed_url(url, UrlUse::Image)) OCTAVO_ASSERT(is_allowed_url(url, UrlUse::Link));
}

std::string path_of(const std::string& reference) {
  return reference.substr(0, reference.find_first_of("?#"));
}

void check_no_dots(const std::string& path) {
  const std::string slashed = "/" + path + "/";
  OCTAVO_ASSERT(slashed.find("/../") == std::string::npos && slashed.find("/./") == std::string::npos);
}

void check_paths(std::string_view base, std::string_view reference) {
  const std::string from = path_of(resolve_path("", base));
  const std::string to = resolve_path(from, reference);
  check_no_dots(path_of(to));
  OCTAVO_ASSERT(resolve_path(from, relative_path(from, to)) == to);
  OCTAVO_ASSERT(decode_percent(encode_path(reference)) == reference);
}

void check_words(std::string_view text) {
  const std::string slug = slug_from_text(text);
  OCTAVO_ASSERT(is_valid_utf8(slug) && slug_from_text(slug) == slug);
  const std::string name = plain_name(text, 64);
  OCTAVO_ASSERT(is_valid_utf8(name) && plain_name(name, 64) == name);
  OCTAVO_ASSERT(count_code_points(name) <= 64 && longest_mark_run(name) <= kMaxMarksInName);
  const Utf8Repair repair = repair_utf8(text);
  OCTAVO_ASSERT(is_valid_utf8(repair.text) && (repair.text == text) == is_valid_utf8(text));
  if (const auto date = parse_date_time(text)) {
    const auto again = parse_date_time(format_rfc3339(*date));
    OCTAVO_ASSERT(again && *again == *date);
    OCTAVO_ASSERT(format_iso_date(*date) == format_iso_date(*again));
  }
}

}  // namespace
}  // namespace octavo

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  FuzzInput input(data, size);
  const bool shows_growth = input.shows_growth();
  const std::string_view text = input.text();
  const std::size_t line_end = std::min(text.find('\n'), text.size());
  check_schemes(text);
  check_words(text);
  check_paths(text.substr(0, line_end), text.substr(std::min(line_end + 1, text.size())));
  if (!shows_growth) return 0;
  check_growth(text, [](std::string_view grown) {
    relative_path(resolve_path("", grown), resolve_path("a/b/", grown));
    decode_percent(encode_path(grown));
    slug_from_text(grown);
    plain_name(grown, SIZE_MAX);
    is_valid_utf8(repair_utf8(grown).text);
  });
  return 0;
}
