// Dates: RFC 3339 and the loose forms people write, and back.
#include "core/base/date.h"

#include <gtest/gtest.h>

namespace octavo {
namespace {

std::string normalized(std::string_view text) {
  const auto date = parse_date_time(text);
  return date ? format_rfc3339(*date) : "refused";
}

TEST(Date, AcceptedForms) {
  EXPECT_EQ(normalized("2010-05-14T09:30:00Z"), "2010-05-14T09:30:00Z");
  EXPECT_EQ(normalized("2010-05-14t09:30:00z"), "2010-05-14T09:30:00Z");
  EXPECT_EQ(normalized("2010-05-14T09:30:00+02:00"), "2010-05-14T09:30:00+02:00");
  EXPECT_EQ(normalized("2010-05-14T09:30:00-05:30"), "2010-05-14T09:30:00-05:30");
  EXPECT_EQ(normalized("2010-05-14 09:30:00 +0200"), "2010-05-14T09:30:00+02:00");
  EXPECT_EQ(normalized("2010-05-14 09:30:00 Z"), "2010-05-14T09:30:00Z");
  EXPECT_EQ(normalized("2010-05-14 09:30"), "2010-05-14T09:30:00Z");
  EXPECT_EQ(normalized("2010-05-14T09:30:15.123456789Z"), "2010-05-14T09:30:15Z");
  EXPECT_EQ(normalized("2010-05-14T09:30:15.5+01"), "2010-05-14T09:30:15+01:00");
  EXPECT_EQ(normalized("2010-05-14"), "2010-05-14T00:00:00Z");
  EXPECT_EQ(normalized("  2010-05-14\n"), "2010-05-14T00:00:00Z");
  EXPECT_EQ(normalized("2010-05-14T09:30:00-00:00"), "2010-05-14T09:30:00Z");
  EXPECT_EQ(normalized("2010-05-14 09:30:00 -0000"), "2010-05-14T09:30:00Z");
  EXPECT_EQ(normalized("2016-12-31T23:59:60Z"), "2016-12-31T23:59:59Z");
  EXPECT_EQ(normalized("2024-02-29"), "2024-02-29T00:00:00Z");
  EXPECT_EQ(normalized("2000-02-29"), "2000-02-29T00:00:00Z");
  EXPECT_EQ(normalized("0001-01-01"), "0001-01-01T00:00:00Z");
  EXPECT_EQ(normalized("9999-12-31T23:59:59Z"), "9999-12-31T23:59:59Z");
}

TEST(Date, RefusedForms) {
  for (const char* text : {"",
                           " ",
                           "2023-02-29",
                           "1900-02-29",
                           "2010-13-01",
                           "2010-00-10",
                           "2010-01-00",
                           "2010-04-31",
                           "0000-01-01",
                           "2010-5-14",
                           "10-05-14",
                           "2010/05/14",
                           "14.5.2010",
                           "2010-05-14T",
                           "2010-05-14T25:00:00Z",
                           "2010-05-14T24:00:00Z",
                           "2010-05-14T10:60",
                           "2010-05-14T10:00:61Z",
                           "2010-05-14T10",
                           "2010-05-14T10:00:00.Z",
                           "2010-05-14T10:00:00+24:00",
                           "2010-05-14T10:00:00+02:60",
                           "2010-05-14T10:00:00+2",
                           "2010-05-14T10:00:00+02:",
                           "2010-05-14T10:00:00+02:0",
                           "2010-05-14T10:00:00Zx",
                           "2010-05-14T10:00:00 ZZ",
                           "2010-05-14 CET",
                           "2010-05-14T10:00 CET",
                           "2010-05-14  10:00",
                           "+2010-05-14",
                           "-010-05-14",
                           "2010-05-14Z",
                           "yesterday",
                           "0001-01-01T00:00:00+01:00",
                           "9999-12-31T23:59:59-01:00",
                           "99999999999999999999"}) {
    EXPECT_EQ(normalized(text), "refused") << text;
  }
}

TEST(Date, InstantIsUtcAndOffsetIsKept) {
  const auto date = parse_date_time("1970-01-01T01:00:00+02:00");
  ASSERT_TRUE(date);
  EXPECT_EQ(date->unix_seconds, -3600);
  EXPECT_EQ(date->offset_minutes, 120);
  EXPECT_EQ(parse_date_time("2026-11-23T18:00:00Z")->unix_seconds, 1795456800);
}

TEST(Date, CalendarIsTheAuthors) {
  const DateTime late{parse_date_time("2010-12-31T23:30:00Z")->unix_seconds, 60};
  EXPECT_EQ(format_iso_date(late), "2011-01-01");
  EXPECT_EQ(calendar_date(late).year, 2011);
  EXPECT_EQ(calendar_date(late).month, 1);
  EXPECT_EQ(calendar_date(late).day, 1);
  EXPECT_EQ(format_iso_date({0, -1}), "1969-12-31");
  EXPECT_EQ(format_rfc3339({-1, 0}), "1969-12-31T23:59:59Z");
}

TEST(Date, EveryDayOfFourCenturiesSurvives) {
  std::int64_t day = parse_date_time("1800-01-01")->unix_seconds;
  for (int i = 0; i < 146097; ++i, day += 86400) {
    const std::string text = format_iso_date({day, 0});
    const auto parsed = parse_date_time(text);
    ASSERT_TRUE(parsed) << text;
    ASSERT_EQ(parsed->unix_seconds, day) << text;
  }
  EXPECT_EQ(format_iso_date({day, 0}), "2200-01-01");
}

TEST(Date, OrderIsByInstant) {
  EXPECT_LT(*parse_date_time("2010-05-14T10:00:00+02:00"), *parse_date_time("2010-05-14T09:00:00Z"));
}

}  // namespace
}  // namespace octavo
