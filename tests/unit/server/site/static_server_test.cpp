// The local server over real sockets on the loopback address.
#include "server/site/static_server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <thread>

#include "support/temporary_folder.h"

namespace octavo {
namespace {

using testing::HasSubstr;

class StaticServerTest : public testing::Test {
 protected:
  StaticServerTest() {
    folder_.write("secret.txt", "TOP SECRET");
    folder_.write("site/index.html", "<p>" + std::string(5000, 'x') + "</p>");
    folder_.write("site/404.html", "<p>nothing here</p>");
    folder_.write("site/posts/a b/index.html", "<p>post</p>");
    folder_.write("site/assets/octavo.0123456789ab.js", "x;");
    folder_.write("site/.env", "TOP SECRET");
    folder_.write("site/empty.txt", "");
    folder_.write("site/pic.png", std::string(3000, 'p'));
    folder_.write("site/big.bin", std::string(17 * 1024 * 1024, 'b'));
    std::filesystem::create_symlink(folder_ / "secret.txt", folder_ / "site/link.txt");
    std::filesystem::create_symlink(folder_.path(), folder_ / "site/up");
    Result<StaticServer> server = StaticServer::open({folder_ / "site", 0});
    EXPECT_TRUE(server.ok());
    server_ = std::make_unique<StaticServer>(std::move(*server));
    thread_ = std::thread([this] { server_->run(); });
    client_ = std::make_unique<httplib::Client>("127.0.0.1", server_->port());
    client_->set_decompress(false);
    client_->set_keep_alive(true);
    client_->set_url_encode(false);
  }

  ~StaticServerTest() override {
    client_.reset();
    server_->stop();
    thread_.join();
  }

  httplib::Response get(const std::string& path, httplib::Headers headers = {}) {
    headers.emplace("Accept-Encoding", "identity");
    const auto result = client_->Get(path, headers);
    EXPECT_TRUE(result) << path << " " << httplib::to_string(result.error());
    return result ? *result : httplib::Response();
  }

  httplib::Response get_encoded(const std::string& path, const std::string& encoding) {
    const auto result = client_->Get(path, {{"Accept-Encoding", encoding}});
    EXPECT_TRUE(result);
    return result ? *result : httplib::Response();
  }

  TemporaryFolder folder_;
  std::unique_ptr<StaticServer> server_;
  std::thread thread_;
  std::unique_ptr<httplib::Client> client_;
};

TEST_F(StaticServerTest, EveryKindOfFileHasItsType) {
  const std::pair<const char*, const char*> types[] = {
      {"a.html", "text/html; charset=utf-8"},
      {"a.js", "text/javascript; charset=utf-8"},
      {"a.json", "application/json"},
      {"a.wasm", "application/wasm"},
      {"a.css", "text/css; charset=utf-8"},
      {"a.svg", "image/svg+xml"},
      {"a.png", "image/png"},
      {"a.JPG", "image/jpeg"},
      {"a.jpeg", "image/jpeg"},
      {"a.gif", "image/gif"},
      {"a.webp", "image/webp"},
      {"a.ico", "image/x-icon"},
      {"a.txt", "text/plain; charset=utf-8"},
      {"a.xml", "application/xml"},
      {"a.webmanifest", "application/manifest+json"},
      {"a.bin", "application/octet-stream"},
      {"a", "application/octet-stream"},
  };
  for (const auto& [name, type] : types) {
    folder_.write(std::string("site/") + name, "x");
    const httplib::Response response = get(std::string("/") + name);
    EXPECT_EQ(response.status, 200) << name;
    EXPECT_EQ(response.get_header_value("Content-Type"), type) << name;
    EXPECT_EQ(response.body, "x");
  }
}

TEST_F(StaticServerTest, SecurityHeadersAreOnEveryAnswer) {
  for (const char* path : {"/", "/none", "/posts"}) {
    const httplib::Response response = get(path);
    EXPECT_EQ(response.get_header_value("X-Content-Type-Options"), "nosniff") << path;
    EXPECT_EQ(response.get_header_value("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(response.get_header_value("Cross-Origin-Opener-Policy"), "same-origin");
    EXPECT_THAT(response.get_header_value("Content-Security-Policy"), HasSubstr("script-src 'self' 'wasm-unsafe-eval'"));
  }
}

TEST_F(StaticServerTest, OnlyHashedNamesAreImmutable) {
  EXPECT_THAT(get("/assets/octavo.0123456789ab.js").get_header_value("Cache-Control"), HasSubstr("immutable"));
  EXPECT_EQ(get("/").get_header_value("Cache-Control"), "no-cache");
  folder_.write("site/octavo.0123456789ab.js", "x");
  EXPECT_EQ(get("/octavo.0123456789ab.js").get_header_value("Cache-Control"), "no-cache");
}

TEST_F(StaticServerTest, UnchangedFilesAreNotSentAgain) {
  const std::string etag = get("/index.html").get_header_value("ETag");
  EXPECT_THAT(etag, testing::MatchesRegex("\"[0-9a-f-]+\""));
  const httplib::Response same = get("/index.html", {{"If-None-Match", etag}});
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  EXPECT_EQ(same.get_header_value("ETag"), etag);
  folder_.write("site/index.html", "changed");
  const httplib::Response changed = get("/index.html", {{"If-None-Match", etag}});
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.body, "changed");
}

TEST_F(StaticServerTest, TextIsCompressedAsAccepted) {
  const std::string plain = get("/").body;
  const httplib::Response brotli = get_encoded("/", "gzip, br");
  EXPECT_EQ(brotli.get_header_value("Content-Encoding"), "br");
  EXPECT_EQ(brotli.get_header_value("Vary"), "Accept-Encoding");
  EXPECT_LT(brotli.body.size(), 200U);
  EXPECT_EQ(get_encoded("/", "gzip").get_header_value("Content-Encoding"), "gzip");
  EXPECT_NE(get_encoded("/", "gzip").get_header_value("ETag"), brotli.get_header_value("ETag"));
  EXPECT_EQ(get_encoded("/pic.png", "gzip, br").get_header_value("Content-Encoding"), "");
  client_->set_decompress(true);
  EXPECT_EQ(get_encoded("/", "gzip, br").body, plain);
  EXPECT_EQ(get_encoded("/", "gzip").body, plain);
  EXPECT_EQ(get_encoded("/", "gzip").body, plain);  // from memory
}

TEST_F(StaticServerTest, RangesOfFiles) {
  folder_.write("site/abc.txt", "0123456789");
  const httplib::Response part = get("/abc.txt", {{"Range", "bytes=2-4"}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, "234");
  EXPECT_EQ(part.get_header_value("Content-Range"), "bytes 2-4/10");
  EXPECT_EQ(get("/abc.txt", {{"Range", "bytes=-3"}}).body, "789");
  const httplib::Response beyond = get("/abc.txt", {{"Range", "bytes=10-"}});
  EXPECT_EQ(beyond.status, 416);
  EXPECT_EQ(beyond.get_header_value("Content-Range"), "bytes */10");
  EXPECT_EQ(get("/abc.txt", {{"Range", "bytes=0-1"}, {"If-Range", "\"other\""}}).status, 200);
  EXPECT_EQ(get("/none.txt", {{"Range", "bytes=0-1"}}).body, "<p>nothing here</p>");
}

TEST_F(StaticServerTest, LargeFilesAreStreamed) {
  const httplib::Response whole = get("/big.bin");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.body.size(), 17U * 1024 * 1024);
  const httplib::Response part = get("/big.bin", {{"Range", "bytes=1000000-1999999"}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, std::string(1000000, 'b'));
}

TEST_F(StaticServerTest, FoldersAreTheirIndexAndGetASlash) {
  EXPECT_EQ(get("/posts/a%20b/").body, "<p>post</p>");
  const httplib::Response redirect = get("/posts?q=1");
  EXPECT_EQ(redirect.status, 301);
  EXPECT_EQ(redirect.get_header_value("Location"), "/posts/?q=1");
  EXPECT_EQ(get("/posts/").status, 404);
  EXPECT_EQ(get("//posts").status, 404);
  EXPECT_EQ(get("/empty.txt").status, 200);
  EXPECT_EQ(get("/empty.txt/").status, 404);
}

TEST_F(StaticServerTest, UnknownAddressesShowTheSites404Page) {
  const httplib::Response response = get("/none/at/all");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body, "<p>nothing here</p>");
  EXPECT_EQ(response.get_header_value("Content-Type"), "text/html; charset=utf-8");
}

TEST_F(StaticServerTest, NothingOutsideOfTheFolderIsServed) {
  for (const char* path :
       {"/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/posts/../../secret.txt", "/link.txt", "/up/secret.txt",
        "/.env", "/%2eenv", "/..%5csecret.txt", "/./index.html", "/index.html%00.png", "/posts//a%20b/"}) {
    const httplib::Response response = get(path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(response.body, "<p>nothing here</p>") << path;
  }
}

TEST_F(StaticServerTest, OtherHostNamesAreRefused) {
  for (const char* host : {"example.org", "localhost.example.org"}) {
    const httplib::Response response = get("/", {{"Host", host}});
    EXPECT_EQ(response.status, 421) << host;
    EXPECT_THAT(response.body, testing::Not(HasSubstr("xxx")));
  }
  EXPECT_EQ(get("/", {{"Host", "localhost:1"}}).status, 200);
}

// Sends raw bytes and reads until the server closes the connection or has nothing to say for a while.
std::string exchange(int port, const std::string& bytes) {
  const int socket_number = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(socket_number, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(send(socket_number, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
  const timeval patience{0, 300000};
  setsockopt(socket_number, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  std::string answer;
  char chunk[4096];
  for (ssize_t count = 0; (count = recv(socket_number, chunk, sizeof chunk, 0)) > 0;) answer.append(chunk, chunk + count);
  close(socket_number);
  return answer;
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST_F(StaticServerTest, OtherMethodsAreRefused) {
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}) {
    const std::string answer =
        exchange(server_->port(), std::string(method) + " / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(answer, testing::StartsWith("HTTP/1.1 405 ")) << method;
    EXPECT_THAT(answer, HasSubstr("\r\nAllow: GET, HEAD\r\n")) << method;
  }
  const auto posted = client_->Post("/", "some body", "text/plain");
  ASSERT_TRUE(posted);
  EXPECT_EQ(posted->status, 405);
  EXPECT_EQ(get("/empty.txt").status, 200);  // on the same connection
}

TEST_F(StaticServerTest, ABodyIsNeverTakenForARequest) {
  const std::string inner = "GET /pic.png HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::string length = "Content-Length: " + std::to_string(inner.size()) + "\r\n";
  const std::string chunked = "Transfer-Encoding: chunked\r\n";
  for (const char* method : {"POST", "GET", "OPTIONS"}) {
    for (const std::string& header : {length, chunked, std::string("Content-Length: 9999999\r\n")}) {
      const std::string answer =
          exchange(server_->port(), std::string(method) + " / HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n" + inner);
      // None at all where the connection was reset before the answer was read.
      EXPECT_LE(count_of(answer, "HTTP/1.1 "), 1U) << method << " " << header;
      EXPECT_EQ(count_of(answer, "ppp"), 0U) << method << " " << header;
    }
  }
}

TEST_F(StaticServerTest, HeadHasTheHeadersOnly) {
  const auto head = client_->Head("/pic.png");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->get_header_value("Content-Length"), "3000");
  EXPECT_EQ(head->body, "");
}

TEST_F(StaticServerTest, FolderThatIsReplacedIsServedAnew) {
  std::filesystem::rename(folder_ / "site", folder_ / "old");
  folder_.write("site/index.html", "new");
  EXPECT_EQ(get("/").body, "new");
}

TEST_F(StaticServerTest, TakenPortIsSaid) {
  const Result<StaticServer> second = StaticServer::open({folder_ / "site", server_->port()});
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(second.error().message, HasSubstr("Port " + std::to_string(server_->port()) + " cannot be used"));
}

TEST(StaticServer, MissingFolderIsAnError) {
  const Result<StaticServer> server = StaticServer::open({"/nonexistent/folder", 0});
  ASSERT_FALSE(server.ok());
  EXPECT_EQ(server.error().text(), "/nonexistent/folder: There is no folder of this name to serve.");
}

}  // namespace
}  // namespace octavo
