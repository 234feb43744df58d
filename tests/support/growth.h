// How the processor time of some work grows with its size: detects quadratic work on any machine, however busy it is.
#pragma once

#include <algorithm>
#include <cstddef>
#include <ctime>

namespace octavo {

inline constexpr std::size_t kGrowthFactor = 8;
// Linear work takes eight times as long, quadratic work 64 times.
inline constexpr double kMostGrowth = 24;

// Calls `work(size)` and `work(8 * size)`; returns how many times as long the second takes.
template <typename Work>
double growth(Work&& work, std::size_t size) {
  const auto clocks = [&](std::size_t of_size) {
    const std::clock_t begin = std::clock();
    work(of_size);
    return std::max<std::clock_t>(std::clock() - begin, CLOCKS_PER_SEC / 1000);
  };
  // The best of several: the first one also fills caches and the heap.
  const std::clock_t small = std::min({clocks(size), clocks(size), clocks(size)});
  return static_cast<double>(clocks(kGrowthFactor * size)) / static_cast<double>(small);
}

}  // namespace octavo
