// Requests of any content get an answer: templates for every address, broken in random places by a fixed seed.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "support/comment_session.h"

namespace octavo {
namespace {

struct Template {
  const char* method;
  const char* path;
  const char* body;
};

constexpr auto kTemplates = std::to_array<Template>({
    {"GET", "capabilities", ""},
    {"GET", "threads/a/comments?limit=5&sort=popular&cursor=17-1&parent=none&root=x&since=1", ""},
    {"POST", "threads/a/comments",
     R"({"body_source":"- [x] *a* `b`","parent":"","author":{"name":"Ann","website":"https://a.example"}})"},
    {"POST", "threads/a/comments",
     R"({"body_source":"<details><p>x<table><td>y","body_source_type":"html","author":{"name":"A"}})"},
    {"PUT", "threads/a/reactions/like", R"({"on":true})"},
    {"GET", "submissions/0123456789abcdef", ""},
    {"GET", "comments/x", ""},
    {"PATCH", "comments/x", R"({"body_source":"y"})"},
    {"DELETE", "comments/x", ""},
    {"PUT", "comments/x/reactions/like", R"({"on":false})"},
    {"POST", "preview", R"json({"body_source":"> | a |\n| - |\n\n[^1]: ![x](y)","body_source_type":"markdown"})json"},
    {"POST", "counts", R"({"threads":["a","b"]})"},
    {"GET", "threads/a/feed.atom", ""},
    {"GET", "threads/a/feed.json", ""},
    {"GET", "me", ""},
    {"POST", "me/export", R"({"keys":["0123456789abcdef"]})"},
    {"POST", "me/delete", R"({"keys":[]})"},
    {"POST", "auth/begin", R"({"provider":"p","return":"http://localhost:8000/"})"},
    {"GET", "auth/callback?state=x&code=y&iss=z", ""},
    {"POST", "auth/redeem", R"({"ticket":"x","code":"y"})"},
    {"DELETE", "session", ""},
    {"GET", "moderation/comments?status=held&before=x", ""},
    {"PUT", "moderation/comments/x", R"({"status":"published"})"},
    {"PUT", "moderation/threads/a", R"({"state":"open"})"},
});

class Mutator {
 public:
  std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

  std::string mutate(std::string text) {
    static const std::array<std::string, 18> kPieces = {"\"",
                                                        "\\",
                                                        "{",
                                                        "[",
                                                        "%",
                                                        "%00",
                                                        std::string(1, '\0'),
                                                        "\xFF",
                                                        "\xEF\xBF\xBC",
                                                        "null",
                                                        "-1",
                                                        "1e999",
                                                        "\xE2\x80\xAE",
                                                        "<table>",
                                                        "\\ud800",
                                                        "99999999999999999999",
                                                        std::string(300, '['),
                                                        "/"};
    for (std::size_t i = below(4); i > 0; --i) {
      const std::size_t at = below(text.size() + 1);
      switch (below(3)) {
        case 0:
          text.insert(at, kPieces[below(kPieces.size())]);
          break;
        case 1:
          text.erase(at, below(8) + 1);
          break;
        default:
          text.replace(at, std::min<std::size_t>(1, text.size() - at), 1, static_cast<char>(below(256)));
      }
    }
    return text;
  }

 private:
  std::mt19937 random_{20261130};
};

TEST(CommentApiRobustness, AnyRequestGetsAnAnswer) {
  CommentSettings settings;
  settings.requests_per_minute = settings.per_minute = settings.per_hour = settings.min_gap_seconds = 0;
  settings.moderation_token = "owner";
  settings.trusted_proxies = {"127.0.0.1"};
  SignInProvider provider;
  provider.id = "p";
  provider.client_id = "c";
  provider.authorize_url = provider.token_url = provider.person_url = "https://p.example/";
  settings.providers = {provider};
  CommentSession session(settings);
  Mutator mutator;
  constexpr int kRequests = 3000;
  for (int i = 0; i < kRequests; ++i) {
    const Template& from = kTemplates[mutator.below(kTemplates.size())];
    CommentSession::Headers headers = {{"Idempotency-Key", mutator.mutate("0123456789abcdef" + std::to_string(i))},
                                       {"Reader-Key", mutator.mutate("reader-0123456789")},
                                       {"X-Forwarded-For", mutator.mutate("198.51.100.1, [2001:db8::1]:80")},
                                       {"Forwarded", mutator.mutate("for=\"[2001:db8::1]:80\"; by=x")}};
    if (mutator.below(2) == 0) headers.emplace_back("Authorization", mutator.mutate("Bearer owner"));
    const HttpResponse response =
        session.send(from.method, std::string(kCommentsApiPath) + mutator.mutate(from.path), mutator.mutate(from.body), headers);
    ASSERT_TRUE(response.status >= 200 && response.status < 500) << from.path << " " << response.status << " " << response.body;
    if (response.status >= 400 && response.content_type != "text/plain; charset=utf-8") {
      EXPECT_NE(code_of(response), "no JSON");
    }
  }
  EXPECT_EQ(session.send("GET", "capabilities").status, 200);
}

}  // namespace
}  // namespace octavo
