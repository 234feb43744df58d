// The same work on many independent items, spread over the processor's cores.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace octavo {

// Calls work(worker_state, index) once for each index below `count`; make_state() is called once per thread, for what cannot be
// shared. Each result has its own place, so that their order never depends on the threads.
template <typename MakeState, typename Work>
void for_each_in_parallel(std::size_t count, const MakeState& make_state, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    auto state = make_state();
    for (std::size_t i = next++; i < count; i = next++) work(state, i);
  };
  const std::size_t threads =
      std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()), std::max<std::size_t>(count, 1));
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < threads; ++i) others.emplace_back(run);
  run();
  for (std::thread& other : others) other.join();
}

}  // namespace octavo
