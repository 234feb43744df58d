// Places of messages about large texts.
#include "press/prepare/text_locator.h"

#include <gtest/gtest.h>

#include <string>

namespace octavo {
namespace {

std::string text_of(const std::optional<TextPosition>& place) {
  return place ? std::to_string(place->line) + ":" + std::to_string(place->column) : "none";
}

TEST(TextLocator, GoesOnAfterTheLastPlaceAndThenBeginsAnew) {
  TextLocator locator("[a](x.md)\r\n\u00E4 [b](y.md) [c](x.md)\n");
  EXPECT_EQ(text_of(locator.find("x.md")), "1:5");
  EXPECT_EQ(text_of(locator.find("y.md")), "2:7");
  EXPECT_EQ(text_of(locator.find("x.md")), "2:17");
  EXPECT_EQ(text_of(locator.find("x.md")), "1:5");
  EXPECT_EQ(text_of(locator.find("z.md")), "none");
  EXPECT_EQ(text_of(locator.find("")), "none");
}

// Steps, because clocks are no judges.
TEST(TextLocator, ReadsATextOnceForAllThatIsInItsOrder) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "[a](" + std::to_string(i) + ".md)\n";
  TextLocator locator(text);
  for (int i = 0; i < 20'000; ++i) {
    ASSERT_EQ(text_of(locator.find("(" + std::to_string(i) + ".md")), std::to_string(i + 1) + ":4");
  }
  EXPECT_LE(locator.bytes_read(), 2 * text.size());
}

TEST(TextLocator, GivesUpWhenNothingIsFound) {
  const std::string text(10'000, 'a');
  TextLocator locator(text);
  for (int i = 0; i < 20'000; ++i) EXPECT_EQ(text_of(locator.find("%61" + std::to_string(i))), "none");
  EXPECT_LE(locator.bytes_read(), (TextLocator::kMaxPasses + 2) * text.size());
}

}  // namespace
}  // namespace octavo
