// Threads that take jobs in turns.
#include "server/http/worker_pool.h"

#include <algorithm>
#include <utility>

namespace octavo {

WorkerPool::WorkerPool(const WorkerPoolOptions& options) : options_(options) {
  for (std::size_t i = 0; i < options.threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::try_post(const std::string& network, Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_ >= options_.waiting) return false;
    const auto lane = lanes_.try_emplace(network).first;
    if (lane->second.waiting.size() >= options_.waiting_per_network) return false;
    if (lane->second.waiting.empty()) turns_.push_back(lane);
    lane->second.waiting.push_back(std::move(job));
    ++waiting_;
  }
  changed_.notify_one();
  return true;
}

// The first lane whose network may have one more job running.
WorkerPool::Lanes::iterator WorkerPool::next_lane() {
  const auto found = std::find_if(turns_.begin(), turns_.end(), [this](const Lanes::iterator& lane) {
    return lane->second.running < options_.running_per_network;
  });
  if (found == turns_.end()) return lanes_.end();
  const Lanes::iterator lane = *found;
  turns_.erase(found);
  return lane;
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    Lanes::iterator lane = lanes_.end();
    changed_.wait(lock, [&] { return is_stopped_ || (lane = next_lane()) != lanes_.end(); });
    if (is_stopped_) return;
    Job job = std::move(lane->second.waiting.front());
    lane->second.waiting.pop_front();
    --waiting_;
    ++lane->second.running;
    if (!lane->second.waiting.empty()) turns_.push_back(lane);
    lock.unlock();
    job();
    job = nullptr;
    lock.lock();
    --lane->second.running;
    if (lane->second.running == 0 && lane->second.waiting.empty()) lanes_.erase(lane);
  }
}

}  // namespace octavo
