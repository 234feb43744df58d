// Heads of requests as a client may send them, and as nobody should.
#include "server/http/request_head.h"

#include <gmock/gmock.h>

namespace octavo {
namespace {

using testing::ElementsAre;

RequestHead get(const std::string& target, const std::string& lines = "Host: localhost\r\n") {
  return parse_request_head("GET " + target + " HTTP/1.1\r\n" + lines + "\r\n");
}

int refusal_of_lines(const std::string& lines) {
  return get("/", "Host: localhost\r\n" + lines).refusal;
}

TEST(RequestHead, HasMethodPathQueryAndHeaders) {
  const RequestHead head = get("/a%20b?c=d?e", "Host: localhost:80\r\nX-A: 1\r\nx-a:2 \r\n");
  EXPECT_EQ(head.refusal, 0);
  EXPECT_EQ(head.request.method, "GET");
  EXPECT_EQ(head.request.path, "/a%20b");
  EXPECT_EQ(head.request.query, "c=d?e");
  EXPECT_THAT(head.request.headers_of("X-A"), ElementsAre("1", "2"));
  EXPECT_TRUE(head.keeps_connection);
}

TEST(RequestHead, AbsoluteTargetsNameTheHost) {
  for (const char* target : {"http://localhost:8/a?b", "HTTP://localhost:8/a?b", "https://localhost:8/a?b"}) {
    const RequestHead head = get(target, "Host: other.example\r\n");
    EXPECT_EQ(head.refusal, 0) << target;
    EXPECT_EQ(head.request.path, "/a") << target;
    EXPECT_EQ(head.request.query, "b") << target;
    EXPECT_THAT(head.request.headers_of("Host"), ElementsAre("localhost:8")) << target;
  }
  EXPECT_EQ(get("http://localhost").request.path, "/");
  EXPECT_EQ(get("http://localhost?b").request.query, "b");
}

TEST(RequestHead, OtherTargetsAreRefused) {
  for (const char* target :
       {"a", "*", "localhost:80", "ftp://localhost/", "http://", "http:///a", "http://user@localhost/", "/a#b"}) {
    EXPECT_EQ(get(target).refusal, 400) << target;
  }
  EXPECT_EQ(parse_request_head("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n").request.path, "*");
}

TEST(RequestHead, ExactlyOneHostLine) {
  EXPECT_EQ(get("/", "").refusal, 400);
  EXPECT_EQ(get("/", "Host: localhost\r\nHost: localhost\r\n").refusal, 400);
  EXPECT_EQ(get("http://localhost/", "").refusal, 400);
  for (const char* host : {"a b", "a/b", "user@localhost", "localhost, other.example"}) {
    EXPECT_EQ(get("/", std::string("Host: ") + host + "\r\n").refusal, 400) << host;
  }
  EXPECT_EQ(parse_request_head("GET / HTTP/1.0\r\n\r\n").refusal, 0);
  EXPECT_EQ(parse_request_head("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n").refusal, 400);
}

TEST(RequestHead, ContentLengthIsOneNumber) {
  EXPECT_EQ(get("/", "Host: localhost\r\nContent-Length: 12\r\n").content_length, 12U);
  for (const char* value : {"", "x", "-1", "+1", "0x1", "1 2", "1,1", "1, 2", "1.0", "99999999999999999999", "\"1\""}) {
    EXPECT_EQ(refusal_of_lines(std::string("Content-Length: ") + value + "\r\n"), 400) << value;
  }
  EXPECT_EQ(refusal_of_lines("Content-Length: 1\r\nContent-Length: 1\r\n"), 400);
  EXPECT_EQ(refusal_of_lines("Content-Length: 1\r\nContent-Length: 2\r\n"), 400);
}

TEST(RequestHead, TransferEncodingIsChunkedAndAlone) {
  EXPECT_TRUE(get("/", "Host: localhost\r\nTransfer-Encoding: Chunked\r\n").is_chunked);
  EXPECT_EQ(refusal_of_lines("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"), 400);
  EXPECT_EQ(refusal_of_lines("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n"), 400);
  EXPECT_EQ(refusal_of_lines("Transfer-Encoding: identity\r\nContent-Length: 1\r\n"), 400);
  EXPECT_EQ(refusal_of_lines("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400);
  EXPECT_EQ(refusal_of_lines("Transfer-Encoding: gzip, chunked\r\n"), 501);
  EXPECT_EQ(refusal_of_lines("Transfer-Encoding: xchunked\r\n"), 501);
  EXPECT_EQ(parse_request_head("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n").refusal, 400);
}

TEST(RequestHead, UnknownMethodsAndVersionsAreNotImplemented) {
  EXPECT_EQ(parse_request_head("QUERY / HTTP/1.1\r\nHost: localhost\r\n\r\n").refusal, 0);
  for (const char* method : {"CONNECT", "PROPFIND", "get", "FOO"}) {
    EXPECT_EQ(parse_request_head(std::string(method) + " / HTTP/1.1\r\nHost: localhost\r\n\r\n").refusal, 501) << method;
  }
  for (const char* version : {"HTTP/2.0", "HTTP/0.9", "HTTP/1.2"}) {
    EXPECT_EQ(parse_request_head(std::string("GET / ") + version + "\r\nHost: localhost\r\n\r\n").refusal, 505) << version;
  }
}

TEST(RequestHead, BadLinesAreRefused) {
  for (const char* line : {"Transfer-Encoding : chunked",
                           "Transfer-Encoding: \x0B"
                           "chunked",
                           "X: a\rTransfer-Encoding: chunked", "Name : value", " Name: value", "Name", ": value", "Na me: value",
                           "Name: a\x01"
                           "b",
                           "Name: a\x7F"}) {
    EXPECT_EQ(refusal_of_lines(std::string(line) + "\r\n"), 400) << line;
  }
  for (const char* first : {"GET /", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1", "GET /\x01 HTTP/1.1"}) {
    EXPECT_GE(parse_request_head(std::string(first) + "\r\nHost: localhost\r\n\r\n").refusal, 400) << first;
  }
}

TEST(RequestHead, OnlyTheKnownExpectationIsMet) {
  EXPECT_TRUE(get("/", "Host: localhost\r\nExpect: 100-Continue\r\n").expects_continue);
  EXPECT_EQ(refusal_of_lines("Expect: tea\r\n"), 417);
  EXPECT_EQ(refusal_of_lines("Expect: 100-continue\r\nExpect: tea\r\n"), 417);
}

TEST(RequestHead, ConnectionsAreKeptAsTheVersionSays) {
  EXPECT_FALSE(get("/", "Host: localhost\r\nConnection: close\r\n").keeps_connection);
  EXPECT_FALSE(parse_request_head("GET / HTTP/1.0\r\n\r\n").keeps_connection);
  EXPECT_TRUE(parse_request_head("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keeps_connection);
}

// However the bytes arrive, the end is found at the same place.
TEST(RequestHead, EndIsFoundInAnyPieces) {
  const std::string head = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::string bytes = head + "GET /next";
  for (std::size_t first = 0; first < bytes.size(); ++first) {
    const HeadEnd begin = find_head_end(std::string_view(bytes).substr(0, first), 0);
    EXPECT_EQ(begin.kind == HeadEnd::Kind::Complete, first >= head.size()) << first;
    if (first >= head.size()) continue;
    const HeadEnd end = find_head_end(bytes, first);
    EXPECT_EQ(end.kind, HeadEnd::Kind::Complete) << first;
    EXPECT_EQ(end.length, head.size()) << first;
  }
}

TEST(RequestHead, FoldedLinesAndBareLineFeedsAreMalformed) {
  for (const std::string& text :
       {std::string("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n"), std::string("GET / HTTP/1.1\r\nA: b\r\n\tc\r\n\r\n"),
        std::string("GET / HTTP/1.1\nA: b\n\n"), std::string("GET / HTTP/1.1\r\nA: b\n\r\n"), std::string("\n")}) {
    for (std::size_t first = 0; first < text.size(); ++first) {
      const HeadEnd begin = find_head_end(std::string_view(text).substr(0, first), 0);
      EXPECT_NE(begin.kind, HeadEnd::Kind::Complete) << text;
      if (begin.kind == HeadEnd::Kind::Malformed) break;
      EXPECT_EQ(find_head_end(text, first).kind, HeadEnd::Kind::Malformed) << text << first;
    }
  }
}

}  // namespace
}  // namespace octavo
