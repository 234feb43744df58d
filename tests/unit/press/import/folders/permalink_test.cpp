// Address patterns of Hugo and Jekyll.
#include "press/import/folders/permalink.h"

#include <gtest/gtest.h>

namespace octavo {
namespace {

std::string expand(std::string_view pattern) {
  PermalinkParts parts;
  parts.date = *parse_date_time("2024-03-07T23:05:09+01:00");
  parts.title = "a-title";
  parts.slug = "a-slug";
  parts.name = "a-name";
  parts.sections = {"Big News", "local"};
  parts.output_extension = ".html";
  return expand_permalink(pattern, parts).value_or("none");
}

TEST(Permalink, ExpandsTheTokensOfHugo) {
  EXPECT_EQ(expand("/:year/:month/:day/:title/"), "/2024/03/07/a-title/");
  EXPECT_EQ(expand("/:monthname/:weekday/:weekdayname/:yearday"), "/march/4/thursday/67");
  EXPECT_EQ(expand("/:section/:sections/:sectionslug/:sectionslugs/"), "/Big News/Big News/local/big-news/big-news/local/");
  EXPECT_EQ(expand("/:slug-:filename/:contentbasename/:slugorcontentbasename"), "/a-slug-a-name/a-name/a-slug");
}

TEST(Permalink, ExpandsTheTokensAndStylesOfJekyll) {
  EXPECT_EQ(expand(jekyll_permalink_pattern("")), "/big-news/local/2024/03/07/a-title.html");
  EXPECT_EQ(expand(jekyll_permalink_pattern("pretty")), "/big-news/local/2024/03/07/a-title/");
  EXPECT_EQ(expand(jekyll_permalink_pattern("ordinal")), "/big-news/local/2024/067/a-title.html");
  EXPECT_EQ(expand(jekyll_permalink_pattern("none")), "/big-news/local/a-title.html");
  EXPECT_EQ(expand("/:short_year/:i_month/:i_day/:y_day/:hour:minute:second"), "/24/3/7/067/230509");
}

TEST(Permalink, EmptyPartsLeaveNoDoubleSlash) {
  PermalinkParts parts;
  parts.title = "t";
  EXPECT_EQ(expand_permalink("/:categories/:title/", parts), "/t/");
}

TEST(Permalink, UnknownTokensAndMissingDatesGiveNothing) {
  EXPECT_EQ(expand("/:nonsense/"), "none");
  PermalinkParts parts;
  EXPECT_FALSE(expand_permalink("/:year/", parts));
}

}  // namespace
}  // namespace octavo
