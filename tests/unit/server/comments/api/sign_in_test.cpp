// Signing in, step by step, and the ways in which somebody else could try to take it.
#include <gmock/gmock.h>

#include "support/comment_session.h"

namespace octavo {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kPage = "http://localhost:8000/posts/a/?x=1";

CommentSettings settings_with_provider() {
  CommentSettings settings;
  settings.anonymous = false;
  settings.origins = {"https://blog.example"};
  SignInProvider provider;
  provider.id = "wordpress";
  provider.label = "WordPress.com";
  provider.authorize_url = "https://wp.example/authorize";
  provider.token_url = "https://wp.example/token";
  provider.person_url = "https://wp.example/me";
  provider.client_id = "7";
  settings.providers = {provider};
  return settings;
}

class SignIn : public testing::Test {
 protected:
  SignIn() : session(settings_with_provider()) {
    session.http().answers["https://wp.example/token"] = {200, R"({"access_token":"at"})"};
    session.http().answers["https://wp.example/me"] = {200, R"({"ID":5,"display_name":"Ann","email":"ann@example.org"})"};
  }

  Json begin(const std::string& page = kPage) {
    return CommentSession::json_of(session.send("POST", "auth/begin", R"({"provider":"wordpress","return":")" + page + "\"}"));
  }
  static std::string state_of(const Json& begun) {
    const std::string url(begun.get("login_url").string());
    return query_field(url.substr(url.find('?') + 1), "state");
  }
  static std::string ticket_of(const Json& begun) { return std::string(begun.get("ticket").string()); }
  HttpResponse come_back(const std::string& query) { return session.send("GET", "auth/callback?" + query); }
  // The code in the address that the page is reloaded at.
  static std::string code_of_page(const HttpResponse& response) {
    const std::string location = CommentSession::header(response, "Location");
    constexpr std::string_view kFragment = "#octavo-sign-in=";
    const std::size_t at = location.find(kFragment);
    const std::string answer = at == std::string::npos ? "" : location.substr(at + kFragment.size());
    return answer.substr(answer.find('.') + 1);
  }
  HttpResponse redeem(const std::string& ticket, const std::string& code) {
    return session.send("POST", "auth/redeem", R"({"ticket":")" + ticket + R"(","code":")" + code + "\"}");
  }
  std::string sign_in() {
    const Json begun = begin();
    const std::string code = code_of_page(come_back("code=c&state=" + state_of(begun)));
    return std::string(CommentSession::json_of(redeem(ticket_of(begun), code)).get("token").string());
  }
  HttpResponse comment(const std::string& token, const std::string& text) {
    session.pass_seconds(60);
    return session.send("POST", "threads/a/comments", R"({"body_source":")" + text + R"(","author":{"name":"Mallory"}})",
                        {{"Idempotency-Key", session.next_key()}, {"Authorization", "Bearer " + token}});
  }

  CommentSession session;
};

TEST_F(SignIn, WhoeverSignsInCommentsUnderTheirName) {
  const Json begun = begin();
  EXPECT_THAT(std::string(begun.get("login_url").string()), StartsWith("https://wp.example/authorize?response_type=code"));
  const HttpResponse back = come_back("code=c&state=" + state_of(begun));
  EXPECT_EQ(back.status, 303);
  EXPECT_THAT(CommentSession::header(back, "Location"),
              StartsWith(std::string(kPage) + "#octavo-sign-in=" + std::string(begun.get("id").string()) + "."));
  const Json redeemed = CommentSession::json_of(redeem(ticket_of(begun), code_of_page(back)));
  EXPECT_EQ(redeemed.get("person").get("name").string(), "Ann");
  EXPECT_EQ(redeemed.get("person").get("label").string(), "WordPress.com");
  EXPECT_FALSE(redeemed.get("person").has("email"));
  const std::string token(redeemed.get("token").string());

  const HttpResponse created = comment(token, "Hello");
  ASSERT_EQ(created.status, 201) << created.body;
  const Json author = CommentSession::json_of(created).get("comment").get("author");
  EXPECT_EQ(author.get("name").string(), "Ann");
  EXPECT_EQ(author.get("kind").string(), "member");
  const Json own = session.get("threads/a/comments", {{"Authorization", "Bearer " + token}}).get("comments").at(0);
  EXPECT_TRUE(own.has("can"));
  EXPECT_EQ(session.get("me", {{"Authorization", "Bearer " + token}}).get("name").string(), "Ann");
}

TEST_F(SignIn, GuestsAreToldToSignIn) {
  EXPECT_EQ(code_of(session.post("a", "Hello", session.next_key())), "login-required");
  EXPECT_EQ(code_of(comment("not-a-session", "Hello")), "session-expired");
  EXPECT_EQ(code_of(session.send("GET", "me")), "login-required");
  EXPECT_EQ(code_of(session.send("GET", "me", "", {{"Authorization", "Bearer nothing"}})), "session-expired");
  EXPECT_EQ(session.send("GET", "threads/a/comments", "", {{"Authorization", "Bearer nothing"}}).status, 200);
}

TEST_F(SignIn, TicketWithoutTheCodeOpensNothing) {
  // Somebody begins a sign-in and lures another through it: the code is in the other's browser only.
  const Json begun = begin();
  EXPECT_EQ(code_of(redeem(ticket_of(begun), "")), "session-expired");  // too early
  const HttpResponse back = come_back("code=c&state=" + state_of(begun));
  EXPECT_EQ(code_of(redeem(ticket_of(begun), "guess")), "session-expired");
  EXPECT_EQ(code_of(redeem(ticket_of(begun), code_of_page(back))), "session-expired");  // one attempt
}

TEST_F(SignIn, CodeOfAnotherSignInOpensNothing) {
  const Json first = begin();
  const Json second = begin();
  const std::string code = code_of_page(come_back("code=c&state=" + state_of(first)));
  come_back("code=c&state=" + state_of(second));
  EXPECT_EQ(code_of(redeem(ticket_of(second), code)), "session-expired");
}

TEST_F(SignIn, EachStepHappensOnce) {
  const Json begun = begin();
  const std::string query = "code=c&state=" + state_of(begun);
  const std::string code = code_of_page(come_back(query));
  EXPECT_EQ(come_back(query).status, 400);
  EXPECT_EQ(redeem(ticket_of(begun), code).status, 200);
  EXPECT_EQ(code_of(redeem(ticket_of(begun), code)), "session-expired");
  EXPECT_EQ(come_back("code=c&state=made-up").status, 400);
}

TEST_F(SignIn, PeopleAreSentBackToKnownPagesOnly) {
  EXPECT_EQ(begin("https://blog.example/posts/a/").has("ticket"), true);
  for (const char* page : {"https://evil.example/", "https://blog.example.evil.example/", "javascript:alert(1)", "/posts/a/",
                           "https://blog.example@evil.example/", "https://blog.example/\\u000d\\u000aX: y"}) {
    const HttpResponse refused =
        session.send("POST", "auth/begin", R"({"provider":"wordpress","return":")" + std::string(page) + "\"}");
    EXPECT_EQ(code_of(refused), "invalid") << page;
  }
  EXPECT_EQ(code_of(session.send("POST", "auth/begin", R"({"provider":"other","return":"http://localhost:8000/"})")), "invalid");
}

TEST_F(SignIn, RefusalAndFailureSendPeopleBackWithAWord) {
  const Json denied = begin();
  const HttpResponse back = come_back("error=access_denied&state=" + state_of(denied));
  EXPECT_THAT(CommentSession::header(back, "Location"),
              HasSubstr("#octavo-sign-in-failed=" + std::string(denied.get("id").string()) + ".denied"));
  EXPECT_EQ(code_of(redeem(ticket_of(denied), "")), "session-expired");
  session.http().answers.erase("https://wp.example/me");
  const Json broken = begin();
  const HttpResponse failed = come_back("code=c&state=" + state_of(broken));
  EXPECT_THAT(CommentSession::header(failed, "Location"),
              HasSubstr("#octavo-sign-in-failed=" + std::string(broken.get("id").string()) + ".provider"));
}

TEST_F(SignIn, SignInsAndSessionsEnd) {
  const Json late = begin();
  session.pass_seconds(11 * 60);
  EXPECT_EQ(come_back("code=c&state=" + state_of(late)).status, 400);
  const std::string token = sign_in();
  EXPECT_EQ(session.send("GET", "me", "", {{"Authorization", "Bearer " + token}}).status, 200);
  session.pass_seconds(31 * 24 * 3600);
  EXPECT_EQ(code_of(session.send("GET", "me", "", {{"Authorization", "Bearer " + token}})), "session-expired");
}

TEST_F(SignIn, SigningOutEndsTheSession) {
  const std::string token = sign_in();
  EXPECT_EQ(session.send("DELETE", "session", "", {{"Authorization", "Bearer " + token}}).status, 204);
  EXPECT_EQ(code_of(session.send("GET", "me", "", {{"Authorization", "Bearer " + token}})), "session-expired");
}

TEST_F(SignIn, OnASecondBrowserOneOwnsOnesComments) {
  ASSERT_EQ(comment(sign_in(), "Hello").status, 201);
  const CommentSession::Headers second = {{"Authorization", "Bearer " + sign_in()}};
  const Json own = session.get("threads/a/comments", second).get("comments").at(0);
  EXPECT_TRUE(own.get("can").get("edit").boolean());
  const std::string address = "comments/" + std::string(own.get("id").string());
  EXPECT_EQ(session.send("PATCH", address, R"({"body_source":"Changed"})", second).status, 200);
  EXPECT_EQ(session.send("DELETE", address, "", second).status, 200);
}

TEST_F(SignIn, TheSameWordsOfOnePersonAreADuplicate) {
  const std::string first = sign_in();
  ASSERT_EQ(comment(first, "Hello").status, 201);
  EXPECT_EQ(code_of(comment(sign_in(), "Hello")), "duplicate");
  session.http().answers["https://wp.example/me"] = {200, R"({"ID":6,"display_name":"Ann"})"};
  EXPECT_EQ(comment(sign_in(), "Hello").status, 201);
}

TEST_F(SignIn, AnEndedSessionIsToldEverywhere) {
  const std::string token = sign_in();
  const std::string id = CommentSession::id_of(CommentSession::json_of(comment(token, "Hello")));
  session.pass_seconds(31 * 24 * 3600);
  const CommentSession::Headers ended = {{"Authorization", "Bearer " + token}, {"Reader-Key", "reader-0123456789"}};
  EXPECT_EQ(code_of(session.send("PATCH", "comments/" + id, R"({"body_source":"Changed"})", ended)), "session-expired");
  EXPECT_EQ(code_of(session.send("DELETE", "comments/" + id, "", ended)), "session-expired");
  EXPECT_EQ(code_of(session.send("PUT", "threads/a/reactions/like", R"({"on":true})", ended)), "session-expired");
  EXPECT_EQ(code_of(session.send("POST", "me/export", "{}", ended)), "session-expired");
  EXPECT_EQ(code_of(session.send("POST", "me/delete", "{}", ended)), "session-expired");
  EXPECT_EQ(code_of(session.send("DELETE", "session")), "login-required");
}

TEST_F(SignIn, DeletingOnesDataEndsAllSessions) {
  const std::string first = sign_in();
  const std::string second = sign_in();
  ASSERT_EQ(comment(first, "Hello").status, 201);
  const HttpResponse deleted = session.send("POST", "me/delete", "{}", {{"Authorization", "Bearer " + first}});
  EXPECT_EQ(CommentSession::json_of(deleted).get("deleted").integer(), 1);
  EXPECT_EQ(code_of(session.send("GET", "me", "", {{"Authorization", "Bearer " + second}})), "session-expired");
}

TEST_F(SignIn, ServerWithoutAnAddressSaysSo) {
  session.settings().hosts = {"comments.example"};
  session.start();
  const HttpResponse refused = session.send("POST", "auth/begin", R"({"provider":"wordpress","return":"https://blog.example/"})",
                                            {{"Host", "comments.example"}});
  EXPECT_EQ(code_of(refused), "engine-error");
  EXPECT_THAT(refused.body, HasSubstr("own_url"));
}

}  // namespace
}  // namespace octavo
