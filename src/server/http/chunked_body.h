// The body of a request that is sent in chunks (RFC 9112, section 7.1), put together as it arrives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace octavo {

class ChunkedBody {
 public:
  enum class State : std::uint8_t {
    Incomplete,
    Complete,
    TooLarge,   // more than `most` bytes
    Malformed,  // where the body ends cannot be known for sure
  };

  // `most` bounds the body. Extensions of chunks and trailers are read over and have a bound of their own.
  explicit ChunkedBody(std::size_t most = 0) : most_(most) {}

  // Takes what belongs to the body from the beginning of `bytes` and says how many bytes that were. What follows a body that is
  // complete belongs to the next request.
  std::size_t take(std::string_view bytes);

  State state() const { return state_; }
  std::string& text() { return text_; }  // what has come so far

 private:
  enum class Part : std::uint8_t { Size, Data, DataEnd, Trailer };

  std::size_t take_data(std::string_view bytes);
  std::size_t take_line(std::string_view bytes);
  void end_line();
  void begin_chunk();

  std::size_t most_;
  State state_ = State::Incomplete;
  Part part_ = Part::Size;
  std::string line_;          // of a size or a trailer, so far
  std::size_t wanted_ = 0;    // Data: bytes that the chunk still has
  std::size_t overhead_ = 0;  // bytes of extensions and trailers in all
  std::string text_;
};

}  // namespace octavo
