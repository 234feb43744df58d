// What one client does, or a handler, must not keep others waiting: slow heads, bodies and readers, full pools, failures, news of
// builds, and the end of the server. No client here is slow by a clock: it sends a part and then nothing.
#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "server/site/static_server.h"
#include "support/raw_client.h"
#include "support/temporary_folder.h"

namespace octavo {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kGetPage = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr const char* kGetSlow = "GET /_api/slow HTTP/1.1\r\nHost: localhost\r\nOrigin: https://blog.example\r\n\r\n";

// Answers below /_api/; "slow" answers only when it is let go.
class TestHandler final : public RequestHandler {
 public:
  bool handles(std::string_view path) const override { return path.starts_with("/_api/"); }
  HttpResponse respond(const HttpRequest& request) override {
    if (request.path == "/_api/throw") (void)request.body.at(1);  // the library throws, as it may anywhere
    if (request.path == "/_api/slow") wait();
    HttpResponse response;
    response.body = request.body_state == HttpRequest::Body::TooLarge ? "too large" : request.body + " from " + request.peer;
    return response.set("X-Split", "a\r\nX-Injected: b");
  }

  HttpResponse unavailable(const HttpRequest& request) const override {
    HttpResponse response;
    response.status = 503;
    response.body = "busy: " + request.path;
    return response.set("Access-Control-Allow-Origin", std::string(request.header("Origin")));
  }

  void await(int requests) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return running_ == requests; });
  }
  void let_go() {
    const std::lock_guard lock(mutex_);
    is_let_go_ = true;
    changed_.notify_all();
  }

 private:
  void wait() {
    std::unique_lock lock(mutex_);
    ++running_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return is_let_go_; });
    --running_;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  int running_ = 0;
  bool is_let_go_ = false;
};

class SlowClientsTest : public testing::Test {
 protected:
  SlowClientsTest() {
    folder_.write("index.html", "<body>page</body>");
    options_.folder = folder_.path();
    options_.handler = &handler_;
  }
  ~SlowClientsTest() override {
    handler_.let_go();
    if (server_ != nullptr) stop();
  }

  void start() {
    Result<StaticServer> server = StaticServer::open(options_);
    ASSERT_TRUE(server.ok());
    server_ = std::make_unique<StaticServer>(std::move(*server));
    thread_ = std::thread([this] { server_->run(); });
  }
  void stop() {
    server_->stop();
    thread_.join();
    server_.reset();
  }
  RawClient client(const char* from = "127.0.0.1") const { return RawClient(server_->port(), from); }
  std::string ask(const std::string& request) const {
    RawClient asking = client();
    EXPECT_TRUE(asking.send(request));
    return asking.read_response();
  }
  // Until the server closes the connection.
  std::string all_answers_to(const std::string& begin) const {
    RawClient asking = client();
    EXPECT_TRUE(asking.send(begin));
    return asking.read_to_end();
  }

  TemporaryFolder folder_;
  TestHandler handler_;
  StaticServerOptions options_;
  std::unique_ptr<StaticServer> server_;
  std::thread thread_;
};

TEST_F(SlowClientsTest, PartsOfHeadsAndBodiesHoldNobodyUp) {
  start();
  std::vector<RawClient> slow;
  for (std::size_t i = 0; i < 200; ++i) {
    slow.push_back(client());
    constexpr std::array<const char*, 3> kParts = {"", "GET / HTTP/1.1\r\nHo",
                                                   "POST /_api/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc"};
    EXPECT_TRUE(slow.back().send(kParts.at(i % kParts.size())));
  }
  for (int i = 0; i < 20; ++i) {
    EXPECT_THAT(ask(kGetPage), EndsWith("<body>page</body>"));
    EXPECT_THAT(ask("GET /_api/a HTTP/1.1\r\nHost: localhost\r\n\r\n"), EndsWith(" from 127.0.0.1"));
  }
  // They are served when they go on.
  EXPECT_TRUE(slow[1].send("st: localhost\r\n\r\n"));
  EXPECT_THAT(slow[1].read_response(), EndsWith("<body>page</body>"));
  EXPECT_TRUE(slow[2].send("defghij"));
  EXPECT_THAT(slow[2].read_response(), EndsWith("abcdefghij from 127.0.0.1"));
}

// Each deadline has a test of its own: with more than one a slow machine would meet another one than the test is about.
TEST_F(SlowClientsTest, SilenceAndHeadsHaveADeadline) {
  options_.limits.head = milliseconds(50);
  start();
  EXPECT_EQ(all_answers_to(""), "");
  EXPECT_EQ(all_answers_to("GET / HTTP/1.1\r\nHo"), "");
}

TEST_F(SlowClientsTest, BodiesHaveADeadline) {
  options_.limits.body = milliseconds(50);
  start();
  EXPECT_EQ(all_answers_to("POST /_api/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc"), "");
  EXPECT_EQ(all_answers_to("POST /_api/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), "");
}

TEST_F(SlowClientsTest, ConnectionsBetweenRequestsHaveADeadline) {
  options_.limits.idle = milliseconds(50);
  start();
  EXPECT_THAT(all_answers_to(kGetPage), EndsWith("<body>page</body>"));
}

// A byte now and then is no progress: the deadline is for the whole head.
TEST_F(SlowClientsTest, DrippingHeadsEndAtTheSameDeadline) {
  options_.limits.head = milliseconds(300);
  options_.limits.head_bytes = std::size_t{1} << 30;
  start();
  RawClient dripping = client();
  bool is_open = dripping.send("GET / HTTP/1.1\r\nX: ");
  // Ends only by the server's close; with a deadline for each byte it never would.
  while (is_open) {
    is_open = dripping.send("x");
    std::this_thread::yield();
  }
  EXPECT_EQ(dripping.read_to_end(), "");
}

TEST_F(SlowClientsTest, ReadersThatDoNotReadAreCutOff) {
  // The small answer to the other reader must not take as long, however busy the machine is.
  options_.limits.write = milliseconds(2000);
  folder_.write("large.bin", std::string(48 * 1024 * 1024, 'b'));
  start();
  RawClient slow = client();
  EXPECT_TRUE(slow.send("GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  RawClient other = client();
  EXPECT_TRUE(other.send(kGetPage));
  EXPECT_THAT(other.read_response(), EndsWith("<body>page</body>"));
  while (!slow.has_ended()) std::this_thread::yield();
  EXPECT_LT(slow.read_to_end().size(), 48U * 1024 * 1024);
}

TEST_F(SlowClientsTest, ManyConnectionsOfOneNetworkCloseTheirOwnLongestWaiting) {
  options_.limits.connections_per_network = 3;
  start();
  RawClient other = client("127.0.0.2");
  EXPECT_TRUE(other.send(kGetPage));
  EXPECT_THAT(other.read_response(), EndsWith("<body>page</body>"));
  std::vector<RawClient> many;
  for (int i = 0; i < 5; ++i) {
    many.push_back(client());
    EXPECT_TRUE(many.back().send(kGetPage));
    EXPECT_THAT(many.back().read_response(), EndsWith("<body>page</body>"));
  }
  EXPECT_EQ(many[0].read_to_end(), "");
  EXPECT_EQ(many[1].read_to_end(), "");
  for (RawClient* kept : {&many[2], &many[3], &many[4], &other}) {
    EXPECT_TRUE(kept->send(kGetPage));
    EXPECT_THAT(kept->read_response(), EndsWith("<body>page</body>"));
  }
}

TEST_F(SlowClientsTest, ConnectionsAreBoundedInAllAndProxiesNotAlone) {
  options_.limits.connections = 3;
  options_.limits.connections_per_network = 1;
  options_.trusted_proxies = {"127.0.0.1"};
  start();
  std::vector<RawClient> many;
  for (int i = 0; i < 4; ++i) {
    many.push_back(client());
    EXPECT_TRUE(many.back().send(kGetPage));
    EXPECT_THAT(many.back().read_response(), EndsWith("<body>page</body>"));
  }
  EXPECT_EQ(many[0].read_to_end(), "");
  EXPECT_TRUE(many[1].send(kGetPage));
  EXPECT_THAT(many[1].read_response(), EndsWith("<body>page</body>"));
}

// When every place is taken by a request that is being answered, newcomers are turned away and the others get their answers.
TEST_F(SlowClientsTest, BusyConnectionsAreNotClosedForNewcomers) {
  options_.limits.connections = 2;
  start();
  std::vector<RawClient> busy;
  for (int i = 0; i < 2; ++i) {
    busy.push_back(client());
    EXPECT_TRUE(busy.back().send(kGetSlow));
  }
  handler_.await(2);
  RawClient newcomer = client();
  EXPECT_EQ(newcomer.read_to_end(), "");
  handler_.let_go();
  for (RawClient& each : busy) EXPECT_THAT(each.read_response(), StartsWith("HTTP/1.1 200 "));
}

TEST_F(SlowClientsTest, FilesDoNotWaitForTheHandlerAndAFullPoolSaysSo) {
  options_.handler_pool = {.threads = 2, .running_per_network = 2, .waiting = 1, .waiting_per_network = 1};
  start();
  std::vector<RawClient> slow;
  for (int i = 0; i < 2; ++i) {
    slow.push_back(client());
    EXPECT_TRUE(slow.back().send(kGetSlow));
    handler_.await(i + 1);
  }
  // One of these two finds a place in the queue. Its answer comes only when the handler is let go.
  std::atomic<int> refused = 0;
  std::vector<std::thread> more;
  std::mutex mutex;
  std::condition_variable changed;
  for (int i = 0; i < 2; ++i) {
    more.emplace_back([&] {
      const std::string answer = ask(kGetSlow);
      if (!answer.starts_with("HTTP/1.1 503 ")) return;
      EXPECT_THAT(answer, HasSubstr("\r\nAccess-Control-Allow-Origin: https://blog.example\r\n"));
      EXPECT_THAT(answer, EndsWith("\r\n\r\nbusy: /_api/slow"));
      const std::lock_guard lock(mutex);
      ++refused;
      changed.notify_all();
    });
  }
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return refused == 1; });
  }
  EXPECT_THAT(ask(kGetPage), EndsWith("<body>page</body>"));
  handler_.let_go();
  for (std::thread& each : more) each.join();
  EXPECT_EQ(refused, 1);
  for (RawClient& each : slow) EXPECT_THAT(each.read_response(), StartsWith("HTTP/1.1 200 "));
}

TEST_F(SlowClientsTest, AHandlerThatThrowsIsUnavailableAndNothingEnds) {
  start();
  RawClient same = client();
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(same.send("GET /_api/throw HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    EXPECT_THAT(same.read_response(), AllOf(StartsWith("HTTP/1.1 503 "), EndsWith("busy: /_api/throw")));
  }
  EXPECT_TRUE(same.send(kGetPage));
  EXPECT_THAT(same.read_response(), EndsWith("<body>page</body>"));
}

TEST_F(SlowClientsTest, AHeaderCannotBeginAnother) {
  start();
  const std::string answer = ask("GET /_api/a HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(answer, testing::Not(HasSubstr("X-Injected")));
}

TEST_F(SlowClientsTest, LongBodiesAreTheHandlersToRefuse) {
  options_.limits.body_bytes = 100;
  start();
  const std::string body(101, 'x');
  EXPECT_THAT(ask("POST /_api/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 101\r\n\r\n" + body), EndsWith("too large"));
  EXPECT_THAT(ask("POST /_api/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n" + body), HasSubstr("xx from "));
}

TEST_F(SlowClientsTest, BodiesInChunksArePutTogether) {
  options_.limits.body_bytes = 100;
  start();
  const std::string head = "POST /_api/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n";
  RawClient kept = client();
  // A few bytes at a time, then two requests at once.
  EXPECT_TRUE(kept.send(head + "\r\n5\r\nhel"));
  EXPECT_TRUE(kept.send("lo\r\n0\r\n"));
  EXPECT_TRUE(kept.send("\r\n"));
  EXPECT_THAT(kept.read_response(), EndsWith("hello from 127.0.0.1"));
  EXPECT_TRUE(kept.send(head + "\r\n3\r\ntwo\r\n0\r\nA: b\r\n\r\n" + head + "Expect: 100-continue\r\n\r\n"));
  EXPECT_THAT(kept.read_response(), EndsWith("two from 127.0.0.1"));
  EXPECT_EQ(kept.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_TRUE(kept.send("1\r\nx\r\n0\r\n\r\n"));
  EXPECT_THAT(kept.read_response(), EndsWith("x from 127.0.0.1"));
  EXPECT_THAT(ask(head + "\r\n65\r\n" + std::string(101, 'x')), AllOf(EndsWith("too large"), HasSubstr("Connection: close")));
  EXPECT_THAT(ask(head + "\r\n5\r\nhelloGET / HTTP/1.1\r\n"), AllOf(StartsWith("HTTP/1.1 400 "), HasSubstr("Connection: close")));
}

TEST_F(SlowClientsTest, ClientsThatGoAwayLeaveNothingBehind) {
  start();
  {
    std::vector<RawClient> gone;
    for (int i = 0; i < 4; ++i) {
      gone.push_back(client());
      EXPECT_TRUE(gone.back().send(kGetSlow));
      handler_.await(i + 1);
      gone.back().reset();
    }
  }
  handler_.let_go();
  EXPECT_THAT(ask(kGetSlow), StartsWith("HTTP/1.1 200 "));
}

TEST_F(SlowClientsTest, StoppingEndsWaitingConnectionsAndFinishesAnswers) {
  start();
  RawClient waiting = client();
  EXPECT_TRUE(waiting.send(kGetPage));
  EXPECT_THAT(waiting.read_response(), EndsWith("<body>page</body>"));
  RawClient partial = client();
  EXPECT_TRUE(partial.send("GET / HT"));
  RawClient slow = client();
  EXPECT_TRUE(slow.send(kGetSlow));
  handler_.await(1);
  server_->stop();
  EXPECT_EQ(waiting.read_to_end(), "");
  EXPECT_EQ(partial.read_to_end(), "");
  handler_.let_go();
  const std::string answer = slow.read_to_end();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
}

TEST_F(SlowClientsTest, EveryPageHearsOfABuildWithoutAThreadEach) {
  ChangeFeed changes("run");
  options_.changes = &changes;
  start();
  std::vector<RawClient> pages;
  for (int i = 0; i < 100; ++i) {
    pages.push_back(client());
    EXPECT_TRUE(pages.back().send("GET /_octavo/changes HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    EXPECT_THAT(pages.back().read_until("\r\n\r\n"), HasSubstr("\r\nContent-Type: text/event-stream\r\n"));
    EXPECT_EQ(pages.back().read_until("\n\n"), "data: {\"build\":\"run-0\",\"problem\":\"\"}\n\n");
  }
  EXPECT_THAT(ask(kGetPage), HasSubstr("<script type=\"module\" src=\"/_octavo/live.js?run-0\">"));
  changes.announce("a problem");
  for (RawClient& page : pages) {
    EXPECT_EQ(page.read_until("\n\n"), "data: {\"build\":\"run-1\",\"problem\":\"a problem\"}\n\n");
  }
  stop();
  for (RawClient& page : pages) EXPECT_EQ(page.read_to_end(), "");
}

}  // namespace
}  // namespace octavo
