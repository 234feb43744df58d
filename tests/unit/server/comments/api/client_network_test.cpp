// Networks, and who may say where a request came from.
#include "server/comments/api/client_network.h"

#include <gtest/gtest.h>

namespace octavo {
namespace {

TEST(ClientNetwork, AddressesAreTruncated) {
  EXPECT_EQ(network_of("192.0.2.77"), "192.0.2.0/24");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1::/48");
  EXPECT_EQ(network_of("::ffff:192.0.2.77"), "192.0.2.0/24");
  EXPECT_EQ(network_of(" 10.0.0.1 "), "10.0.0.0/24");
  for (const char* text : {"", "300.1.1.1", "example.org", "192.0.2.77:80", "1.2.3", "' OR 1=1"})
    EXPECT_EQ(network_of(text), "") << text;
}

HttpRequest request_from(const char* peer, const char* forwarded) {
  HttpRequest request;
  request.peer = peer;
  request.headers = {{"x-forwarded-for", forwarded}};
  return request;
}

TEST(ClientNetwork, OnlyTrustedProxiesAreBelieved) {
  EXPECT_EQ(client_network(request_from("192.0.2.1", "198.51.100.1"), {}), "192.0.2.0/24");
  EXPECT_EQ(client_network(request_from("10.0.0.1", "198.51.100.1"), {"10.0.0.1"}), "198.51.100.0/24");
  // What the client itself claims stands on the left.
  EXPECT_EQ(client_network(request_from("10.0.0.1", "203.0.113.9, 198.51.100.1"), {"10.0.0.1"}), "198.51.100.0/24");
  EXPECT_EQ(client_network(request_from("10.0.0.1", "198.51.100.1, 10.0.0.2"), {"10.0.0.1", "10.0.0.2"}), "198.51.100.0/24");
  EXPECT_EQ(client_network(request_from("10.0.0.1", ""), {"10.0.0.1"}), "10.0.0.0/24");
}

}  // namespace
}  // namespace octavo
