// The policy: nothing unsafe, nothing that breaks out of its line, short enough for every host.
#include "press/source/security_policy.h"

#include <gmock/gmock.h>

#include "press/publish/hosting_config.h"

namespace octavo {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(SecurityPolicy, OriginsOfAddresses) {
  EXPECT_EQ(origin_of("https://Example.org/a/b?c#d"), "https://example.org");
  EXPECT_EQ(origin_of("HTTP://127.0.0.1:8080"), "http://127.0.0.1:8080");
  for (const char* url : {"", "/a", "a.png", "//example.org/a", "ftp://example.org/", "data:image/png,x", "https://",
                          "https:///a", "https://a b/", "https://a;script-src *", "https://user@example.org/", "https://a'/",
                          "https://a:x/", "https://a:/", "https://a:123456/", "https://a\r\nX: y/", "https://\xC3\xA9.org/"}) {
    EXPECT_EQ(origin_of(url), "") << url;
  }
}

TEST(SecurityPolicy, HasNothingUnsafe) {
  for (const PolicyDelivery delivery : {PolicyDelivery::Header, PolicyDelivery::Meta}) {
    const std::string policy = content_security_policy({"https://c.example.com/api", {"https://i.example.com"}}, delivery);
    EXPECT_THAT(policy, HasSubstr("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"));
    EXPECT_THAT(policy, HasSubstr("require-trusted-types-for 'script'"));
    EXPECT_THAT(policy, Not(HasSubstr("'unsafe-")));
    EXPECT_THAT(policy, Not(HasSubstr("\"")));
    EXPECT_EQ(policy.find("frame-ancestors") != std::string::npos, delivery == PolicyDelivery::Header);
  }
}

TEST(SecurityPolicy, ManyHostsBecomeAll) {
  PolicySources sources;
  for (int i = 0; i < 100; ++i) sources.image_hosts.insert("https://host-" + std::to_string(i) + ".example.com");
  EXPECT_THAT(content_security_policy(sources, PolicyDelivery::Header), HasSubstr("img-src 'self' data: blob: https:;"));
  std::string headers = hosting_headers(sources);
  while (!headers.empty()) {
    const std::size_t end = headers.find('\n');
    EXPECT_LT(end, 2000U);
    headers.erase(0, end + 1);
  }
}

}  // namespace
}  // namespace octavo
