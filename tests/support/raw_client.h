// A client that sends exactly the bytes of a test, over a socket on the loopback address.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include "support/bounds.h"

namespace octavo {

class RawClient {
 public:
  explicit RawClient(int port, const char* from = "127.0.0.1") : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    inet_pton(AF_INET, from, &address.sin_addr);
    EXPECT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    EXPECT_EQ(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    const timeval patience{kLongestWait.count(), 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  RawClient(RawClient&& other) noexcept : socket_(std::exchange(other.socket_, -1)), rest_(std::move(other.rest_)) {}
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient() {
    if (socket_ >= 0) close(socket_);
  }

  // False when the server has closed the connection.
  bool send(std::string_view bytes) const {
    return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
  }
  void end_sending() const { shutdown(socket_, SHUT_WR); }
  void reset() const {
    const linger at_once{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }

  // True when the server has closed the connection in the middle of what it sends: nothing is read for that.
  bool has_ended() const {
    pollfd state{socket_, POLLRDHUP, 0};
    return poll(&state, 1, 100) > 0 && (state.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
  }

  // Everything until the server closes the connection.
  std::string read_to_end() {
    while (read_more()) {
    }
    return std::exchange(rest_, {});
  }

  // Reads until `mark` was seen; what comes after it is kept. Empty when the connection ends before.
  std::string read_until(std::string_view mark) {
    std::size_t at = 0;
    while ((at = rest_.find(mark)) == std::string::npos) {
      if (!read_more()) return {};
    }
    return take(at + mark.size());
  }

  // One answer, by its Content-Length: head and body.
  std::string read_response() {
    std::string response = read_until("\r\n\r\n");
    constexpr std::string_view kLength = "\r\nContent-Length: ";
    const std::size_t at = response.find(kLength);
    std::size_t length = 0;
    if (at != std::string::npos) {
      const char* digits = response.data() + at + kLength.size();
      std::from_chars(digits, response.data() + response.size(), length);
    }
    while (rest_.size() < length) {
      if (!read_more()) return {};
    }
    return response + take(length);
  }

 private:
  bool read_more() {
    char chunk[16384];
    const ssize_t count = recv(socket_, chunk, sizeof chunk, 0);
    EXPECT_FALSE(count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) << "the server neither answers nor closes";
    if (count <= 0) return false;
    rest_.append(chunk, static_cast<std::size_t>(count));
    return true;
  }
  std::string take(std::size_t length) {
    std::string taken = rest_.substr(0, length);
    rest_.erase(0, length);
    return taken;
  }

  int socket_;
  std::string rest_;
};

}  // namespace octavo
