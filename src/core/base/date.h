// Dates of posts: RFC 3339 in, exact instants and calendar days out. No clock: "now" is always an argument.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace octavo {

// An instant with the offset in which its author wrote it.
struct DateTime {
  std::int64_t unix_seconds = 0;    // UTC
  std::int32_t offset_minutes = 0;  // of the author's clock
  bool operator==(const DateTime&) const = default;
  auto operator<=>(const DateTime& other) const { return unix_seconds <=> other.unix_seconds; }
};

struct CalendarDate {
  std::int32_t year = 1970;
  std::int32_t month = 1;  // 1..12
  std::int32_t day = 1;    // 1..31
};

// Accepts RFC 3339 date-times, "YYYY-MM-DD", "YYYY-MM-DD HH:MM[:SS]" with 'T' or a blank, optional fraction and optional
// zone ("Z", "+02:00", " +0200"); without a zone UTC is meant. Days and times that do not exist (2023-02-29, 25:00) are refused.
std::optional<DateTime> parse_date_time(std::string_view text);

// "2026-11-23T18:00:00Z" or with the author's offset.
std::string format_rfc3339(DateTime date_time);

// The day on the author's own calendar.
CalendarDate calendar_date(DateTime date_time);

// "2010-05-14".
std::string format_iso_date(DateTime date_time);

}  // namespace octavo
