// Progress of long work on stderr: one line rewritten on a terminal, a line every ten percent elsewhere.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>

namespace octavo {

class Progress {
 public:
  enum class Mode : std::uint8_t { Quiet, Shown };
  explicit Progress(Mode mode);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Begins a stage of `total` steps. Nothing is printed before a stage has lasted long enough to make a person wonder.
  void begin(std::string stage, std::size_t total);
  void step();  // from any thread

 private:
  void print(std::size_t percent);
  void clear_line();

  Mode mode_;
  bool is_terminal_;
  std::mutex mutex_;
  std::string stage_;
  std::size_t total_ = 0;
  std::size_t done_ = 0;
  std::size_t printed_percent_ = 0;
  bool has_line_ = false;
  std::chrono::steady_clock::time_point began_;
};

}  // namespace octavo
