// Which addresses may be asked, and how they are taken apart.
#include "server/http/http_client.h"

#include <gtest/gtest.h>

namespace octavo {
namespace {

TEST(HttpClient, OriginIsSchemeHostAndPort) {
  EXPECT_EQ(origin_part("https://id.example/a?b#c"), "https://id.example");
  EXPECT_EQ(origin_part("http://localhost:8080"), "http://localhost:8080");
  for (const char* none :
       {"", "id.example", "ftp://id.example/", "https://", "https:///a", "javascript:1", "https://a@b/", "https://a\\b/"}) {
    EXPECT_EQ(origin_part(none), "") << none;
  }
}

TEST(HttpClient, HostIsWithoutPortAndBrackets) {
  EXPECT_EQ(host_part("https://id.example:8443/a?b"), "id.example");
  EXPECT_EQ(host_part("http://[::1]:80/"), "::1");
  for (const char* none : {"", "//id.example/", "https://a@b/", "data:,x"}) EXPECT_EQ(host_part(none), "") << none;
}

TEST(HttpClient, PlainHttpStaysOnThisMachine) {
  for (const char* good : {"https://id.example/x", "http://localhost:1/x", "http://127.0.0.1/", "http://[::1]:8/"}) {
    EXPECT_TRUE(is_private_address(good)) << good;
  }
  for (const char* bad : {"http://id.example/", "http://localhost.example/", "http://localhost@id.example/", "//id.example/"}) {
    EXPECT_FALSE(is_private_address(bad)) << bad;
  }
}

TEST(HttpClient, FieldsOfAFormAreEncoded) {
  std::string form;
  add_form_field(form, "a", "b c&d=e");
  add_form_field(form, "f", "\xC3\xA4");
  EXPECT_EQ(form, "a=b%20c%26d%3De&f=%C3%A4");
}

TEST(HttpClient, WhatCannotBeAskedIsAnError) {
  const std::unique_ptr<HttpClient> client = make_http_client();
  EXPECT_FALSE(client->send({"http://id.example/"}).ok());
  EXPECT_FALSE(client->send({"http://127.0.0.1:1/"}).ok());
}

}  // namespace
}  // namespace octavo
