// Answers without a socket: what an HTTP client would not let through.
#include "server/site/static_site.h"

#include <gtest/gtest.h>

#include "support/temporary_folder.h"

namespace octavo {
namespace {

std::string header(const OutgoingResponse& response, std::string_view wanted) {
  for (const auto& [name, value] : response.headers) {
    if (name == wanted) return value;
  }
  return {};
}

TEST(StaticSite, RedirectsAreEncodedAndStayOnTheHost) {
  const TemporaryFolder folder;
  folder.write("a b\r\nX/index.html", "x");
  folder.write("evil.example/index.html", "x");
  Result<StaticSite> site = StaticSite::open(folder.path());
  ASSERT_TRUE(site.ok());
  StaticRequest request;
  request.method = "GET";
  request.host = "localhost";
  request.path = "/a b\r\nX";
  EXPECT_EQ(header(site->respond(request), "Location"), "/a%20b%0D%0AX/");
  request.path = "/evil.example";
  EXPECT_EQ(header(site->respond(request), "Location"), "/evil.example/");
  request.path = "//evil.example";
  EXPECT_EQ(site->respond(request).status, 404);
}

TEST(StaticSite, PathsWithoutLeadingSlashAreUnknown) {
  const TemporaryFolder folder;
  folder.write("a.txt", "x");
  Result<StaticSite> site = StaticSite::open(folder.path());
  ASSERT_TRUE(site.ok());
  StaticRequest request;
  request.method = "GET";
  request.host = "localhost";
  for (const char* path : {"", "a.txt", "*", "http://localhost/a.txt"}) {
    request.path = path;
    EXPECT_EQ(site->respond(request).status, 404) << path;
  }
}

}  // namespace
}  // namespace octavo
