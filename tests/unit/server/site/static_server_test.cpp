// The local server over real sockets on the loopback address.
#include "server/site/static_server.h"

#include <gmock/gmock.h>
#include <httplib.h>

#include <memory>
#include <thread>

#include "support/bounds.h"
#include "support/raw_client.h"
#include "support/temporary_folder.h"

namespace octavo {
namespace {

using testing::HasSubstr;

// Sends raw bytes and reads all answers.
std::string exchange(int port, const std::string& bytes) {
  RawClient client(port);
  EXPECT_TRUE(client.send(bytes));
  client.end_sending();
  return client.read_to_end();
}

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
    client_->set_read_timeout(kLongestWait);
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
  // Without httplib, which waits for a body.
  const std::string same =
      exchange(server_->port(), "GET /index.html HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + etag + "\r\n\r\n");
  EXPECT_THAT(same, testing::StartsWith("HTTP/1.1 304 "));
  EXPECT_THAT(same, testing::EndsWith("\r\n\r\n"));
  EXPECT_THAT(same, HasSubstr("\r\nETag: " + etag + "\r\n"));
  EXPECT_THAT(same, testing::Not(HasSubstr("Content-Length")));
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
      EXPECT_EQ(count_of(answer, "HTTP/1.1 "), 1U) << method << " " << header;
      EXPECT_EQ(count_of(answer, "ppp"), 0U) << method << " " << header;
    }
  }
}

TEST_F(StaticServerTest, PipelinedRequestsAreAnsweredInOrder) {
  std::string requests;
  for (int i = 0; i < 50; ++i) {
    folder_.write("site/n" + std::to_string(i) + ".txt", "file " + std::to_string(i));
    requests += "GET /n" + std::to_string(i) + ".txt HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }
  RawClient client(server_->port());
  EXPECT_TRUE(client.send(requests));
  for (int i = 0; i < 50; ++i) EXPECT_THAT(client.read_response(), testing::EndsWith("\r\n\r\nfile " + std::to_string(i)));
  // Bodies and empty lines between them.
  EXPECT_TRUE(
      client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody\r\n"
                  "GET /n7.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
  EXPECT_THAT(client.read_response(), testing::StartsWith("HTTP/1.1 405 "));
  EXPECT_THAT(client.read_to_end(), testing::EndsWith("file 7"));
}

TEST_F(StaticServerTest, AbsoluteTargetsAreServed) {
  const std::string answer =
      exchange(server_->port(), "GET http://localhost/posts/a%20b/?q HTTP/1.1\r\nHost: other.example\r\n\r\n");
  EXPECT_THAT(answer, testing::StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(answer, testing::EndsWith("<p>post</p>"));
  EXPECT_THAT(exchange(server_->port(), "GET http://other.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n"),
              testing::StartsWith("HTTP/1.1 421 "));
}

// The answer arrives although much of the request is never read.
TEST_F(StaticServerTest, WhatCannotBeUnderstoodIsRefusedAndEndsTheConnection) {
  const std::string next = "GET /pic.png HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::pair<std::string, const char*> cases[] = {
      {"GET / HTTP/1.1\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", "400"},
      {"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", "400"},
      {"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: localhost\r\nA: b\r\n c\r\n\r\n", "400"},
      {"GET / HTTP/1.1\nHost: localhost\n\n", "400"},
      {"PROPFIND / HTTP/1.1\r\nHost: localhost\r\n\r\n", "501"},
      {"GET / HTTP/3.0\r\nHost: localhost\r\n\r\n", "505"},
      {"GET / HTTP/1.1\r\nHost: localhost\r\nA: " + std::string(40'000, 'a') + "\r\n\r\n", "431"},
      {"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 300000\r\n\r\n" + std::string(300'000, 'a'), "413"},
  };
  for (const auto& [request, status] : cases) {
    const std::string answer = exchange(server_->port(), request + next);
    EXPECT_THAT(answer, testing::StartsWith(std::string("HTTP/1.1 ") + status + " ")) << request.substr(0, 80);
    EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n")) << request.substr(0, 80);
    EXPECT_THAT(answer, HasSubstr("\r\nX-Content-Type-Options: nosniff\r\n")) << request.substr(0, 80);
    EXPECT_EQ(count_of(answer, "HTTP/1.1 "), 1U) << request.substr(0, 80);
  }
  EXPECT_EQ(get("/empty.txt").status, 200);
}

TEST_F(StaticServerTest, ExpectedBodiesAreAskedFor) {
  RawClient client(server_->port());
  EXPECT_TRUE(client.send("POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n"));
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_TRUE(client.send("body"));
  EXPECT_THAT(client.read_response(), testing::StartsWith("HTTP/1.1 405 "));
  RawClient refused(server_->port());
  EXPECT_TRUE(refused.send("POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 999999\r\n\r\n"));
  EXPECT_THAT(refused.read_response(), testing::StartsWith("HTTP/1.1 405 "));
}

// A second request that is hidden in the first, in ways that servers and proxies are known to read differently.
TEST_F(StaticServerTest, NoRequestHidesInAnother) {
  const std::string next = "GET /pic.png HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::string post = "POST / HTTP/1.1\r\nHost: localhost\r\n";
  const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
  for (const std::string& request :
       {post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n31\r\n",
        post + "content-length: 5\r\nCONTENT-LENGTH: 6\r\n\r\n", post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked,\r\n\r\n0\r\n\r\n", post + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding:\r\n\r\n0\r\n\r\n", post + std::string("Content-Length: 5\0\r\n\r\n", 23), chunked + "0\n\n",
        chunked + "0;a=\"\r\n\r\n", chunked + "-1\r\n", chunked + "1\r\nab0\r\n\r\n", chunked + "0\r\nHost\r\n\r\n",
        chunked + "0\r\n\r\nX"}) {
    const std::string answer = exchange(server_->port(), request + next);
    EXPECT_EQ(count_of(answer, "ppp"), 0U) << request;
    EXPECT_THAT(answer, testing::ContainsRegex("HTTP/1.1 (400|501) ")) << request;
  }
}

TEST_F(StaticServerTest, OptionsOfTheWholeServerAreTold) {
  const std::string answer = exchange(server_->port(), "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_THAT(answer, testing::StartsWith("HTTP/1.1 204 "));
  EXPECT_THAT(answer, HasSubstr("\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n"));
}

TEST_F(StaticServerTest, OldClientsGetTheirAnswerToo) {
  const std::string answer = exchange(server_->port(), "GET /pic.png HTTP/1.0\r\nHost: localhost\r\n\r\n");
  EXPECT_THAT(answer, testing::StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
}

TEST_F(StaticServerTest, AnswersHaveADateAndOneOfEachHeader) {
  const std::string answer = exchange(server_->port(), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  for (const char* name : {"Date", "Content-Type", "Content-Length", "Content-Security-Policy", "Cache-Control", "ETag"}) {
    EXPECT_EQ(count_of(answer, std::string("\r\n") + name + ": "), 1U) << name;
  }
  EXPECT_THAT(answer, testing::ContainsRegex("Date: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT"));
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
