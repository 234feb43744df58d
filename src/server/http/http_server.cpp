// Taking connections, and the one thread that all of them share.
#include "server/http/http_server.h"

#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <cstdio>
#include <optional>

#include "server/http/http_connection.h"

namespace octavo {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kSweep{250};  // how late a deadline may be noticed
constexpr std::chrono::milliseconds kPause{100};  // after an error of accept(), which may be out of descriptors
constexpr std::size_t kOtherDescriptors = 256;    // databases, files, libraries

// Descriptors are what ends first: usually 1,024 are allowed and many more are to be had.
std::size_t affordable_connections(std::size_t wanted) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  const rlim_t needed = wanted + kOtherDescriptors;
  if (limit.rlim_cur < needed) {
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, needed);
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
  }
  return limit.rlim_cur >= needed ? wanted : std::max<std::size_t>(limit.rlim_cur / 2, 1);
}

}  // namespace

struct HttpServer::Core {
  Core(HttpService& service, HttpServerOptions options) : acceptor(shared.io), sweeper(shared.io), pause(shared.io) {
    shared.service = &service;
    shared.options = std::move(options);
    shared.options.limits.connections = affordable_connections(shared.options.limits.connections);
  }

  void accept();
  void take(TcpSocket socket);
  // Closes who has waited longest for a request, of `network` or of all when it is null; false when nobody waits.
  bool close_longest_waiting(const HttpConnection& newcomer, const std::string* network);
  void sweep();
  void stop();

  HttpShared shared;
  asio::basic_socket_acceptor<asio::ip::tcp, Executor> acceptor;
  asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor> sweeper;
  asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor> pause;
  std::optional<asio::executor_work_guard<Executor>> work;  // while the server has not stopped
  Clock::time_point drained_by;
};

void HttpServer::Core::accept() {
  acceptor.async_accept([this](error_code error, TcpSocket accepted) {
    if (shared.is_stopping) return;
    if (!error) {
      accept();
      return take(std::move(accepted));
    }
    pause.expires_after(kPause);
    pause.async_wait([this](error_code) {
      if (!shared.is_stopping) accept();
    });
  });
}

void HttpServer::Core::take(TcpSocket socket) {
  error_code error;
  const auto peer = socket.remote_endpoint(error);
  if (error) return;  // it is gone already
  socket.set_option(asio::ip::tcp::no_delay(true), error);
  const std::string address = peer.address().to_string();
  const auto connection = std::make_shared<HttpConnection>(std::move(socket), shared, address);
  const HttpServerLimits& limits = shared.options.limits;
  const std::string& network = connection->network();
  const bool is_over_share =
      shared.networks[network] > limits.connections_per_network && shared.service->is_limited_peer(address);
  const bool has_place = is_over_share                                    ? close_longest_waiting(*connection, &network)
                         : shared.connections.size() > limits.connections ? close_longest_waiting(*connection, nullptr)
                                                                          : true;
  if (has_place) connection->start();
}

bool HttpServer::Core::close_longest_waiting(const HttpConnection& newcomer, const std::string* network) {
  HttpConnection* longest = nullptr;
  for (HttpConnection* each : shared.connections) {
    if (each == &newcomer || !each->is_waiting() || (network != nullptr && each->network() != *network)) continue;
    if (longest == nullptr || each->since() < longest->since()) longest = each;
  }
  if (longest == nullptr) return false;
  longest->close();
  return true;
}

// Deadlines are checked together: a timer for each phase of each connection would cost more than they do.
void HttpServer::Core::sweep() {
  if (!shared.is_stopping || !shared.connections.empty()) {
    sweeper.expires_after(kSweep);
    sweeper.async_wait([this](error_code) { sweep(); });
  } else {
    work.reset();
  }
  const Clock::time_point now = Clock::now();
  for (auto at = shared.connections.begin(); at != shared.connections.end();) {
    const auto connection = (*at++)->shared_from_this();  // it may take itself off the list
    if (shared.is_stopping && now >= drained_by) {
      connection->close();
    } else {
      connection->check_deadline(now);
    }
  }
}

void HttpServer::Core::stop() {
  if (shared.is_stopping) return;
  shared.is_stopping = true;
  drained_by = Clock::now() + shared.options.limits.drain;
  error_code ignored;
  acceptor.close(ignored);
  pause.cancel();
  for (auto at = shared.connections.begin(); at != shared.connections.end();) {
    const auto connection = (*at++)->shared_from_this();
    connection->close_unless_answering();
  }
  sweeper.cancel();  // sweeps at once
}

Result<HttpServer> HttpServer::open(const Listener& listener, HttpService& service, HttpServerOptions options) {
  auto core = std::make_unique<Core>(service, std::move(options));
  error_code error;
  const int socket = listener.duplicate();
  if (socket >= 0) core->acceptor.assign(listener.is_ipv6() ? asio::ip::tcp::v6() : asio::ip::tcp::v4(), socket, error);
  if (socket < 0 || error) return Error{ErrorCode::Unreadable, "The socket cannot be listened at.", ""};
  return HttpServer(std::move(core));
}

HttpServer::HttpServer(std::unique_ptr<Core> core) : core_(std::move(core)) {}
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer::~HttpServer() = default;

void HttpServer::run() {
  core_->work.emplace(core_->shared.io.get_executor());
  core_->accept();
  core_->sweep();
  while (true) {
    try {
      core_->shared.io.run();
      return;
    } catch (const std::exception& failure) {
      // Memory ended for one connection, which is gone with its handler; the others go on.
      std::fprintf(stderr, "octavo: a connection failed: %s\n", failure.what());
    }
  }
}

void HttpServer::stop() {
  asio::post(core_->shared.io, [core = core_.get()] { core->stop(); });
}

void HttpServer::announce_event() {
  asio::post(core_->shared.io, [core = core_.get()] {
    for (auto at = core->shared.connections.begin(); at != core->shared.connections.end();) {
      const auto connection = (*at++)->shared_from_this();
      connection->send_event();
    }
  });
}

}  // namespace octavo
