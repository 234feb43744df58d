// Reads dates of feeds and of WordPress.
#include "press/import/common/source_date.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "press/source/front_matter_value.h"

namespace octavo {

namespace {

constexpr auto kMonths =
    std::to_array<std::string_view>({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});

struct Zone {
  std::string_view name;
  std::string_view offset;
};
constexpr auto kZones = std::to_array<Zone>({{"gmt", "Z"},
                                             {"ut", "Z"},
                                             {"utc", "Z"},
                                             {"z", "Z"},
                                             {"est", "-05:00"},
                                             {"edt", "-04:00"},
                                             {"cst", "-06:00"},
                                             {"cdt", "-05:00"},
                                             {"mst", "-07:00"},
                                             {"mdt", "-06:00"},
                                             {"pst", "-08:00"},
                                             {"pdt", "-07:00"}});

std::string_view next_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\n\r"), text.size()));
  const std::string_view word = text.substr(0, std::min(text.find_first_of(" \t\n\r"), text.size()));
  text.remove_prefix(word.size());
  return word;
}

std::string zone_offset(std::string_view zone) {
  const std::string name = ascii_lowercase(zone);
  for (const Zone& known : kZones) {
    if (known.name == name) return std::string(known.offset);
  }
  const bool is_number = name.size() == 5 && (name[0] == '+' || name[0] == '-');
  return is_number ? name.substr(0, 3) + ":" + name.substr(3) : name;
}

std::string two_digits(std::string_view number) {
  return number.size() == 1 ? "0" + std::string(number) : std::string(number);
}

}  // namespace

std::optional<DateTime> parse_feed_date(std::string_view text) {
  text = trimmed(text);
  if (const auto date = parse_date_time(text)) return date;
  if (const std::size_t comma = text.find(','); comma != std::string_view::npos) text.remove_prefix(comma + 1);
  const std::string day = two_digits(next_word(text));
  const std::string month_name = ascii_lowercase(next_word(text).substr(0, 3));
  std::string year(next_word(text));
  const std::string_view time = next_word(text);
  const std::string zone = zone_offset(next_word(text));
  const auto month = std::find(kMonths.begin(), kMonths.end(), month_name);
  if (month == kMonths.end() || time.find(':') == std::string_view::npos) return std::nullopt;
  if (year.size() == 2) year = (year < "70" ? "20" : "19") + year;  // RFC 2822, section 4.3
  const std::string hour = two_digits(time.substr(0, time.find(':')));
  const std::string rest(time.substr(time.find(':')));
  return parse_date_time(year + "-" + two_digits(std::to_string(month - kMonths.begin() + 1)) + "-" + day + "T" + hour + rest +
                         (zone.empty() ? "Z" : zone));
}

std::optional<DateTime> parse_wordpress_date(std::string_view local, std::string_view utc) {
  const auto is_given = [](std::string_view text) { return !text.empty() && !text.starts_with("0000"); };
  const auto local_date = is_given(local) ? parse_date_time(local) : std::nullopt;
  auto date = is_given(utc) ? parse_date_time(utc) : std::nullopt;
  if (!date) return local_date;
  if (!local_date) return date;
  const std::int64_t difference = local_date->unix_seconds - date->unix_seconds;
  constexpr std::int64_t kLargestOffset = 14 * 3600;
  if (difference % 60 == 0 && difference <= kLargestOffset && difference >= -kLargestOffset) {
    date->offset_minutes = static_cast<std::int32_t>(difference / 60);
  }
  return date;
}

}  // namespace octavo
