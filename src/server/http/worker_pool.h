// A bounded number of threads with a bounded queue, shared fairly between networks: one that asks too much waits for itself.
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

  // From any thread. False when too much waits already; the job is not done then. Networks take turns.
  bool try_post(const std::string& network, Job job);

 private:
  struct Lane {
    std::deque<Job> waiting;
    std::size_t running = 0;
  };
  using Lanes = std::map<std::string, Lane>;

  void work();
  Lanes::iterator next_lane();

  const WorkerPoolOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Lanes lanes_;
  std::deque<Lanes::iterator> turns_;  // lanes with waiting jobs, the next one first
  std::size_t waiting_ = 0;
  bool is_stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace octavo
