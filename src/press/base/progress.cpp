// Progress of long work on stderr.
#include "press/base/progress.h"

#include <unistd.h>

#include <cstdio>
#include <utility>

namespace octavo {

namespace {

constexpr auto kPatience = std::chrono::milliseconds(700);
constexpr std::size_t kPercentPerLine = 10;

}  // namespace

Progress::Progress(Mode mode) : mode_(mode), is_terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  clear_line();
}

void Progress::begin(std::string stage, std::size_t total) {
  const std::lock_guard lock(mutex_);
  clear_line();
  stage_ = std::move(stage);
  total_ = total;
  done_ = 0;
  printed_percent_ = 0;
  began_ = std::chrono::steady_clock::now();
}

void Progress::step() {
  if (mode_ == Mode::Quiet) return;
  const std::lock_guard lock(mutex_);
  ++done_;
  if (total_ == 0 || std::chrono::steady_clock::now() - began_ < kPatience) return;
  const std::size_t percent = done_ * 100 / total_;
  const std::size_t next = is_terminal_ ? printed_percent_ + 1 : printed_percent_ + kPercentPerLine;
  if (percent >= next) print(percent);
}

void Progress::print(std::size_t percent) {
  if (is_terminal_) {
    std::fprintf(stderr, "\r\x1B[K%s %zu %%", stage_.c_str(), percent);
    std::fflush(stderr);
    has_line_ = true;
    printed_percent_ = percent;
  } else {
    printed_percent_ = percent / kPercentPerLine * kPercentPerLine;
    std::fprintf(stderr, "%s %zu %%\n", stage_.c_str(), printed_percent_);
  }
}

void Progress::clear_line() {
  if (!has_line_) return;
  std::fputs("\r\x1B[K", stderr);
  std::fflush(stderr);
  has_line_ = false;
}

}  // namespace octavo
