// A bound on the memory that several threads use at once: a thread that would exceed it waits.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace octavo {

class MemoryBudget {
 public:
  explicit MemoryBudget(std::uint64_t bytes) : limit_(bytes) {}

  // A reservation larger than the whole budget waits until it is alone.
  class Reservation {
   public:
    Reservation(MemoryBudget& budget, std::uint64_t bytes) : budget_(budget), bytes_(bytes) {
      std::unique_lock lock(budget_.mutex_);
      budget_.freed_.wait(lock, [&] { return budget_.used_ == 0 || budget_.used_ + bytes_ <= budget_.limit_; });
      budget_.used_ += bytes_;
    }
    Reservation(const Reservation&) = delete;
    Reservation& operator=(const Reservation&) = delete;
    ~Reservation() {
      {
        const std::lock_guard lock(budget_.mutex_);
        budget_.used_ -= bytes_;
      }
      budget_.freed_.notify_all();
    }

   private:
    MemoryBudget& budget_;
    std::uint64_t bytes_;
  };

 private:
  std::mutex mutex_;
  std::condition_variable freed_;
  std::uint64_t limit_;
  std::uint64_t used_ = 0;
};

}  // namespace octavo
