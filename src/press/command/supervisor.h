// Keeps a server running: the work is done by a child process, which is started again when it crashes.
#pragma once

#include <atomic>
#include <functional>

namespace octavo {

// Forks, lets the child do `run`, and returns what it returned. A child that a signal has ended is replaced, at once the first
// time and after at most 400 ms when it happens again and again. SIGINT and SIGTERM are passed on to the child; it must end
// then. Precondition: both are blocked, and this process has one thread.
int supervise(const std::function<int()>& run);

// Something that is done once, whichever of the processes gets to it first. Made before supervise().
class OnceInAllProcesses {
 public:
  OnceInAllProcesses();
  OnceInAllProcesses(const OnceInAllProcesses&) = delete;
  OnceInAllProcesses& operator=(const OnceInAllProcesses&) = delete;
  ~OnceInAllProcesses();

  bool is_first();  // true for one caller

 private:
  std::atomic<bool>* is_done_ = nullptr;  // in memory that children share; null when there is none, and each process is first
};

}  // namespace octavo
