// Expanding tokens one by one.
#include "press/import/folders/permalink.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/base/url.h"

namespace octavo {

namespace {

constexpr auto kMonthNames = std::to_array<std::string_view>(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"});
constexpr auto kDayNames =
    std::to_array<std::string_view>({"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"});

std::string padded(int number, int digits) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%0*d", digits, number);
  return text.data();
}

int day_of_year(const CalendarDate& date) {
  constexpr auto kDaysBefore = std::to_array<int>({0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334});
  const bool is_leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0;
  return kDaysBefore[static_cast<std::size_t>(date.month - 1)] + date.day + (is_leap && date.month > 2 ? 1 : 0);
}

int weekday(const DateTime& date) {  // 0 = Sunday
  const std::int64_t days = (date.unix_seconds + date.offset_minutes * 60) / 86400;
  return static_cast<int>(((days + 4) % 7 + 7) % 7);
}

std::string joined(const std::vector<std::string>& names, bool as_slugs) {
  std::string out;
  for (const std::string& name : names) {
    const std::string part = as_slugs ? slug_from_text(name) : name;
    if (!part.empty()) out += (out.empty() ? "" : "/") + part;
  }
  return out;
}

std::optional<std::string> date_token(std::string_view name, const DateTime& date_time) {
  const CalendarDate date = calendar_date(date_time);
  const auto seconds = static_cast<int>(((date_time.unix_seconds + date_time.offset_minutes * 60) % 86400 + 86400) % 86400);
  if (name == "year") return padded(date.year, 4);
  if (name == "short_year") return padded(date.year % 100, 2);
  if (name == "month") return padded(date.month, 2);
  if (name == "i_month") return std::to_string(date.month);
  if (name == "monthname" || name == "long_month") return std::string(kMonthNames[static_cast<std::size_t>(date.month - 1)]);
  if (name == "day") return padded(date.day, 2);
  if (name == "i_day") return std::to_string(date.day);
  if (name == "yearday") return std::to_string(day_of_year(date));
  if (name == "y_day") return padded(day_of_year(date), 3);
  if (name == "weekday") return std::to_string(weekday(date_time));
  if (name == "weekdayname" || name == "long_day") return std::string(kDayNames[static_cast<std::size_t>(weekday(date_time))]);
  if (name == "hour") return padded(seconds / 3600, 2);
  if (name == "minute") return padded(seconds / 60 % 60, 2);
  if (name == "second") return padded(seconds % 60, 2);
  return std::nullopt;
}

std::optional<std::string> token(std::string_view name, const PermalinkParts& parts) {
  if (name == "title") return parts.title;
  if (name == "slug" || name == "slugorfilename" || name == "slugorcontentbasename") return parts.slug;
  if (name == "filename" || name == "contentbasename" || name == "name" || name == "basename") return parts.name;
  if (name == "section") return parts.sections.empty() ? std::string() : parts.sections.front();
  if (name == "sectionslug") return parts.sections.empty() ? std::string() : slug_from_text(parts.sections.front());
  if (name == "sections") return joined(parts.sections, false);
  if (name == "sectionslugs" || name == "categories" || name == "slugified_categories") return joined(parts.sections, true);
  if (name == "output_ext") return parts.output_extension;
  if (!parts.date) return std::nullopt;
  return date_token(name, *parts.date);
}

}  // namespace

std::optional<std::string> expand_permalink(std::string_view pattern, const PermalinkParts& parts) {
  std::string out;
  while (!pattern.empty()) {
    if (pattern.front() != ':') {
      if (pattern.front() != '/' || !out.ends_with('/')) out += pattern.front();
      pattern.remove_prefix(1);
      continue;
    }
    const auto is_name = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto end = std::find_if_not(pattern.begin() + 1, pattern.end(), is_name);
    const auto size = static_cast<std::size_t>(end - pattern.begin());
    const std::optional<std::string> value = token(pattern.substr(1, size - 1), parts);
    if (!value) return std::nullopt;
    out += value->starts_with('/') && out.ends_with('/') ? value->substr(1) : *value;
    pattern.remove_prefix(size);
  }
  while (out.find("//") != std::string::npos) out.erase(out.find("//"), 1);
  return out;
}

std::string jekyll_permalink_pattern(const std::string& style) {
  if (style.empty() || style == "date") return "/:categories/:year/:month/:day/:title:output_ext";
  if (style == "pretty") return "/:categories/:year/:month/:day/:title/";
  if (style == "ordinal") return "/:categories/:year/:y_day/:title:output_ext";
  if (style == "none") return "/:categories/:title:output_ext";
  return style;
}

}  // namespace octavo
