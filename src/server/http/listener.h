// A socket that takes connections, apart from the server that answers them. It may outlive one
// server and be given to the next.
#pragma once

#include <string>

#include "core/base/result.h"

namespace octavo {

class Listener {
 public:
  // Port 0 = any free one. A port that is taken, or an address that is not this machine's, is an error.
  static Result<Listener> open(const std::string& address, int port);

  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&&) = delete;
  ~Listener();

  int port() const { return port_; }
  bool is_ipv6() const { return is_ipv6_; }
  // The same socket under another descriptor, which the caller closes; -1 when there is none left.
  int duplicate() const;

 private:
  explicit Listener(int socket) : socket_(socket) {}
  int socket_ = -1;
  int port_ = 0;
  bool is_ipv6_ = false;
};

}  // namespace octavo
