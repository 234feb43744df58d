// Listening by the system's calls.
#include "server/http/listener.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace octavo {

namespace {

// Connections that wait to be taken; the kernel holds them while a server starts again.
constexpr int kBacklog = 1024;

// Without SO_REUSEPORT, with which two servers would share a port unnoticed.
int listen_at(const addrinfo& at) {
  const int socket_number = socket(at.ai_family, at.ai_socktype | SOCK_CLOEXEC, at.ai_protocol);
  if (socket_number < 0) return -1;
  const int yes = 1;
  setsockopt(socket_number, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(socket_number, at.ai_addr, at.ai_addrlen) == 0 && listen(socket_number, kBacklog) == 0) return socket_number;
  close(socket_number);
  return -1;
}

int port_of(int socket_number) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  if (getsockname(socket_number, reinterpret_cast<sockaddr*>(&address), &length) != 0) return 0;
  return address.ss_family == AF_INET6 ? ntohs(reinterpret_cast<sockaddr_in6*>(&address)->sin6_port)
                                       : ntohs(reinterpret_cast<sockaddr_in*>(&address)->sin_port);
}

}  // namespace

Result<Listener> Listener::open(const std::string& address, int port) {
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  int socket_number = -1;
  bool is_ipv6 = false;
  if (getaddrinfo(address.c_str(), std::to_string(port).c_str(), &wanted, &found) == 0) {
    for (const addrinfo* each = found; each != nullptr && socket_number < 0; each = each->ai_next) {
      socket_number = listen_at(*each);
      is_ipv6 = each->ai_family == AF_INET6;
    }
    freeaddrinfo(found);
  }
  if (socket_number < 0) {
    return Error{
        ErrorCode::Unreadable,
        "Port " + std::to_string(port) +
            " cannot be used: another program has it, or it is reserved. Choose another with --port, or --port 0 for any.",
        ""};
  }
  Listener listener(socket_number);
  listener.port_ = port_of(socket_number);
  listener.is_ipv6_ = is_ipv6;
  return listener;
}

Listener::Listener(Listener&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), port_(other.port_), is_ipv6_(other.is_ipv6_) {}

Listener::~Listener() {
  if (socket_ >= 0) close(socket_);
}

int Listener::duplicate() const {
  return fcntl(socket_, F_DUPFD_CLOEXEC, 0);
}

}  // namespace octavo
