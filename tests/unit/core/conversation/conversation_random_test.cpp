// Tabs, a service worker, their store and the network between them and an engine, with faults and crashes wherever there can be
// one: whatever was saved once is in the engine or still on the device at the end, nothing is in the engine twice or out of
// order, and nothing is sent that was deleted.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "support/model_browser.h"

namespace octavo {
namespace {

constexpr unsigned kSchedules = 100;

// OCTAVO_SCHEDULES=10000 for a long run, OCTAVO_SEED for one schedule.
unsigned number_from(const char* variable, unsigned otherwise) {
  const char* value = std::getenv(variable);
  return value == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(value, nullptr, 10));
}

class ConversationRandom : public testing::TestWithParam<CommentEngine> {};

TEST_P(ConversationRandom, NothingIsLostAndNothingComesTwice) {
  const unsigned first = number_from("OCTAVO_SEED", 1);
  const unsigned count = number_from("OCTAVO_SCHEDULES", std::getenv("OCTAVO_SEED") != nullptr ? 1 : kSchedules);
  int arrived = 0;
  std::map<std::string, int> happened;
  for (unsigned seed = first; seed < first + count && !HasFailure(); ++seed) {
    SCOPED_TRACE("OCTAVO_SEED=" + std::to_string(seed));
    ModelBrowser browser(GetParam(), seed);
    browser.run();
    browser.expect_nothing_lost_or_doubled();
    arrived += browser.arrived();
    for (const auto& [what, times] : browser.happened()) happened[what] += times;
  }
  std::printf("seeds %u to %u: %d texts arrived", first, first + count - 1, arrived);
  for (const auto& [what, times] : happened) std::printf(", %s %d", what.c_str(), times);
  std::printf("\n");
  if (count < kSchedules || HasFailure()) return;
  EXPECT_GT(arrived, static_cast<int>(count));
  for (const char* what : {"answer doubled", "answer lost", "clock jump", "crash", "crash at work",
                           "crash before the store answers", "draft conflict", "draft not saved", "no network", "other page",
                           "record discarded", "record edited", "request lost", "server restart", "worker"}) {
    EXPECT_GE(happened[what], static_cast<int>(count) / 20) << what;
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, ConversationRandom,
                         testing::Values(CommentEngine::Octavo, CommentEngine::WordPress, CommentEngine::Isso),
                         [](const auto& each) {
                           return std::string(each.param == CommentEngine::Octavo      ? "ByKey"
                                              : each.param == CommentEngine::WordPress ? "ByDuplicate"
                                                                                       : "ByList");
                         });

}  // namespace
}  // namespace octavo
