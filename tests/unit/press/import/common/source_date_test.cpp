// Dates of feeds and of WordPress.
#include "press/import/common/source_date.h"

#include <gtest/gtest.h>

namespace octavo {
namespace {

std::string read(std::string_view text) {
  const auto date = parse_feed_date(text);
  return date ? format_rfc3339(*date) : "none";
}

TEST(SourceDate, ReadsWhatFeedsWrite) {
  EXPECT_EQ(read("Wed, 24 Nov 2010 18:05:09 +0000"), "2010-11-24T18:05:09Z");
  EXPECT_EQ(read("Wed, 24 Nov 2010 18:05:09 +0530"), "2010-11-24T18:05:09+05:30");
  EXPECT_EQ(read("4 Nov 10 8:05 EST"), "2010-11-04T08:05:00-05:00");
  EXPECT_EQ(read("4 November 99 08:05 GMT"), "1999-11-04T08:05:00Z");
  EXPECT_EQ(read("2010-11-24T18:05:09+01:00"), "2010-11-24T18:05:09+01:00");
}

TEST(SourceDate, DaysThatDoNotExistAreNoDates) {
  EXPECT_EQ(read("Wed, 31 Feb 2010 18:05:09 +0000"), "none");
  EXPECT_EQ(read("yesterday"), "none");
  EXPECT_EQ(read(""), "none");
}

TEST(SourceDate, WordpressSaysItTwiceAndTheDifferenceIsTheOffset) {
  const auto date = parse_wordpress_date("2010-05-14 20:00:00", "2010-05-14 18:00:00");
  ASSERT_TRUE(date);
  EXPECT_EQ(format_rfc3339(*date), "2010-05-14T20:00:00+02:00");
  EXPECT_FALSE(parse_wordpress_date("0000-00-00 00:00:00", "0000-00-00 00:00:00"));
  EXPECT_EQ(format_rfc3339(*parse_wordpress_date("2010-05-14 20:00:00", "0000-00-00 00:00:00")), "2010-05-14T20:00:00Z");
}

}  // namespace
}  // namespace octavo
