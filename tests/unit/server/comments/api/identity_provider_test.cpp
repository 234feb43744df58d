// What providers are asked, and which of their answers count.
#include "server/comments/api/identity_provider.h"

#include <gmock/gmock.h>

#include "server/secrets.h"
#include "support/fake_http_client.h"

namespace octavo {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t kNow = 1'790'000'000;

SignInProvider openid() {
  SignInProvider provider;
  provider.id = "example";
  provider.label = "Example";
  provider.issuer = "https://id.example";
  provider.client_id = "blog";
  provider.client_secret = "s3cret";
  provider.scope = "openid profile email";
  return provider;
}

SignInProvider plain() {
  SignInProvider provider;
  provider.id = "wordpress";
  provider.label = "WordPress.com";
  provider.authorize_url = "https://wp.example/authorize";
  provider.token_url = "https://wp.example/token";
  provider.person_url = "https://wp.example/me";
  provider.client_id = "7";
  provider.client_secret = "s3cret";
  return provider;
}

const SignInSecrets kSecrets{"https://blog.example/_comments/v1/auth/callback", "the-state", "the-verifier", "the-nonce"};

std::string discovery(const std::string& more = "") {
  return R"({"issuer":"https://id.example","authorization_endpoint":"https://id.example/authorize",)"
         R"("token_endpoint":"https://id.example/token","userinfo_endpoint":"https://id.example/me")" +
         more + "}";
}

std::string token_with(const std::string& claims) {
  return "e30." + encode_base64url(claims) + ".signature";
}

std::string good_claims() {
  return R"({"iss":"https://id.example","aud":["other","blog"],"azp":"blog","exp":1790000100,"nonce":"the-nonce","sub":"42"})";
}

void answer_all(FakeHttpClient& client, const std::string& claims, const std::string& person) {
  client.answers["https://id.example/.well-known/openid-configuration"] = {200, discovery()};
  client.answers["https://id.example/token"] = {200, R"({"access_token":"at","id_token":")" + token_with(claims) + "\"}"};
  client.answers["https://id.example/me"] = {200, person};
}

TEST(IdentityProvider, OpenIdSignInIsAnExchangeWithProofOfPossession) {
  FakeHttpClient client;
  answer_all(client, good_claims(),
             R"({"sub":"42","name":"Ann\u202e","picture":"https://id.example/ann.png","email":"ann@example.org"})");
  IdentityProviders providers(client);
  const Result<ProviderAddresses> addresses = providers.addresses(openid(), kNow * 1000);
  ASSERT_TRUE(addresses.ok()) << addresses.error().text();
  const std::string page = authorize_address(*addresses, openid(), kSecrets);
  EXPECT_THAT(page,
              HasSubstr("https://id.example/authorize?response_type=code&client_id=blog&redirect_uri=https%3A//blog.example/"));
  EXPECT_THAT(page, HasSubstr("&scope=openid%20profile%20email&state=the-state&code_challenge="));
  EXPECT_THAT(page, HasSubstr("&code_challenge_method=S256&nonce=the-nonce"));
  EXPECT_THAT(page, Not(HasSubstr("the-verifier")));
  EXPECT_THAT(page, Not(HasSubstr("s3cret")));

  const Result<Person> person = providers.person(openid(), kSecrets, "the-code", kNow * 1000);
  ASSERT_TRUE(person.ok()) << person.error().text();
  EXPECT_EQ(person->id, "example:42");
  EXPECT_EQ(person->name, "Ann");
  EXPECT_EQ(person->avatar, "https://id.example/ann.png");
  EXPECT_EQ(person->email, "ann@example.org");
  ASSERT_EQ(client.asked.size(), 3U);  // the addresses are remembered
  EXPECT_THAT(client.asked[1].body, HasSubstr("grant_type=authorization_code&code=the-code"));
  EXPECT_THAT(client.asked[1].body, HasSubstr("&code_verifier=the-verifier"));
  EXPECT_THAT(client.asked[1].body, Not(HasSubstr("s3cret")));
  EXPECT_EQ(client.asked[1].headers.at(0).second, "Basic YmxvZzpzM2NyZXQ=");
  EXPECT_EQ(client.asked[2].headers.at(0).second, "Bearer at");
}

TEST(IdentityProvider, PlainOAuthSendsItsSecretInTheForm) {
  FakeHttpClient client;
  client.answers["https://wp.example/token"] = {200, R"({"access_token":"at"})"};
  client.answers["https://wp.example/me"] = {
      200, R"({"ID":5,"display_name":"Bob","avatar_URL":"https://wp.example/5.png","primary_blog_url":"https://bob.example"})"};
  IdentityProviders providers(client);
  const Result<Person> person = providers.person(plain(), kSecrets, "c", kNow * 1000);
  ASSERT_TRUE(person.ok()) << person.error().text();
  EXPECT_EQ(person->id, "wordpress:5");
  EXPECT_EQ(person->name, "Bob");
  EXPECT_EQ(person->url, "https://bob.example");
  EXPECT_THAT(client.asked.at(0).body, HasSubstr("&client_id=7&client_secret=s3cret"));
  EXPECT_TRUE(client.asked.at(0).headers.empty());
}

TEST(IdentityProvider, EveryProvidersWordsAreUnderstood) {
  const auto read = [](const char* json) { return person_from(plain(), *Json::parse(json, "test")); };
  const Result<Person> facebook = read(R"({"id":"9","name":"Eve","picture":{"data":{"url":"https://cdn.example/9.jpg"}}})");
  EXPECT_EQ(facebook->avatar, "https://cdn.example/9.jpg");
  const Result<Person> x = read(R"({"data":{"id":"3","username":"zed","profile_image_url":"https://cdn.example/3.jpg"}})");
  EXPECT_EQ(x->id, "wordpress:3");
  EXPECT_EQ(x->name, "zed");
  EXPECT_EQ(x->avatar, "https://cdn.example/3.jpg");
  const Result<Person> nameless = read(R"({"id":1,"picture":"javascript:1","website":"data:text/html,x"})");
  EXPECT_EQ(nameless->name, "WordPress.com");
  EXPECT_EQ(nameless->avatar + nameless->url, "");
  EXPECT_FALSE(read(R"({"name":"Nobody"})").ok());
}

TEST(IdentityProvider, TokensOfOthersAreRefused) {
  const ProviderAddresses addresses{"https://id.example", "", "", "", false};
  const auto accepts = [&](const std::string& claims) {
    return id_token_claims(token_with(claims), addresses, openid(), "the-nonce", kNow).ok();
  };
  EXPECT_TRUE(accepts(good_claims()));
  for (const char* claims : {
           R"({"iss":"https://evil.example","aud":"blog","exp":1790000100,"nonce":"the-nonce","sub":"42"})",
           R"({"iss":"https://id.example","aud":"other","exp":1790000100,"nonce":"the-nonce","sub":"42"})",
           R"({"iss":"https://id.example","aud":["blog","other"],"azp":"other","exp":1790000100,"nonce":"the-nonce","sub":"42"})",
           R"({"iss":"https://id.example","aud":"blog","exp":1780000000,"nonce":"the-nonce","sub":"42"})",
           R"({"iss":"https://id.example","aud":"blog","exp":1790000100,"nonce":"another","sub":"42"})",
           R"({"iss":"https://id.example","aud":"blog","exp":1790000100,"sub":"42"})",
           "{",
       }) {
    EXPECT_FALSE(accepts(claims)) << claims;
  }
  EXPECT_FALSE(id_token_claims("", addresses, openid(), "the-nonce", kNow).ok());
  EXPECT_FALSE(id_token_claims("a.b", addresses, openid(), "the-nonce", kNow).ok());
}

TEST(IdentityProvider, AnswersThatContradictEachOtherAreRefused) {
  FakeHttpClient client;
  answer_all(client, good_claims(), R"({"sub":"43","name":"Somebody else"})");
  IdentityProviders providers(client);
  EXPECT_FALSE(providers.person(openid(), kSecrets, "c", kNow * 1000).ok());
}

TEST(IdentityProvider, ProvidersThatAreNotWhoTheySayAreRefused) {
  for (
      const std::string& answer :
      {std::string(
           R"({"issuer":"https://evil.example","authorization_endpoint":"https://id.example/a","token_endpoint":"https://id.example/t"})"),
       std::string(
           R"({"issuer":"https://id.example","authorization_endpoint":"http://id.example/a","token_endpoint":"https://id.example/t"})"),
       std::string("[]"), std::string("<html>")}) {
    FakeHttpClient client;
    client.answers["https://id.example/.well-known/openid-configuration"] = {200, answer};
    IdentityProviders providers(client);
    EXPECT_FALSE(providers.addresses(openid(), 0).ok()) << answer;
  }
}

TEST(IdentityProvider, FormIsUsedWhereTheProviderSaysSo) {
  FakeHttpClient client;
  answer_all(client, good_claims(), R"({"sub":"42","name":"Ann"})");
  client.answers["https://id.example/.well-known/openid-configuration"] = {
      200, discovery(R"(,"token_endpoint_auth_methods_supported":["private_key_jwt","client_secret_post"])")};
  IdentityProviders providers(client);
  ASSERT_TRUE(providers.person(openid(), kSecrets, "c", kNow * 1000).ok());
  EXPECT_THAT(client.asked.at(1).body, HasSubstr("client_secret=s3cret"));
}

}  // namespace
}  // namespace octavo
