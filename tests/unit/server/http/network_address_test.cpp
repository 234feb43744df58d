// Which addresses are of the public internet.
#include "server/http/network_address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace octavo {
namespace {

TEST(NetworkAddress, PublicOnes) {
  for (const char* address : {"93.184.216.34", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1",
                              "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8"}) {
    EXPECT_TRUE(is_public_address(address)) << address;
  }
}

TEST(NetworkAddress, OthersAndWhatIsNone) {
  for (const char* address : {"0.0.0.0",
                              "10.1.2.3",
                              "100.64.0.1",
                              "127.0.0.1",
                              "127.255.0.1",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.0.0.8",
                              "192.0.2.1",
                              "192.88.99.1",
                              "192.168.1.1",
                              "198.18.0.1",
                              "198.19.255.255",
                              "198.51.100.1",
                              "203.0.113.9",
                              "224.0.0.1",
                              "240.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "::ffff:127.0.0.1",
                              "::ffff:10.0.0.1",
                              "::7f00:1",
                              "64:ff9b::a00:1",
                              "100::1",
                              "2001::1",
                              "2001:db8::1",
                              "2002:7f00:1::1",
                              "3fff::1",
                              "fc00::1",
                              "fd12::1",
                              "fe80::1",
                              "fe80::1%eth0",
                              "fec0::1",
                              "ff02::1",
                              "",
                              "localhost",
                              "127.1",
                              "0x7f.0.0.1",
                              "2130706433",
                              "8.8.8.8 "}) {
    EXPECT_FALSE(is_public_address(address)) << address;
  }
}

TEST(NetworkAddress, OfThisMachineByItsNames) {
  EXPECT_THAT(addresses_of_host("127.0.0.1"), testing::ElementsAre("127.0.0.1"));
  // However it is spelled, what is looked at is what is connected to.
  EXPECT_THAT(addresses_of_host("2130706433"), testing::ElementsAre("127.0.0.1"));
  EXPECT_THAT(addresses_of_host("::1"), testing::ElementsAre("::1"));
  EXPECT_THAT(addresses_of_host("name.invalid"), testing::IsEmpty());
}

}  // namespace
}  // namespace octavo
