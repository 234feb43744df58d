// A bounded number of threads with a bounded queue, shared fairly between networks. A network that asks too much
// waits for its own requests.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace octavo {

struct WorkerPoolOptions {
  std::size_t threads = 8;
  std::size_t running_per_network = 4;  // the other threads are left to other networks
  std::size_t waiting = 256;
  std::size_t waiting_per_network = 128;
};

class WorkerPool {
 public:
  using Job = std::function<void()>;  // lets no exception out

  explicit WorkerPool(const WorkerPoolOptions& options);
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  ~WorkerPool();  // waits for running jobs and drops waiting ones

  // From any thread. False when too much waits already. The job is not done then. Networks take turns.
  bool try_post(const std::string& network, Job job);

 private:
  struct NetworkQueue {
    std::deque<Job> waiting;
    std::size_t running = 0;
  };
  using Queues = std::map<std::string, NetworkQueue>;

  void work();
  Queues::iterator next_queue();

  const WorkerPoolOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Queues queues_;
  std::deque<Queues::iterator> turns_;  // queues with waiting jobs, the next one first
  std::size_t waiting_ = 0;
  bool is_stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace octavo
