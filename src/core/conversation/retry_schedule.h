// When a server that was down is asked again: after a while that doubles with each failure.
#pragma once

#include <algorithm>
#include <cstdint>

namespace octavo {

class RetrySchedule {
 public:
  // Unix seconds; 0 = nothing is to be asked again.
  std::int64_t at() const { return at_; }
  // A clock that was set back ends the wait.
  bool is_due(std::int64_t now) const { return at_ > 0 && (now >= at_ || at_ - now > kLongestS); }

  // Nothing changes while an earlier failure waits for its turn.
  void failed(std::int64_t now) {
    if (at_ == 0) at_ = now + std::min(kLongestS, kFirstS << std::min(failures_++, kMostDoublings));
  }
  void asked() { at_ = 0; }
  void succeeded() { *this = {}; }

 private:
  static constexpr std::int64_t kFirstS = 15;
  static constexpr std::int64_t kLongestS = 600;
  static constexpr std::uint32_t kMostDoublings = 10;

  std::int64_t at_ = 0;
  std::uint32_t failures_ = 0;  // in a row
};

}  // namespace octavo
