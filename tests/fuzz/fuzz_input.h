// What a fuzz target gets: a text, and options taken from its last bytes so that any text file is a seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace octavo {

class FuzzInput {
 public:
  FuzzInput(const std::uint8_t* data, std::size_t size) : text_(reinterpret_cast<const char*>(data), size) {}

  // Takes one byte off the end: a number below `count`. 0 when nothing is left.
  std::uint32_t option(std::uint32_t count) {
    if (text_.empty()) return 0;
    const auto byte = static_cast<unsigned char>(text_.back());
    text_.remove_suffix(1);
    return byte % count;
  }
  bool flag() { return option(2) == 1; }
  // Whether this input is to show how work grows (operations.h). That costs as much as thirty other inputs, so one in 32 does,
  // and all do where OCTAVO_FUZZ_GROWTH is set.
  bool shows_growth() {
    constexpr std::uint32_t kOneIn = 32;
    return option(kOneIn) == kOneIn - 1 || std::getenv("OCTAVO_FUZZ_GROWTH") != nullptr;
  }

  // What is left.
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

}  // namespace octavo

// Called by libFuzzer, and by replay_main.cpp where there is none.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
