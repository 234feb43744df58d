// Addresses as a browser reads them (WHATWG URL Standard, section 4.4), and the paths and slugs of this site.
#include "core/base/url.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/base/lowercase.h"
#include "core/base/utf8.h"

namespace octavo {

namespace {

constexpr std::size_t kMaxSlugCodePoints = 80;  // longer ones are cut off by file systems and chat programs
constexpr std::string_view kHexDigits = "0123456789ABCDEF";

char ascii_lowercase(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool is_ascii_alpha(char c) {
  return ascii_lowercase(c) >= 'a' && ascii_lowercase(c) <= 'z';
}
bool is_ascii_digit(char c) {
  return c >= '0' && c <= '9';
}

// What a browser sees: no blanks and control characters at the ends, no tab or line end anywhere.
std::string clean_url(std::string_view url) {
  const auto is_trimmed = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!url.empty() && is_trimmed(url.front())) url.remove_prefix(1);
  while (!url.empty() && is_trimmed(url.back())) url.remove_suffix(1);
  std::string cleaned;
  cleaned.reserve(url.size());
  for (const char c : url) {
    if (c != '\t' && c != '\n' && c != '\r') cleaned += c;
  }
  return cleaned;
}

// The scheme in lower case, "" when the cleaned address has none.
std::string scheme_of(std::string_view cleaned) {
  if (cleaned.empty() || !is_ascii_alpha(cleaned.front())) return {};
  std::string scheme;
  for (const char c : cleaned) {
    if (c == ':') return scheme;
    if (!is_ascii_alpha(c) && !is_ascii_digit(c) && c != '+' && c != '-' && c != '.') return {};
    scheme += ascii_lowercase(c);
  }
  return {};
}

bool is_slash(char c) {
  return c == '/' || c == '\\';
}  // on an http page, the only kind that this is shown on

struct SplitReference {
  std::string_view path;
  std::string_view suffix;  // from '?' or '#'
};

SplitReference split_reference(std::string_view reference) {
  const std::size_t end = std::min(reference.find_first_of("?#"), reference.size());
  return {reference.substr(0, end), reference.substr(end)};
}

std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> segments;
  for (;;) {
    const std::size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

// RFC 3986, section 5.2.4, for a path without leading '/'. "a/.." becomes "".
std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  const std::vector<std::string_view> segments = split_path(path);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const bool is_last = i + 1 == segments.size();
    const bool is_dots = segments[i] == "." || segments[i] == "..";
    if (segments[i] == ".." && !kept.empty()) kept.pop_back();
    const bool is_leading_slash = segments[i].empty() && kept.empty() && !is_last;  // "a/..//b" must not become "/b"
    if (!is_dots && !is_leading_slash) kept.push_back(segments[i]);
    if (is_dots && is_last) kept.emplace_back();  // "a/." names the folder "a/"
  }
  std::string out;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (i > 0) out += '/';
    out += kept[i];
  }
  return out;
}

bool is_unreserved(char c) {
  return is_ascii_alpha(c) || is_ascii_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

int hex_value(char c) {
  if (is_ascii_digit(c)) return c - '0';
  const char lower = ascii_lowercase(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// ---- Slugs ------------------------------------------------------------------------------------------------------------

struct Range {
  char32_t first;
  char32_t last;
};

// Everything from U+0080 on that is neither letter, digit nor combining mark and is found in titles. The rest counts
// as a letter: a full table of properties would be larger than this whole file.
constexpr auto kSeparators = std::to_array<Range>({
    {0x80, 0xA9},     {0xAB, 0xB1},       {0xB4, 0xB4},        {0xB6, 0xB8},     {0xBB, 0xBB},     {0xBF, 0xBF},
    {0xD7, 0xD7},     {0xF7, 0xF7},       {0x2C2, 0x2C5},      {0x2D2, 0x2DF},   {0x37E, 0x37E},   {0x387, 0x387},
    {0x55A, 0x55F},   {0x589, 0x58F},     {0x5BE, 0x5BE},      {0x5C0, 0x5C0},   {0x5C3, 0x5C3},   {0x5C6, 0x5C6},
    {0x5F3, 0x5F4},   {0x600, 0x60F},     {0x61B, 0x61F},      {0x66A, 0x66D},   {0x6D4, 0x6D4},   {0x6DD, 0x6DE},
    {0x6E9, 0x6E9},   {0x700, 0x70F},     {0x964, 0x965},      {0x970, 0x970},   {0xDF4, 0xDF4},   {0xE3F, 0xE3F},
    {0xE4F, 0xE4F},   {0xE5A, 0xE5B},     {0x104A, 0x104F},    {0x10FB, 0x10FB}, {0x1360, 0x1368}, {0x1680, 0x1680},
    {0x16EB, 0x16ED}, {0x17D4, 0x17DB},   {0x1800, 0x180A},    {0x180E, 0x180E}, {0x2000, 0x206F}, {0x207A, 0x207E},
    {0x208A, 0x208E}, {0x20A0, 0x20CF},   {0x2100, 0x2101},    {0x2103, 0x2106}, {0x2108, 0x2109}, {0x2114, 0x2114},
    {0x2116, 0x2118}, {0x211E, 0x2123},   {0x2190, 0x245F},    {0x249C, 0x24E9}, {0x2500, 0x2BFF}, {0x2E00, 0x2FFF},
    {0x3000, 0x3004}, {0x3008, 0x3020},   {0x3030, 0x3030},    {0x303D, 0x303F}, {0x309B, 0x309C}, {0x30A0, 0x30A0},
    {0x30FB, 0x30FB}, {0x3200, 0x321E},   {0x3260, 0x327F},    {0x3300, 0x33FF}, {0x4DC0, 0x4DFF}, {0xA4FE, 0xA4FF},
    {0xA60D, 0xA60F}, {0xA8CE, 0xA8CF},   {0xD800, 0xF8FF},    {0xFD3E, 0xFD3F}, {0xFDFC, 0xFDFF}, {0xFE00, 0xFE1F},
    {0xFE30, 0xFE6F}, {0xFEFF, 0xFEFF},   {0xFF00, 0xFF0F},    {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65},
    {0xFFE0, 0xFFFF}, {0x1F000, 0x1FAFF}, {0xE0000, 0x10FFFF},
});

bool is_slug_letter(char32_t c) {
  if (c < 0x80) return is_ascii_alpha(static_cast<char>(c)) || is_ascii_digit(static_cast<char>(c));
  return std::none_of(kSeparators.begin(), kSeparators.end(), [c](Range range) { return c >= range.first && c <= range.last; });
}

// Invisible inside a word (soft hyphen, joiners, variation selectors): no separator, and no trace in an address.
bool is_dropped_in_slug(char32_t c) {
  return c == 0xAD || c == 0x200C || c == 0x200D || c == 0x2060 || (c >= 0xFE00 && c <= 0xFE0F);
}

bool is_combining_mark(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x20D0 && c <= 0x20FF);
}

}  // namespace

bool is_allowed_url(std::string_view url, UrlUse use) {
  const std::string scheme = scheme_of(clean_url(url));
  if (scheme.empty() || scheme == "http" || scheme == "https") return true;
  return use == UrlUse::Link && scheme == "mailto";
}

bool is_relative_url(std::string_view url) {
  const std::string cleaned = clean_url(url);
  const bool has_host = cleaned.size() >= 2 && is_slash(cleaned[0]) && is_slash(cleaned[1]);
  return !has_host && scheme_of(cleaned).empty();
}

std::string resolve_path(std::string_view base, std::string_view reference) {
  const SplitReference split = split_reference(reference);
  const std::string_view base_path = split_reference(base).path;
  std::string path;
  if (split.path.starts_with('/')) {
    path = split.path.substr(1);
  } else if (split.path.empty()) {
    path = base_path;
  } else {
    path = base_path.substr(0, base_path.rfind('/') + 1);  // npos + 1 is 0: a base without folder
    path += split.path;
  }
  while (path.starts_with('/')) path.erase(0, 1);
  return without_dot_segments(path) + std::string(split.suffix);
}

std::string relative_path(std::string_view from, std::string_view to) {
  const SplitReference target = split_reference(to);
  const std::string_view folder = from.substr(0, split_reference(from).path.rfind('/') + 1);
  std::size_t common = 0;  // bytes of the folders that both share
  for (std::size_t i = 0; i < folder.size() && i < target.path.size() && folder[i] == target.path[i]; ++i) {
    if (folder[i] == '/') common = i + 1;
  }
  std::string out;
  for (const char c : folder.substr(common)) {
    if (c == '/') out += "../";
  }
  const std::string_view rest = target.path.substr(common);
  // An empty reference would mean the page itself, a leading slash the root, a colon in the first segment a scheme.
  const bool is_ambiguous =
      rest.empty() || rest.front() == '/' || rest.substr(0, rest.find('/')).find(':') != std::string_view::npos;
  if (out.empty() && is_ambiguous) out = "./";
  out += rest;
  out += target.suffix;
  return out;
}

std::string encode_path(std::string_view path) {
  std::string out;
  out.reserve(path.size());
  for (const char c : path) {
    if (is_unreserved(c) || c == '/') {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHexDigits[byte >> 4];
    out += kHexDigits[byte & 0xF];
  }
  return out;
}

std::string decode_percent(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(static_cast<unsigned char>(high * 16 + low));
    i += 2;
  }
  return out;
}

std::string slug_from_text(std::string_view text) {
  std::string slug;
  std::size_t length = 0;
  bool separator_pending = false;
  for (std::size_t at = 0; at < text.size() && length < kMaxSlugCodePoints;) {
    const DecodedCodePoint decoded = decode_utf8(text, at);
    at += decoded.length;
    if (is_dropped_in_slug(decoded.value)) continue;
    const bool is_stray_mark = is_combining_mark(decoded.value) && (slug.empty() || separator_pending);
    if (!decoded.valid || is_stray_mark || !is_slug_letter(decoded.value)) {
      separator_pending = !slug.empty();
      continue;
    }
    if (separator_pending) {
      if (length + 2 > kMaxSlugCodePoints) break;
      slug += '-';
      ++length;
      separator_pending = false;
    }
    append_utf8(slug, simple_lowercase(decoded.value));
    ++length;
  }
  return slug;
}

}  // namespace octavo
