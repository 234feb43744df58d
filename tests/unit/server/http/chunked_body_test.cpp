// Bodies in chunks, however they arrive, and bodies that only look like chunks.
#include "server/http/chunked_body.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace octavo {
namespace {

using State = ChunkedBody::State;

constexpr std::size_t kMost = 100;

State state_after(const std::string& bytes) {
  ChunkedBody body(kMost);
  body.take(bytes);
  return body.state();
}

// Whatever pieces it comes in, the body and its end are the same.
TEST(ChunkedBody, IsPutTogetherFromAnyPieces) {
  const std::string sent = "5\r\nhello\r\n1;name=\"a value\"\r\n \r\n00A\r\n0123456789\r\n0\r\nTrailer: one\r\nOther: \r\n\r\n";
  const std::string bytes = sent + "GET /next";
  for (std::size_t first = 0; first <= bytes.size(); ++first) {
    for (std::size_t second = first; second <= bytes.size(); second += 7) {
      ChunkedBody body(kMost);
      std::size_t taken = body.take(bytes.substr(0, first));
      taken += body.take(bytes.substr(taken, second - std::min(second, taken)));
      taken += body.take(bytes.substr(taken));
      EXPECT_EQ(body.state(), State::Complete) << first << " " << second;
      EXPECT_EQ(taken, sent.size()) << first << " " << second;
      EXPECT_EQ(body.text(), "hello 0123456789");
    }
  }
}

TEST(ChunkedBody, IsIncompleteUntilItsLastLine) {
  const std::string sent = "1\r\na\r\n0\r\n\r\n";
  for (std::size_t length = 0; length < sent.size(); ++length) {
    EXPECT_EQ(state_after(sent.substr(0, length)), State::Incomplete) << length;
  }
  EXPECT_EQ(state_after(sent), State::Complete);
}

TEST(ChunkedBody, HasALargestSize) {
  const std::string most = "64\r\n" + std::string(kMost, 'x') + "\r\n";
  EXPECT_EQ(state_after(most + "0\r\n\r\n"), State::Complete);
  EXPECT_EQ(state_after(most + "1\r\nx\r\n0\r\n\r\n"), State::TooLarge);
  EXPECT_EQ(state_after("65\r\n"), State::TooLarge);
  EXPECT_EQ(state_after("FFFFFFFF\r\n"), State::TooLarge);
}

TEST(ChunkedBody, OtherLinesAreMalformed) {
  for (const char* bytes : {"\r\n",
                            "g\r\n",
                            "-1\r\n",
                            "+1\r\n",
                            "0x1\r\n",
                            " 1\r\n",
                            "1 \r\n",
                            "1 2\r\n",
                            "1,\r\n",
                            "000000001\r\n",
                            "FFFFFFFFF\r\n",
                            "FFFFFFFFFFFFFFFFF\r\n",
                            "1\n",
                            "1\r\r\n",
                            "1;\x01\r\n",
                            "1;a=\"\r\n",
                            "1;a=\"\\\"\r\n",
                            "1\r\nab\r\n",
                            "1\r\na\n",
                            "1\r\na\r\r\n",
                            "1\r\naXX\r\n",
                            "0\r\n\n",
                            "0\r\nno trailer\r\n",
                            "0\r\n: value\r\n",
                            "0\r\nName : value\r\n",
                            "0\r\n folded: x\r\n",
                            "0\r\na: b\n"}) {
    EXPECT_EQ(state_after(bytes), State::Malformed) << bytes;
  }
}

TEST(ChunkedBody, ExtensionsAndTrailersAreBounded) {
  EXPECT_EQ(state_after("1;" + std::string(2000, 'x')), State::Malformed);
  std::string extensions;
  for (int i = 0; i < 50; ++i) extensions += "1;" + std::string(900, 'x') + "\r\na\r\n";
  EXPECT_EQ(state_after(extensions), State::Malformed);
  std::string trailers = "0\r\n";
  for (int i = 0; i < 50; ++i) trailers += "A: " + std::string(900, 'x') + "\r\n";
  EXPECT_EQ(state_after(trailers), State::Malformed);
}

}  // namespace
}  // namespace octavo
