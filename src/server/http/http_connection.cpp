// The states of a connection, by Boost.Asio. Each operation's handler holds the connection; when the last one is gone, so is it.
#include "server/http/http_connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/status.hpp>
#include <ctime>
#include <optional>
#include <utility>

namespace octavo {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t kReadBytes = 16 * 1024;
constexpr std::size_t kPieceBytes = 64 * 1024;  // of an answer, under one deadline
// A stream without news says something this often, so that one whose page is gone ends.
constexpr std::chrono::milliseconds kHeartbeat{10'000};
// After the last answer the client may still be sending; closing at once would reset the connection and lose the answer.
constexpr std::chrono::milliseconds kLinger{2'000};
constexpr std::size_t kMaxLingerBytes = 1024 * 1024;

// What refuses a request before a service is asked.
OutgoingResponse plain_refusal(int status) {
  const boost::beast::string_view reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
  return text_response(status, std::string(reason.data(), reason.size()) + "\n");
}

std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays.at(utc.tm_wday), utc.tm_mday,
                kMonths.at(utc.tm_mon), utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
  return text.data();
}

// A value from a comment or a file must not begin another line.
void add_header(std::string& text, std::string_view name, std::string_view value) {
  if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) return;
  text.append(name).append(": ").append(value).append("\r\n");
}

bool has_no_length(int status) {
  return status < 200 || status == 204 || status == 304;
}

std::string network_of_peer(HttpService& service, const std::string& peer) {
  HttpRequest request;
  request.peer = peer;
  return service.network_of(request);
}

}  // namespace

HttpConnection::HttpConnection(TcpSocket socket, HttpShared& shared, std::string peer)
    : socket_(std::move(socket)), shared_(shared), peer_(std::move(peer)), network_(network_of_peer(*shared.service, peer_)) {
  place_ = shared_.connections.insert(shared_.connections.end(), this);
  ++shared_.networks[network_];
}

HttpConnection::~HttpConnection() {
  close();
}

void HttpConnection::start() {
  next_request();
}

void HttpConnection::close() {
  if (place_ != shared_.connections.end()) {
    shared_.connections.erase(std::exchange(place_, shared_.connections.end()));
    const auto network = shared_.networks.find(network_);
    if (--network->second == 0) shared_.networks.erase(network);
  }
  phase_ = Phase::Closed;
  error_code ignored;
  socket_.close(ignored);
}

// Closes so that the system forgets what was not sent yet; else it would keep it for a client that does not read.
void HttpConnection::reset() {
  error_code ignored;
  socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  close();
}

void HttpConnection::close_unless_answering() {
  if (phase_ == Phase::Answering || phase_ == Phase::Writing) {
    is_kept_ = false;
  } else if (phase_ != Phase::Lingering) {
    close();
  }
}

void HttpConnection::enter(Phase phase, std::chrono::milliseconds at_most) {
  phase_ = phase;
  since_ = Clock::now();
  deadline_ = at_most == std::chrono::milliseconds::max() ? Clock::time_point::max() : since_ + at_most;
}

void HttpConnection::check_deadline(Clock::time_point now) {
  if (now < deadline_) return;
  if (phase_ == Phase::Writing) return reset();
  if (phase_ != Phase::Streaming) return close();
  enter(Phase::Streaming, kHeartbeat);
  if (!is_writing_event_) return write_event(":\n\n");
  reset();  // the client has not taken the last one in all this time
}

// ---- reading ---------------------------------------------------------------------------------------------------------------

void HttpConnection::next_request() {
  if (shared_.is_stopping) return close();
  const HttpServerLimits& limits = shared_.options.limits;
  response_ = {};
  scanned_ = 0;
  enter(Phase::Head, is_first_ || !received_.empty() ? limits.head : limits.idle);
  read_head();
}

void HttpConnection::read_head() {
  // An empty line between requests is allowed (RFC 9112, 2.2).
  if (received_.starts_with("\r\n")) {
    received_.erase(0, 2);
    scanned_ = 0;
  }
  const HeadEnd end = find_head_end(std::string_view(received_).substr(0, shared_.options.limits.head_bytes), scanned_);
  if (end.kind == HeadEnd::Kind::Complete) return take_head(end.length);
  if (end.kind == HeadEnd::Kind::Malformed) return refuse(400);
  if (received_.size() >= shared_.options.limits.head_bytes) return refuse(431);
  scanned_ = received_.size();
  received_.resize(scanned_ + kReadBytes);
  const auto space = asio::buffer(received_.data() + scanned_, kReadBytes);
  socket_.async_read_some(space, [self = shared_from_this(), before = scanned_](error_code error, std::size_t count) {
    if (self->phase_ != Phase::Head) return;
    self->received_.resize(before + count);
    if (error) return self->close();
    if (before == 0 && !self->is_first_) self->enter(Phase::Head, self->shared_.options.limits.head);
    self->read_head();
  });
}

void HttpConnection::take_head(std::size_t length) {
  is_first_ = false;
  head_ = parse_request_head(std::string_view(received_).substr(0, length));
  received_.erase(0, length);
  if (head_.refusal != 0) return refuse(head_.refusal);
  head_.request.peer = peer_;
  is_kept_ = head_.keeps_connection && !shared_.is_stopping;
  if (shared_.service->wants_events(head_.request)) return begin_stream();
  begin_body();
}

// A body that is not read would be taken for the next request, so the connection ends after its answer.
void HttpConnection::begin_body() {
  const HttpServerLimits& limits = shared_.options.limits;
  if (head_.content_length > limits.body_bytes) return answer_too_large();
  chunks_ = ChunkedBody(limits.body_bytes);
  enter(Phase::Body, limits.body);
  const bool is_there = head_.is_chunked ? !received_.empty() : received_.size() >= head_.content_length;
  if (!head_.expects_continue || is_there) return read_body();
  outgoing_ = "HTTP/1.1 100 Continue\r\n\r\n";
  asio::async_write(socket_, asio::buffer(outgoing_), [self = shared_from_this()](error_code error, std::size_t) {
    if (self->phase_ != Phase::Body) return;
    if (error) return self->close();
    self->read_body();
  });
}

void HttpConnection::answer_too_large() {
  head_.request.body_state = HttpRequest::Body::TooLarge;
  is_kept_ = false;
  answer();
}

void HttpConnection::read_body() {
  if (head_.is_chunked) return read_chunks();
  const auto wanted = static_cast<std::size_t>(head_.content_length);
  if (received_.size() >= wanted) {
    head_.request.body = received_.substr(0, wanted);
    received_.erase(0, wanted);
    return answer();
  }
  read_more(wanted - received_.size());
}

void HttpConnection::read_chunks() {
  received_.erase(0, chunks_.take(received_));
  switch (chunks_.state()) {
    case ChunkedBody::State::Incomplete:
      return read_more(kReadBytes);
    case ChunkedBody::State::Malformed:
      return refuse(400);
    case ChunkedBody::State::TooLarge:
      return answer_too_large();
    case ChunkedBody::State::Complete:
      head_.request.body = std::move(chunks_.text());
      return answer();
  }
}

void HttpConnection::read_more(std::size_t at_most) {
  const std::size_t before = received_.size();
  received_.resize(before + at_most);
  const auto space = asio::buffer(received_.data() + before, at_most);
  socket_.async_read_some(space, [self = shared_from_this(), before](error_code error, std::size_t count) {
    if (self->phase_ != Phase::Body) return;
    self->received_.resize(before + count);
    if (error) return self->close();
    self->read_body();
  });
}

// ---- answering -------------------------------------------------------------------------------------------------------------

void HttpConnection::refuse(int status) {
  is_kept_ = false;
  head_ = {};
  begin_answer(plain_refusal(status));
}

// The job gives the connection back to this thread, because it must not end on another one.
void HttpConnection::answer() {
  enter(Phase::Answering, std::chrono::milliseconds::max());
  HttpService& service = *shared_.service;
  auto job = [self = shared_from_this()]() mutable {
    std::optional<OutgoingResponse> response;
    try {
      response = self->shared_.service->respond(self->head_.request);
    } catch (...) {
      // Whatever it was, it is this request's problem alone.
    }
    asio::io_context& io = self->shared_.io;
    asio::post(io, [self = std::move(self), response = std::move(response)]() mutable {
      if (self->phase_ != Phase::Answering) return;
      self->begin_answer(response ? std::move(*response) : self->shared_.service->unavailable(self->head_.request));
    });
  };
  if (service.pool_of(head_.request).try_post(service.network_of(head_.request), std::move(job))) return;
  begin_answer(service.unavailable(head_.request));
}

void HttpConnection::begin_answer(OutgoingResponse response) {
  response_ = std::move(response);
  outgoing_ = head_text();
  sent_ = 0;
  file_.reset();
  if (head_.request.method == "HEAD" || has_no_length(response_.status)) response_.length = 0;
  const std::uint64_t piece = response_.bytes ? std::min<std::uint64_t>(response_.length, kPieceBytes) : 0;
  write(static_cast<std::size_t>(piece));
}

std::string HttpConnection::head_text() const {
  const boost::beast::string_view reason =
      boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response_.status));
  std::string text = "HTTP/1.1 " + std::to_string(response_.status) + " ";
  text.append(reason.data(), reason.size()).append("\r\n");
  for (const auto& [name, value] : response_.headers) add_header(text, name, value);
  for (const auto& [name, value] : shared_.options.headers) {
    if (!response_.has_header(name)) add_header(text, name, value);
  }
  if (!response_.has_header("Date")) add_header(text, "Date", http_date());
  if (!has_no_length(response_.status)) {
    if (response_.length > 0 || response_.status == 200) add_header(text, "Content-Type", response_.content_type);
    add_header(text, "Content-Length", std::to_string(response_.length));
  }
  if (!is_kept_) add_header(text, "Connection", "close");
  if (is_kept_ && head_.is_http_1_0) add_header(text, "Connection", "keep-alive");
  return text + "\r\n";
}

// `outgoing_` and then `piece` bytes of the answer that is in memory.
void HttpConnection::write(std::size_t piece) {
  enter(Phase::Writing, shared_.options.limits.write);
  const char* body = response_.bytes ? response_.bytes->data() + response_.offset + sent_ : nullptr;
  sent_ += piece;
  const std::array<asio::const_buffer, 2> buffers = {asio::buffer(outgoing_), asio::const_buffer(body, piece)};
  asio::async_write(socket_, buffers, [self = shared_from_this()](error_code error, std::size_t) {
    if (self->phase_ != Phase::Writing) return;
    if (error) return self->close();
    self->outgoing_.clear();
    self->write_piece();
  });
}

void HttpConnection::write_piece() {
  if (sent_ >= response_.length) return end_answer();
  if (!response_.bytes) return read_file_piece();
  write(static_cast<std::size_t>(std::min<std::uint64_t>(response_.length - sent_, kPieceBytes)));
}

// On the pool, because a disk may be slow. The phase is Writing with its deadline meanwhile.
void HttpConnection::read_file_piece() {
  auto job = [self = shared_from_this()]() mutable {
    const OutgoingResponse& response = self->response_;
    std::string piece(static_cast<std::size_t>(std::min<std::uint64_t>(response.length - self->sent_, kPieceBytes)), '\0');
    if (!self->file_) {
      self->file_.reset(std::fopen(response.file.c_str(), "rb"));
      if (self->file_) fseeko(self->file_.get(), static_cast<off_t>(response.offset), SEEK_SET);
    }
    if (!self->file_ || std::fread(piece.data(), 1, piece.size(), self->file_.get()) != piece.size()) piece.clear();
    asio::io_context& io = self->shared_.io;
    asio::post(io, [self = std::move(self), piece = std::move(piece)]() mutable {
      if (self->phase_ != Phase::Writing) return;
      if (piece.empty()) return self->close();  // the length was promised, so nothing else can say it
      self->sent_ += piece.size();
      self->outgoing_ = std::move(piece);
      self->write(0);
    });
  };
  HttpService& service = *shared_.service;
  if (!service.pool_of(head_.request).try_post(service.network_of(head_.request), std::move(job))) close();
}

void HttpConnection::end_answer() {
  if (!is_kept_) return linger();
  next_request();
}

void HttpConnection::linger() {
  enter(Phase::Lingering, kLinger);
  error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  sent_ = 0;
  watch_for_end();
}

// Throws away what comes until the client has closed its side.
void HttpConnection::watch_for_end() {
  received_.resize(kReadBytes);
  socket_.async_read_some(asio::buffer(received_), [self = shared_from_this()](error_code error, std::size_t count) {
    if (self->phase_ == Phase::Closed) return;
    self->sent_ += count;
    if (error || self->sent_ > kMaxLingerBytes) return self->close();
    self->watch_for_end();
  });
}

// ---- events ----------------------------------------------------------------------------------------------------------------

// The end of the connection is the end of the stream.
void HttpConnection::begin_stream() {
  is_kept_ = false;
  response_ = {};
  response_.headers = {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}};
  response_.status = 200;
  std::string text = "HTTP/1.1 200 OK\r\n";
  for (const auto& [name, value] : response_.headers) add_header(text, name, value);
  for (const auto& [name, value] : shared_.options.headers) add_header(text, name, value);
  add_header(text, "Date", http_date());
  add_header(text, "Connection", "close");
  enter(Phase::Streaming, kHeartbeat);
  sent_ = 0;
  event_ = shared_.service->newest_event();
  write_event(text + "\r\n" + event_);
  watch_for_end();
}

void HttpConnection::send_event() {
  if (phase_ != Phase::Streaming || is_writing_event_) return;
  std::string event = shared_.service->newest_event();
  if (event == event_) return;
  event_ = std::move(event);
  write_event(event_);
}

void HttpConnection::write_event(std::string text) {
  is_writing_event_ = true;
  outgoing_ = std::move(text);
  asio::async_write(socket_, asio::buffer(outgoing_), [self = shared_from_this()](error_code error, std::size_t) {
    if (self->phase_ != Phase::Streaming) return;
    if (error) return self->close();
    self->is_writing_event_ = false;
    self->send_event();  // what has changed meanwhile
  });
}

}  // namespace octavo
