// One connection: reads a request, has it answered, sends the answer, and begins again with what the client has already sent
// (pipelining), so answers are in the order of requests. Everything here runs on the thread of the sockets.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <list>
#include <map>
#include <memory>
#include <string>

#include "server/http/chunked_body.h"
#include "server/http/http_service.h"
#include "server/http/request_head.h"

namespace octavo {

class HttpConnection;
using TcpSocket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

// What all connections of a server share.
struct HttpShared {
  HttpService* service = nullptr;
  HttpServerOptions options;
  std::list<HttpConnection*> connections;       // those that are open
  std::map<std::string, std::size_t> networks;  // how many of them each network has
  bool is_stopping = false;
  boost::asio::io_context io{1};  // last: the handlers that it still has at its end hold connections
};

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
 public:
  using Clock = std::chrono::steady_clock;

  HttpConnection(TcpSocket socket, HttpShared& shared, std::string peer);
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;
  ~HttpConnection();

  void start();
  void close();
  void close_unless_answering();  // while the server stops
  void send_event();              // when it is a stream and the service has a new one

  const std::string& network() const { return network_; }
  bool is_waiting() const { return phase_ == Phase::Head; }
  Clock::time_point since() const { return since_; }  // when the phase began
  void check_deadline(Clock::time_point now);

 private:
  enum class Phase : std::uint8_t { Head, Body, Answering, Writing, Streaming, Lingering, Closed };
  struct FileCloser {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  void enter(Phase phase, std::chrono::milliseconds at_most);
  void reset();
  void next_request();
  void read_head();
  void take_head(std::size_t length);
  void begin_body();
  void read_body();
  void read_chunks();
  void answer_too_large();
  void read_more(std::size_t at_most);
  void answer();
  void refuse(int status);
  void begin_answer(OutgoingResponse response);
  std::string head_text() const;
  void write_piece();
  void read_file_piece();
  void write(std::size_t piece);
  void end_answer();
  void linger();
  void begin_stream();
  void write_event(std::string text);
  void watch_for_end();

  TcpSocket socket_;
  HttpShared& shared_;
  const std::string peer_;
  const std::string network_;
  Phase phase_ = Phase::Closed;
  Clock::time_point since_;
  Clock::time_point deadline_;
  std::list<HttpConnection*>::iterator place_;

  std::string received_;     // what was read and not used
  std::size_t scanned_ = 0;  // of it, in search of the head's end
  bool is_first_ = true;     // no request was read yet
  RequestHead head_;         // of the request that is being answered
  ChunkedBody chunks_;       // of its body, where that is chunked
  OutgoingResponse response_;
  bool is_kept_ = false;    // after this answer
  std::string outgoing_;    // head of the answer, then pieces of its file
  std::uint64_t sent_ = 0;  // of the answer's body
  std::unique_ptr<std::FILE, FileCloser> file_;
  std::string event_;  // Streaming: the last one that was sent
  bool is_writing_event_ = false;
};

}  // namespace octavo
