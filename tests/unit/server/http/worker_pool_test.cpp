// Bounds and fairness of a pool, with jobs that wait until the test lets them go.
#include "server/http/worker_pool.h"

#include <gmock/gmock.h>

#include <future>

namespace octavo {
namespace {

using testing::ElementsAre;

// Jobs that occupy their threads until open() is called.
class Gate {
 public:
  WorkerPool::Job job() {
    return [this] {
      std::unique_lock lock(mutex_);
      ++waiting_;
      changed_.notify_all();
      changed_.wait(lock, [this] { return is_open_; });
    };
  }
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }
  void await(int jobs) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ == jobs; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool is_open_ = false;
};

TEST(WorkerPool, OneNetworkLeavesThreadsToOthers) {
  Gate gate;
  WorkerPool pool({.threads = 2, .running_per_network = 1});
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(pool.try_post("greedy", gate.job()));
  gate.await(1);
  std::promise<void> done;
  EXPECT_TRUE(pool.try_post("modest", [&] { done.set_value(); }));
  done.get_future().wait();  // although all jobs of the other network still wait
  gate.open();
}

TEST(WorkerPool, NetworksTakeTurns) {
  Gate gate;
  WorkerPool pool({.threads = 1, .running_per_network = 1});
  EXPECT_TRUE(pool.try_post("first", gate.job()));
  gate.await(1);
  std::vector<std::string> order;
  std::promise<void> done;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(pool.try_post("a", [&] { order.push_back("a"); }));
  EXPECT_TRUE(pool.try_post("b", [&] { order.push_back("b"); }));
  EXPECT_TRUE(pool.try_post("a", [&] { done.set_value(); }));
  gate.open();
  done.get_future().wait();
  EXPECT_THAT(order, ElementsAre("a", "b", "a", "a"));
}

TEST(WorkerPool, QueuesAreBounded) {
  Gate gate;
  WorkerPool pool({.threads = 1, .running_per_network = 1, .waiting = 3, .waiting_per_network = 2});
  EXPECT_TRUE(pool.try_post("a", gate.job()));
  gate.await(1);
  EXPECT_TRUE(pool.try_post("a", [] {}));
  EXPECT_TRUE(pool.try_post("a", [] {}));
  EXPECT_FALSE(pool.try_post("a", [] {}));
  EXPECT_TRUE(pool.try_post("b", [] {}));
  EXPECT_FALSE(pool.try_post("c", [] {}));
  gate.open();
}

}  // namespace
}  // namespace octavo
