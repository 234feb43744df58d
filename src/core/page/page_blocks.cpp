// Titles, dates, references, and lines of text with links and buttons.
#include "core/page/page_blocks.h"

#include <algorithm>
#include <array>

#include "core/base/ascii_text.h"
#include "core/base/url.h"
#include "core/base/utf8.h"
#include "core/page/strings.h"

namespace octavo {

namespace {

// Characters that reorder or hide the text around them; a title must not be able to rewrite the page that quotes it.
bool is_bidi_control(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
}

bool is_blank(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_dropped(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF || c == 0xFFFC || is_bidi_control(c);
}

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::string clean_text(std::string_view text) {
  std::string out;
  bool is_blank_due = false;
  for (std::size_t offset = 0; offset < text.size();) {
    const DecodedCodePoint decoded = decode_utf8(text, offset);
    offset += decoded.length;
    if (is_blank(decoded.value)) {
      is_blank_due = true;
      continue;
    }
    if (is_dropped(decoded.value)) continue;
    if (is_blank_due && !out.empty()) out += ' ';
    is_blank_due = false;
    append_utf8(out, decoded.value);
  }
  return out;
}

std::string clean_language(std::string_view language) {
  constexpr std::size_t kLongestTag = 35;  // RFC 5646, section 4.4.1
  if (language.size() < 2 || language.size() > kLongestTag || !is_ascii_letter(language.front())) return {};
  std::string clean(language);
  std::replace(clean.begin(), clean.end(), '_', '-');
  const bool is_tag =
      std::all_of(clean.begin(), clean.end(), [](char c) { return is_ascii_letter(c) || (c >= '0' && c <= '9') || c == '-'; });
  return is_tag && clean.back() != '-' ? clean : std::string();
}

std::string_view language_direction(std::string_view language) {
  constexpr std::array<std::string_view, 8> kScripts = {"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"};
  constexpr std::array<std::string_view, 16> kLanguages = {"ar",  "arc", "ckb", "dv", "fa",  "he", "iw", "ks",
                                                           "nqo", "pnb", "ps",  "sd", "syr", "ug", "ur", "yi"};
  const std::string tag = ascii_lowercase(language);
  std::string_view rest = tag;
  const std::string_view primary = rest.substr(0, rest.find('-'));
  // A script is the one subtag of four letters; it decides whatever the language is (az-Arab, ks-Deva).
  while (rest.find('-') != std::string_view::npos) {
    rest.remove_prefix(rest.find('-') + 1);
    const std::string_view part = rest.substr(0, rest.find('-'));
    if (part.size() == 4 && std::all_of(part.begin(), part.end(), is_ascii_letter)) {
      return std::find(kScripts.begin(), kScripts.end(), part) != kScripts.end() ? "rtl" : "ltr";
    }
  }
  return std::find(kLanguages.begin(), kLanguages.end(), primary) != kLanguages.end() ? "rtl" : "ltr";
}

std::string page_reference(std::string_view from, std::string_view to) {
  const std::size_t end = to.find_first_of("?#");
  const std::string_view path = to.substr(0, end);
  const std::string_view rest = end == std::string_view::npos ? std::string_view() : to.substr(end);
  if (path == from && rest.starts_with('#')) return std::string(rest);
  return relative_path(from, path) + std::string(rest);
}

std::string long_date(DateTime date_time) {
  const CalendarDate date = calendar_date(date_time);
  const std::size_t month = static_cast<std::size_t>(std::clamp(date.month, 1, 12)) - 1;
  return fill_in(Strings::kLongDate, {std::to_string(date.day), Strings::kMonths[month], std::to_string(date.year)});
}

std::string number_text(std::uint64_t number) {
  return std::to_string(number);
}

LineBuilder& LineBuilder::text(std::string_view text) {
  line_.text += text;
  return *this;
}

LineBuilder& LineBuilder::separate(std::string_view separator) {
  return line_.empty() ? *this : text(separator);
}

LineBuilder& LineBuilder::span(InlineKind kind, std::string_view label, std::string url) {
  if (label.empty()) return *this;
  Span span;
  span.kind = kind;
  span.begin = static_cast<std::uint32_t>(line_.text.size());
  line_.text += label;
  span.end = static_cast<std::uint32_t>(line_.text.size());
  span.url = std::move(url);
  line_.spans.push_back(std::move(span));
  return *this;
}

LineBuilder& LineBuilder::link(std::string_view label, std::string url, Current current) {
  if (label.empty() || url.empty() || !is_allowed_url(url, UrlUse::Link)) return text(label);
  span(InlineKind::Link, label, std::move(url));
  line_.spans.back().is_current = current == Current::Yes;
  return *this;
}

LineBuilder& LineBuilder::time(std::string_view label, std::string rfc3339) {
  return span(InlineKind::Time, label, std::move(rfc3339));
}

LineBuilder& LineBuilder::button(std::string_view label, Span state) {
  state.kind = InlineKind::Button;
  state.begin = static_cast<std::uint32_t>(line_.text.size());
  line_.text += label;
  state.end = static_cast<std::uint32_t>(line_.text.size());
  line_.spans.push_back(std::move(state));
  return *this;
}

Block make_section(Role role, std::string_view label) {
  Block section;
  section.kind = BlockKind::Section;
  section.role = role;
  section.label = label;
  return section;
}

Block make_paragraph(Variant variant, InlineText inlines) {
  Block paragraph;
  paragraph.variant = variant;
  paragraph.inlines = std::move(inlines);
  return paragraph;
}

Block make_paragraph(Variant variant, std::string_view text) {
  return make_paragraph(variant, InlineText{std::string(text), {}});
}

Block make_heading(std::uint8_t level, Variant variant, InlineText inlines) {
  Block heading = make_paragraph(variant, std::move(inlines));
  heading.kind = BlockKind::Heading;
  heading.level = level;
  return heading;
}

Block make_heading(std::uint8_t level, Variant variant, std::string_view text) {
  return make_heading(level, variant, InlineText{std::string(text), {}});
}

}  // namespace octavo
