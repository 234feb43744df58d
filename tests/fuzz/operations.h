// How the work of some code grows with its input: counted by clang's profile counters, so that no clock and no load matters.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/assert.h"

// One counter for each region of the code, in the order of the linker; only builds with -fprofile-instr-generate have them.
extern "C" {
[[gnu::weak]] std::uint64_t* __llvm_profile_begin_counters();
[[gnu::weak]] std::uint64_t* __llvm_profile_end_counters();
}

namespace octavo {

// Below this size fixed costs, and what two neighbors mean to each other, weigh more than growth.
inline constexpr std::size_t kLeastGrowthBytes = 2048;
// What is linear costs twice as much, what is quadratic four times.
inline constexpr double kMostGrowth = 2.5;
// Where no limit has been reached by then, none is assumed.
inline constexpr std::size_t kMostGrowthBytes = 65'536;

inline bool counts_operations() {
  return __llvm_profile_begin_counters != nullptr;
}

// How many regions of code have been executed since the program began.
inline std::uint64_t count_operations() {
  std::uint64_t sum = 0;
  const std::uint64_t* const end = __llvm_profile_end_counters();
  for (const std::uint64_t* counter = __llvm_profile_begin_counters(); counter != end; ++counter) sum += *counter;
  return sum;
}

// Repeats `text` to a size at which growth shows, and asserts that twice as much costs `work` at most 2.5 times the operations.
// What a limit ends (depths, numbers of spans) may grow faster below that limit, so larger sizes decide where small ones do not.
// The repeated text is set between `before` and `after`.
template <typename Work>
void check_growth(std::string_view text, Work&& work, std::string_view before = {}, std::string_view after = {}) {
  if (!counts_operations() || text.empty() || text.size() > 2 * kLeastGrowthBytes) return;
  const auto operations = [&](const std::string& middle) {
    const std::string whole = std::string(before) + middle + std::string(after);
    const std::uint64_t begin = count_operations();
    work(whole);
    return count_operations() - begin;
  };
  std::string repeated;
  while (repeated.size() < kLeastGrowthBytes) repeated += text;
  std::uint64_t of_half = operations(repeated);
  while (true) {
    repeated += repeated;
    const std::uint64_t of_all = operations(repeated);
    if (static_cast<double>(of_all) <= kMostGrowth * static_cast<double>(of_half)) return;
    std::fprintf(stderr, "%zu bytes cost %llu operations, half as many cost %llu\n", repeated.size(),
                 static_cast<unsigned long long>(of_all), static_cast<unsigned long long>(of_half));
    OCTAVO_ASSERT(repeated.size() < kMostGrowthBytes);
    of_half = of_all;
  }
}

}  // namespace octavo
