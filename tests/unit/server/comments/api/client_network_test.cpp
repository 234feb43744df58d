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
  for (const char* text :
       {"", "300.1.1.1", "example.org", "1.2.3", "' OR 1=1", "unknown", "_hidden", "[::1", "[::1]x", "::1:80:x"})
    EXPECT_EQ(network_of(text), kUnknownNetwork) << text;
}

TEST(ClientNetwork, PortsBracketsZonesAndQuotesAreRead) {
  for (const char* text : {"192.0.2.77:80", "\"192.0.2.77:80\"", "::ffff:192.0.2.77", "[::ffff:192.0.2.77]:80"})
    EXPECT_EQ(network_of(text), "192.0.2.0/24") << text;
  for (const char* text :
       {"[2001:db8:1::7]", "[2001:db8:1::7]:80", "\"[2001:db8:1::7]:80\"", "2001:db8:1::7%eth0", "[2001:db8:1::7%25eth0]:80"})
    EXPECT_EQ(network_of(text), "2001:db8:1::/48") << text;
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

std::string network(const char* peer, std::vector<std::pair<std::string, std::string>> headers) {
  HttpRequest request;
  request.peer = peer;
  request.headers = std::move(headers);
  return client_network(request, {"10.0.0.1", "10.0.0.2", "2001:db8::1"});
}

TEST(ClientNetwork, AllLinesCountFromTheRight) {
  // HAProxy adds a line of its own below what the client has sent.
  EXPECT_EQ(network("10.0.0.1", {{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-For", "198.51.100.1"}}), "198.51.100.0/24");
  EXPECT_EQ(network("10.0.0.1", {{"X-Forwarded-For", "203.0.113.9"}, {"x-forwarded-for", "198.51.100.1, 10.0.0.2"}}),
            "198.51.100.0/24");
  EXPECT_EQ(
      network("10.0.0.1", {{"X-Forwarded-For", "198.51.100.1"}, {"X-Forwarded-For", ""}, {"X-Forwarded-For", " , 10.0.0.2:5"}}),
      "198.51.100.0/24");
  EXPECT_EQ(network("::ffff:10.0.0.1", {{"X-Forwarded-For", "198.51.100.1:4711"}}), "198.51.100.0/24");
  EXPECT_EQ(network("2001:db8:0::1", {{"X-Forwarded-For", "[2001:db8:7::1]:4711"}}), "2001:db8:7::/48");
  EXPECT_EQ(network("10.0.0.1", {{"X-Forwarded-For", "\", 198.51.100.1"}}), "198.51.100.0/24");
}

TEST(ClientNetwork, ForwardedIsRead) {
  EXPECT_EQ(network("10.0.0.1", {{"Forwarded", "for=203.0.113.9"}, {"Forwarded", "For=\"[2001:db8:7::1]:4711\";proto=https"}}),
            "2001:db8:7::/48");
  EXPECT_EQ(network("10.0.0.1", {{"Forwarded", "by=\"a,b;for=203.0.113.9\"; for=198.51.100.1 , for=10.0.0.2"}}),
            "198.51.100.0/24");
}

TEST(ClientNetwork, WhatCannotBeReadIsOneNetwork) {
  for (const char* text : {"unknown", "_proxy", "198.51.100.1 198.51.100.2", "x"}) {
    EXPECT_EQ(network("10.0.0.1", {{"X-Forwarded-For", text}}), kUnknownNetwork) << text;
  }
  EXPECT_EQ(network("10.0.0.1", {{"Forwarded", "proto=https"}}), kUnknownNetwork);
  EXPECT_EQ(network("10.0.0.1", {{"Forwarded", "for=203.0.113.9, for=\"198.51.100.1"}}), kUnknownNetwork);
  EXPECT_EQ(network("", {}), kUnknownNetwork);
}

TEST(ClientNetwork, AClientsLineOfTheOtherKindGainsNothing) {
  EXPECT_EQ(network("10.0.0.1", {{"Forwarded", "for=203.0.113.9"}, {"X-Forwarded-For", "198.51.100.1"}}), kUnknownNetwork);
  EXPECT_EQ(network("10.0.0.1", {{"Forwarded", "for=198.51.100.1"}, {"X-Forwarded-For", "198.51.100.1"}}), "198.51.100.0/24");
  EXPECT_EQ(network("192.0.2.1", {{"Forwarded", "for=203.0.113.9"}}), "192.0.2.0/24");
}

}  // namespace
}  // namespace octavo
