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
    const auto queue = queues_.try_emplace(network).first;
    if (queue->second.waiting.size() >= options_.waiting_per_network) return false;
    if (queue->second.waiting.empty()) turns_.push_back(queue);
    queue->second.waiting.push_back(std::move(job));
    ++waiting_;
  }
  changed_.notify_one();
  return true;
}

// The first queue whose network may have one more job running.
WorkerPool::Queues::iterator WorkerPool::next_queue() {
  const auto found = std::find_if(turns_.begin(), turns_.end(), [this](const Queues::iterator& queue) {
    return queue->second.running < options_.running_per_network;
  });
  if (found == turns_.end()) return queues_.end();
  const Queues::iterator queue = *found;
  turns_.erase(found);
  return queue;
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    Queues::iterator queue = queues_.end();
    changed_.wait(lock, [&] { return is_stopped_ || (queue = next_queue()) != queues_.end(); });
    if (is_stopped_) return;
    Job job = std::move(queue->second.waiting.front());
    queue->second.waiting.pop_front();
    --waiting_;
    ++queue->second.running;
    if (!queue->second.waiting.empty()) turns_.push_back(queue);
    lock.unlock();
    job();
    job = nullptr;
    lock.lock();
    --queue->second.running;
    if (queue->second.running == 0 && queue->second.waiting.empty()) queues_.erase(queue);
  }
}

}  // namespace octavo
