// The error with the lowest index among those of several threads: the same in every run.
#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <utility>

#include "core/base/result.h"

namespace octavo {

class FirstError {
 public:
  void add(std::size_t index, Error error) {
    const std::lock_guard lock(mutex_);
    if (error_ && index_ <= index) return;
    index_ = index;
    error_ = std::move(error);
  }

  Status status() const {
    if (error_) return *error_;
    return Unit{};
  }

 private:
  std::mutex mutex_;
  std::size_t index_ = 0;
  std::optional<Error> error_;
};

}  // namespace octavo
