// Keeps a server running: the work is done by a child process, which is started again when it crashes.
#pragma once

#include <atomic>
#include <functional>

namespace octavo {

// Forks, lets the child call `run`, and returns its result. A child that a signal has ended is replaced, at once the first
// time and after at most 200 ms when it happens again and again. SIGINT and SIGTERM are passed on to the child; it must end
// then. Precondition: both are blocked, and this process has one thread.
int supervise(const std::function<int()>& run);

// Something that the first of several processes to reach it does, once. Created before supervise().
class ProcessOnce {
 public:
  ProcessOnce();
  ProcessOnce(const ProcessOnce&) = delete;
  ProcessOnce& operator=(const ProcessOnce&) = delete;
  ~ProcessOnce();

  bool is_first();  // true for one caller

 private:
  std::atomic<bool>* is_done_ = nullptr;  // in memory that children share; null when there is none, and each process is first
};

}  // namespace octavo
