// Request headers, as browsers and attackers send them.
#include "server/http/request_headers.h"

#include <gtest/gtest.h>

namespace octavo {
namespace {

TEST(RequestHeaders, OnlyThisMachinesNamesAreLocal) {
  for (const char* host : {"localhost", "localhost:8000", "LOCALHOST:1", "127.0.0.1:80", "[::1]", "[::1]:8000"}) {
    EXPECT_TRUE(is_local_host(host)) << host;
  }
  for (const char* host : {"", "example.org", "localhost.example.org:8000", "127.0.0.1.example.org", "localhost:x",
                           "localhost@evil", "127.0.0.2", "::1", "[::2]", "evil:localhost"}) {
    EXPECT_FALSE(is_local_host(host)) << host;
  }
}

TEST(RequestHeaders, BrotliIsPreferredAndZeroRefuses) {
  EXPECT_EQ(accepted_encoding("gzip, deflate, br"), Encoding::Brotli);
  EXPECT_EQ(accepted_encoding("br;q=0.1, GZIP"), Encoding::Brotli);
  EXPECT_EQ(accepted_encoding("gzip, br;q=0"), Encoding::Gzip);
  EXPECT_EQ(accepted_encoding("gzip; q=0.000"), Encoding::Identity);
  EXPECT_EQ(accepted_encoding(""), Encoding::Identity);
  EXPECT_EQ(accepted_encoding("brotli, gzipx"), Encoding::Identity);
}

TEST(RequestHeaders, EtagsMatchWeaklyAndInLists) {
  EXPECT_TRUE(matches_any_etag("\"a\"", "\"a\""));
  EXPECT_TRUE(matches_any_etag("\"b\", W/\"a\"", "\"a\""));
  EXPECT_TRUE(matches_any_etag("*", "\"a\""));
  EXPECT_FALSE(matches_any_etag("\"a", "\"a\""));
  EXPECT_FALSE(matches_any_etag("\"b\"", "\"a\""));
}

TEST(RequestHeaders, Ranges) {
  using Kind = RangeRequest::Kind;
  const auto expect = [](std::string_view text, Kind kind, std::uint64_t begin, std::uint64_t length) {
    const RangeRequest range = parse_range(text, 100);
    EXPECT_EQ(range.kind, kind) << text;
    EXPECT_EQ(range.range.begin, begin) << text;
    EXPECT_EQ(range.range.length, length) << text;
  };
  expect("bytes=0-9", Kind::Part, 0, 10);
  expect("bytes=90-", Kind::Part, 90, 10);
  expect("bytes=90-1000", Kind::Part, 90, 10);
  expect("bytes=-30", Kind::Part, 70, 30);
  expect("bytes=-300", Kind::Part, 0, 100);
  expect("bytes=0-18446744073709551615", Kind::Part, 0, 100);
  expect("bytes=100-", Kind::Unsatisfiable, 0, 0);
  expect("bytes=-0", Kind::Unsatisfiable, 0, 0);
  for (const char* odd : {"", "bytes=", "bytes=-", "bytes=5", "bytes=9-3", "bytes=a-b", "bytes=0-1,5-6", "lines=0-1",
                          "bytes=99999999999999999999-"}) {
    expect(odd, Kind::Whole, 0, 0);
  }
}

}  // namespace
}  // namespace octavo
