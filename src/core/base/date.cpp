// RFC 3339 and its looser relatives, read and written with the proleptic Gregorian calendar of std::chrono.
#include "core/base/date.h"

#include <chrono>

#include "core/base/ascii_text.h"

namespace octavo {

namespace {

constexpr std::int64_t kSecondsPerDay = 24 * 60 * 60;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Reads a text from front to back; every step returns nothing when the text does not match.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

  bool skip(char c) {
    if (peek() != c || at_end()) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool skip_any(std::string_view characters) {
    if (at_end() || characters.find(peek()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<int> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (!is_digit(c)) return std::nullopt;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  bool skip_digits() {
    if (!is_digit(peek())) return false;
    while (is_digit(peek())) rest_.remove_prefix(1);
    return true;
  }

 private:
  std::string_view rest_;
};

// Days since 1970-01-01, or nothing for a day that does not exist.
std::optional<std::int64_t> read_date(DateReader& reader) {
  const auto year = reader.digits(4);
  if (!year || !reader.skip('-')) return std::nullopt;
  const auto month = reader.digits(2);
  if (!month || !reader.skip('-')) return std::nullopt;
  const auto day = reader.digits(2);
  if (!day || *year < 1) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date}.time_since_epoch().count();
}

// Seconds since midnight. A leap second (":60") becomes the last second of its minute: unix time has no place for it.
std::optional<std::int64_t> read_time(DateReader& reader) {
  const auto hour = reader.digits(2);
  if (!hour || !reader.skip(':')) return std::nullopt;
  const auto minute = reader.digits(2);
  if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
  int second = 0;
  if (reader.skip(':')) {
    const auto value = reader.digits(2);
    if (!value || *value > 60) return std::nullopt;
    second = *value == 60 ? 59 : *value;
    if (reader.skip_any(".,") && !reader.skip_digits()) return std::nullopt;
  }
  return (*hour * 60 + *minute) * 60 + second;
}

// Minutes east of UTC: "Z", "+02:00", "+0200", "+02", each after an optional blank; 0 when the text has ended.
std::optional<std::int32_t> read_zone(DateReader& reader) {
  if (reader.at_end()) return 0;
  reader.skip(' ');
  if (reader.skip_any("Zz")) return 0;
  const bool is_west = reader.peek() == '-';
  if (!reader.skip_any("+-")) return std::nullopt;
  const auto hours = reader.digits(2);
  if (!hours || *hours > 23) return std::nullopt;
  std::optional<int> minutes = 0;
  if (reader.skip(':') || !reader.at_end()) minutes = reader.digits(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  const std::int32_t offset = *hours * 60 + *minutes;
  return is_west ? -offset : offset;
}

bool is_in_range(DateTime date_time) {
  const std::int32_t year = calendar_date(date_time).year;
  return year >= 1 && year <= 9999;
}

// Seconds on the author's own clock, split so that times before 1970 come out right.
struct LocalTime {
  std::int64_t days = 0;
  std::int64_t second_of_day = 0;
};

LocalTime local_time(DateTime date_time) {
  const std::int64_t seconds = date_time.unix_seconds + std::int64_t{date_time.offset_minutes} * 60;
  std::int64_t days = seconds / kSecondsPerDay;
  std::int64_t rest = seconds % kSecondsPerDay;
  if (rest < 0) {
    rest += kSecondsPerDay;
    --days;
  }
  return {days, rest};
}

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

}  // namespace

std::optional<DateTime> parse_date_time(std::string_view text) {
  DateReader reader(trimmed(text));
  const auto days = read_date(reader);
  if (!days) return std::nullopt;
  if (reader.at_end()) return DateTime{*days * kSecondsPerDay, 0};
  if (!reader.skip_any("Tt ")) return std::nullopt;
  const auto seconds = read_time(reader);
  if (!seconds) return std::nullopt;
  const auto offset = read_zone(reader);
  if (!offset || !reader.at_end()) return std::nullopt;
  const DateTime date_time{*days * kSecondsPerDay + *seconds - std::int64_t{*offset} * 60, *offset};
  // An offset can push the instant, seen from UTC, out of the years that can be written again.
  if (!is_in_range({date_time.unix_seconds, 0})) return std::nullopt;
  return date_time;
}

std::string format_rfc3339(DateTime date_time) {
  const std::int64_t seconds = local_time(date_time).second_of_day;
  std::string out = format_iso_date(date_time) + "T";
  append_padded(out, seconds / 3600, 2);
  out += ':';
  append_padded(out, seconds / 60 % 60, 2);
  out += ':';
  append_padded(out, seconds % 60, 2);
  if (date_time.offset_minutes == 0) return out + "Z";
  const std::int32_t offset = date_time.offset_minutes < 0 ? -date_time.offset_minutes : date_time.offset_minutes;
  out += date_time.offset_minutes < 0 ? '-' : '+';
  append_padded(out, offset / 60, 2);
  out += ':';
  append_padded(out, offset % 60, 2);
  return out;
}

CalendarDate calendar_date(DateTime date_time) {
  const std::chrono::sys_days day{std::chrono::days{static_cast<int>(local_time(date_time).days)}};
  const std::chrono::year_month_day date{day};
  return {static_cast<int>(date.year()), static_cast<std::int32_t>(static_cast<unsigned>(date.month())),
          static_cast<std::int32_t>(static_cast<unsigned>(date.day()))};
}

std::string format_iso_date(DateTime date_time) {
  const CalendarDate date = calendar_date(date_time);
  std::string out;
  append_padded(out, date.year, 4);
  out += '-';
  append_padded(out, date.month, 2);
  out += '-';
  append_padded(out, date.day, 2);
  return out;
}

}  // namespace octavo
