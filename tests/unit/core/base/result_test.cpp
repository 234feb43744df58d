// Values and errors, and the two macros that hand errors on.
#include "core/base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace octavo {
namespace {

struct Refusal {
  explicit Refusal(int why) : number(why) {}
  Refusal(const Error& error) : number(-1), text(error.message) {}
  int number;
  std::string text;
};

Result<std::unique_ptr<int>> make(bool is_ok) {
  if (!is_ok) return Error{ErrorCode::NotFound, "none", "here"};
  return std::make_unique<int>(7);
}

Result<int, Refusal> refuse(int number) {
  if (number > 5) return Refusal(number);
  return number;
}

Result<int, Refusal> sum(bool is_ok, int number, int& steps) {
  OCTAVO_TRY(const std::unique_ptr<int> first, make(is_ok));  // moved, not copied
  ++steps;
  int second = 0;
  OCTAVO_TRY(second, refuse(number));
  ++steps;
  if (number > 0) OCTAVO_CHECK(refuse(number - 1));
  OCTAVO_CHECK([&]() -> Result<int, Refusal> {
    OCTAVO_TRY(const int again, refuse(number));
    return again;
  }());
  return *first + second;
}

TEST(Result, TheValueGoesOn) {
  int steps = 0;
  const auto result = sum(true, 5, steps);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(*result, 12);
  EXPECT_EQ(steps, 2);
}

TEST(Result, AnErrorEndsTheFunctionAndBecomesItsOwnKind) {
  int steps = 0;
  const auto from_below = sum(false, 5, steps);
  ASSERT_FALSE(from_below.ok());
  EXPECT_EQ(from_below.error().text, "none");
  EXPECT_EQ(steps, 0);
  const auto own = sum(true, 6, steps);
  ASSERT_FALSE(own.ok());
  EXPECT_EQ(own.error().number, 6);
  EXPECT_EQ(steps, 1);
}

}  // namespace
}  // namespace octavo
