// The contract's rules, request by request.
#include "server/comments/api/comment_api.h"

#include <gmock/gmock.h>

#include <set>
#include <thread>

#include "server/comments/store/comment_archive.h"
#include "server/comments/store/comment_store.h"
#include "server/secrets.h"
#include "support/comment_session.h"

namespace octavo {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(CommentApi, CreatedCommentIsListed) {
  CommentSession session;
  const Json answer = session.posted("posts%2Fa", "Hello *you*");
  EXPECT_EQ(answer.get("status").string(), "published");
  const Json list = session.get("threads/posts%2Fa/comments");
  EXPECT_EQ(list.get("thread").get("key").string(), "posts/a");
  EXPECT_EQ(list.get("thread").get("count").integer(), 1);
  ASSERT_EQ(list.get("comments").size(), 1U);
  const Json comment = list.get("comments").at(0);
  EXPECT_EQ(comment.get("body_html").string(), "<p>Hello <em>you</em></p>\n");
  EXPECT_EQ(comment.get("author").get("name").string(), "Ann");
  EXPECT_FALSE(comment.has("can"));                                               // not one's own without the key
  EXPECT_EQ(session.get("threads/posts/a/comments").get("comments").size(), 1U);  // '/' may stay as it is
}

TEST(CommentApi, ATypedObjectReplacementCharacterIsPublished) {
  CommentSession session;
  EXPECT_EQ(session.posted("a", "\uFFFC").get("status").string(), "published");
  const Json list = session.get("threads/a/comments");
  EXPECT_EQ(list.get("comments").at(0).get("body_html").string(), "<p>\uFFFC</p>\n");
}

TEST(CommentApi, SameKeySameBodyIsTheSameAnswer) {
  CommentSession session;
  const HttpResponse first = session.post("a", "Hello", "0123456789abcdef");
  ASSERT_EQ(first.status, 201);
  session.start();
  const HttpResponse again = session.post("a", "Hello", "\"0123456789abcdef\"");
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(CommentSession::header(again, "Idempotent-Replay"), "true");
  EXPECT_EQ(session.get("threads/a/comments").get("comments").size(), 1U);
  EXPECT_EQ(session.get("threads/a/comments").get("since").string(), "1");
}

TEST(CommentApi, SameKeyOtherBodyIsRefused) {
  CommentSession session;
  ASSERT_EQ(session.post("a", "Hello", "0123456789abcdef").status, 201);
  EXPECT_EQ(code_of(session.post("a", "Hallo", "0123456789abcdef")), "idempotency-mismatch");
  EXPECT_EQ(code_of(session.post("b", "Hello", "0123456789abcdef")), "idempotency-mismatch");
  EXPECT_EQ(code_of(session.post("a", "Hello", "")), "idempotency-missing");
  EXPECT_EQ(code_of(session.post("a", "Hello", "short")), "idempotency-missing");
}

TEST(CommentApi, SubmissionTellsWhatBecameOfIt) {
  CommentSettings settings;
  settings.moderation = Moderation::All;
  CommentSession session(settings);
  EXPECT_EQ(session.get("submissions/0123456789abcdef").get("state").string(), "unknown");
  const HttpResponse created = session.post("a", "Hello", "0123456789abcdef");
  EXPECT_EQ(created.status, 202);
  const Json answer = CommentSession::json_of(created);
  EXPECT_EQ(answer.get("comment").get("held_reason").string(), "all-held");
  const Json held = session.get("submissions/0123456789abcdef");
  EXPECT_EQ(held.get("state").string(), "held");
  EXPECT_EQ(held.get("key").string(), answer.get("key").string());
  EXPECT_EQ(session.get("threads/a/comments").get("comments").size(), 0U);
  // Nobody else sees a held comment.
  const std::string address = "comments/" + CommentSession::id_of(answer);
  EXPECT_EQ(code_of(session.send("GET", address)), "comment-unknown");
  EXPECT_EQ(session.get(address, {{"Comment-Key", CommentSession::key_of(answer)}}).get("status").string(), "held");
}

TEST(CommentApi, EveryWrongFieldIsNamed) {
  CommentSettings settings;
  settings.email = FieldUse::Required;
  CommentSession session(settings);
  const HttpResponse refused = session.send(
      "POST", "threads/a/comments",
      R"({"body_source":" \u200b ","body_source_type":"rtf","language":"<x>","author":{"name":"\u202e","website":"javascript:1"}})",
      {{"Idempotency-Key", "0123456789abcdef"}});
  EXPECT_EQ(code_of(refused), "invalid");
  std::vector<std::string> pointers;
  const Json errors = CommentSession::json_of(refused).get("errors");
  for (std::size_t i = 0; i < errors.size(); ++i) pointers.emplace_back(errors.at(i).get("pointer").string());
  EXPECT_THAT(pointers, testing::UnorderedElementsAre("/body_source", "/body_source_type", "/language", "/author/name",
                                                      "/author/email", "/author/website"));
  // The key is not used up by a refusal.
  settings.email = FieldUse::Optional;
  session.settings() = settings;
  session.start();
  EXPECT_EQ(session.post("a", "Hello", "0123456789abcdef").status, 201);
}

TEST(CommentApi, LimitsOfTextAreThoseAnnounced) {
  CommentSettings settings;
  settings.text_max = 100;
  CommentSession session(settings);
  EXPECT_EQ(session.post("a", std::string(100, 'x'), "0123456789abcdef").status, 201);
  session.pass_seconds(60);
  const HttpResponse refused = session.post("a", std::string(101, 'x'), "0123456789abcdeg");
  EXPECT_EQ(CommentSession::json_of(refused).get("errors").at(0).get("limit").integer(), 100);
  std::string zalgo = "a";
  for (int i = 0; i < 31; ++i) zalgo += "\u0301";
  EXPECT_EQ(code_of(session.post("a", zalgo, "0123456789abcdeh")), "invalid");
}

TEST(CommentApi, RepliesKeepTheirTrueParent) {
  CommentSession session;
  std::string parent = CommentSession::id_of(session.posted("a", "0"));
  const std::string root = parent;
  for (int depth = 1; depth <= 50; ++depth) {
    const Json answer = session.posted("a", std::to_string(depth), R"("parent":")" + parent + '"');
    EXPECT_EQ(answer.get("comment").get("parent").string(), parent);
    EXPECT_EQ(answer.get("comment").get("root").string(), root);
    EXPECT_EQ(answer.get("comment").get("depth").integer(), depth);
    parent = CommentSession::id_of(answer);
  }
  EXPECT_EQ(session.get("threads/a/comments?parent=none").get("comments").size(), 1U);
  EXPECT_EQ(session.get("threads/a/comments?parent=" + root).get("comments").size(), 1U);
  EXPECT_EQ(session.get("threads/a/comments?limit=200&root=" + root).get("comments").size(), 51U);
  session.pass_seconds(3600);
  EXPECT_EQ(code_of(session.post("a", "x", "0123456789abcdef", R"("parent":"nothing")")), "parent-unknown");
  EXPECT_EQ(code_of(session.post("b", "x", "0123456789abcdef", R"("parent":")" + root + '"')), "parent-unknown");
}

TEST(CommentApi, PagesHaveEveryCommentOnce) {
  CommentSession session;
  for (int i = 0; i < 23; ++i) session.posted("a", "comment " + std::to_string(i));
  for (const std::string sort : {"oldest", "newest", "popular"}) {
    std::vector<std::string> seen;
    std::string address = "threads/a/comments?limit=5&sort=" + sort;
    std::string next;
    do {
      const Json page = session.get(next.empty() ? address : address + "&cursor=" + next);
      for (std::size_t i = 0; i < page.get("comments").size(); ++i) {
        seen.emplace_back(page.get("comments").at(i).get("body_source").string());
      }
      next = page.get("next").string();
    } while (!next.empty());
    EXPECT_EQ(seen.size(), 23U);
    EXPECT_EQ(seen.front(), sort == "oldest" ? "comment 0" : "comment 22");
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
  }
  for (const char* query : {"cursor=%25%25", "cursor=", "cursor=1", "cursor=1-x", "sort=best", "sort=", "limit=0",
                            "limit=", "limit=1x", "since=x", "since="}) {
    EXPECT_EQ(code_of(session.send("GET", "threads/a/comments?" + std::string(query))), "bad-query");
  }
}

TEST(CommentApi, ChangesCarryTombstones) {
  CommentSession session;
  const Json first = session.posted("a", "first");
  const std::string since(session.get("threads/a/comments").get("since").string());
  const Json second = session.posted("a", "second", R"("parent":")" + CommentSession::id_of(first) + '"');
  EXPECT_EQ(
      session.send("DELETE", "comments/" + CommentSession::id_of(second), "", {{"Comment-Key", CommentSession::key_of(second)}})
          .status,
      200);
  const Json changes = session.get("threads/a/comments?since=" + since);
  ASSERT_EQ(changes.get("comments").size(), 2U);  // the deleted one, and its parent, whose number of replies changed
  EXPECT_EQ(changes.get("comments").at(0).get("status").string(), "deleted");
  EXPECT_FALSE(changes.get("comments").at(0).has("body_source"));
  EXPECT_EQ(changes.get("comments").at(1).get("reply_count").integer(), 0);
  EXPECT_FALSE(changes.get("more").boolean(true));
  const std::string now(changes.get("since").string());
  EXPECT_EQ(session.get("threads/a/comments?since=" + now).get("comments").size(), 0U);
  // In small steps the same.
  std::string at = since;
  std::size_t total = 0;
  for (int step = 0; step < 10; ++step) {
    const Json page = session.get("threads/a/comments?limit=1&since=" + at);
    total += page.get("comments").size();
    at = page.get("since").string();
    if (!page.get("more").boolean()) break;
  }
  EXPECT_EQ(total, 2U);
  EXPECT_EQ(at, now);
}

TEST(CommentApi, DeletedCommentWithRepliesKeepsItsPlace) {
  CommentSession session;
  const Json first = session.posted("a", "first");
  session.posted("a", "second", R"("parent":")" + CommentSession::id_of(first) + '"');
  const std::string address = "comments/" + CommentSession::id_of(first);
  EXPECT_EQ(code_of(session.send("DELETE", address)), "not-allowed");
  EXPECT_EQ(code_of(session.send("DELETE", address, "", {{"Comment-Key", "another-key-that-is-wrong"}})), "not-allowed");
  const CommentSession::Headers key = {{"Comment-Key", CommentSession::key_of(first)}};
  EXPECT_EQ(session.send("DELETE", address, "", key).status, 200);
  EXPECT_EQ(session.send("DELETE", address, "", key).status, 200);  // again is no mistake
  const Json list = session.get("threads/a/comments");
  EXPECT_EQ(list.get("thread").get("count").integer(), 1);
  ASSERT_EQ(list.get("comments").size(), 2U);
  EXPECT_EQ(list.get("comments").at(0).get("status").string(), "deleted");
  EXPECT_THAT(list.get("comments").at(0).dump(), Not(HasSubstr("Ann")));
}

TEST(CommentApi, EditingHasItsTimeAndItsEtag) {
  CommentSession session;
  const Json created = session.posted("a", "first");
  const std::string address = "comments/" + CommentSession::id_of(created);
  const CommentSession::Headers key = {{"Comment-Key", CommentSession::key_of(created)}};
  const std::string etag(created.get("comment").get("etag").string());
  EXPECT_EQ(code_of(session.send("PATCH", address, R"({"body_source":"other"})")), "not-allowed");
  const HttpResponse edited = session.send("PATCH", address, R"({"body_source":"**other**"})", {key[0], {"If-Match", etag}});
  EXPECT_EQ(edited.status, 200);
  EXPECT_THAT(edited.body, HasSubstr("edit_count\":1"));
  EXPECT_EQ(code_of(session.send("PATCH", address, R"({"body_source":"third"})", {key[0], {"If-Match", etag}})), "edit-conflict");
  EXPECT_EQ(code_of(session.send("PATCH", address, R"({"body_source":""})", key)), "invalid");
  session.pass_seconds(15 * 60 + 1);
  EXPECT_EQ(code_of(session.send("PATCH", address, R"({"body_source":"late"})", key)), "edit-expired");
}

TEST(CommentApi, EditIntoSpamIsHeldAgain) {
  CommentSession session;
  const Json created = session.posted("a", "first");
  const HttpResponse edited = session.send("PATCH", "comments/" + CommentSession::id_of(created),
                                           R"({"body_source":"http://a.example http://b.example http://c.example"})",
                                           {{"Comment-Key", CommentSession::key_of(created)}});
  EXPECT_EQ(CommentSession::json_of(edited).get("status").string(), "held");
  EXPECT_EQ(session.get("threads/a/comments").get("thread").get("count").integer(), 0);
}

TEST(CommentApi, SpamIsHeldWithoutSayingWhy) {
  CommentSettings settings;
  settings.blocked_words = {"Casino"};
  CommentSession session(settings);
  EXPECT_EQ(session.posted("a", "http://a.example http://b.example http://c.example").get("status").string(), "held");
  EXPECT_EQ(session.posted("a", "the cAsINO").get("status").string(), "held");
  EXPECT_EQ(session.posted("a", "quick", R"("elapsed_ms":300)").get("status").string(), "held");
  EXPECT_EQ(session.posted("a", "slow", R"("elapsed_ms":3000)").get("status").string(), "published");
  const Json trapped = session.posted("a", "trap", R"("subject":"x")");
  EXPECT_EQ(trapped.get("status").string(), "held");
  EXPECT_EQ(trapped.get("comment").get("held_reason").string(), "checked");
}

TEST(CommentApi, ReactionsAreSets) {
  CommentSession session;
  const std::string id = CommentSession::id_of(session.posted("a", "first"));
  const CommentSession::Headers ann = {{"Reader-Key", "reader-ann-0123456789"}};
  const CommentSession::Headers bob = {{"Reader-Key", "reader-bob-0123456789"}};
  for (const std::string& target : {"comments/" + id, std::string("threads/a")}) {
    const std::string address = target + "/reactions/like";
    for (int i = 0; i < 3; ++i) EXPECT_EQ(session.send("PUT", address, R"({"on":true})", ann).status, 200);
    session.send("PUT", address, R"({"on":true})", bob);
    Json answer = CommentSession::json_of(session.send("PUT", address, R"({"on":false})", ann));
    EXPECT_EQ(answer.get("reactions").get("like").integer(), 1);
    EXPECT_EQ(answer.get("my_reactions").size(), 0U);
    session.send("PUT", address, R"({"on":false})", ann);
    EXPECT_EQ(code_of(session.send("PUT", address, R"({"on":true})")), "invalid");
    EXPECT_EQ(code_of(session.send("PUT", address, R"({"on":"yes"})", ann)), "invalid");
    EXPECT_EQ(code_of(session.send("PUT", target + "/reactions/hate", R"({"on":true})", ann)), "not-found");
  }
  const Json list = session.get("threads/a/comments", bob);
  EXPECT_EQ(list.get("thread").get("reactions").get("like").integer(), 1);
  EXPECT_EQ(list.get("thread").get("my_reactions").at(0).string(), "like");
  EXPECT_EQ(list.get("comments").at(0).get("reactions").get("like").integer(), 1);
  EXPECT_EQ(list.get("comments").at(0).get("my_reactions").size(), 1U);
}

TEST(CommentApi, ListIsRevalidated) {
  CommentSession session;
  session.posted("a", "first");
  const HttpResponse list = session.send("GET", "threads/a/comments");
  const std::string etag = CommentSession::header(list, "ETag");
  EXPECT_EQ(session.send("GET", "threads/a/comments", "", {{"If-None-Match", etag}}).status, 304);
  session.posted("a", "second");
  EXPECT_EQ(session.send("GET", "threads/a/comments", "", {{"If-None-Match", etag}}).status, 200);
}

TEST(CommentApi, NetworksAreLimited) {
  CommentSession session;
  EXPECT_EQ(session.post("a", "0", session.next_key()).status, 201);
  const HttpResponse gap = session.post("a", "1", session.next_key());
  EXPECT_EQ(code_of(gap), "rate-limited");
  EXPECT_EQ(CommentSession::header(gap, "Retry-After"), "2");
  session.set_peer("192.0.2.7");  // another network waits for nobody
  EXPECT_EQ(session.post("a", "2", session.next_key()).status, 201);
  session.set_peer("127.0.0.1");
  for (int i = 3; i < 8; ++i) {
    session.pass_seconds(3);
    EXPECT_EQ(session.post("a", std::to_string(i), session.next_key()).status, 201);
  }
  session.pass_seconds(3);
  session.start();  // limits outlive the process
  EXPECT_EQ(code_of(session.post("a", "8", session.next_key())), "rate-limited");
  session.pass_seconds(60);
  EXPECT_EQ(session.post("a", "8", session.next_key()).status, 201);
}

TEST(CommentApi, RequestsOfANetworkAreLimited) {
  CommentSettings settings;
  settings.requests_per_minute = 5;
  CommentSession session(settings);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(session.send("GET", "capabilities").status, 200);
  EXPECT_EQ(code_of(session.send("GET", "capabilities")), "rate-limited");
  EXPECT_EQ(code_of(session.send("GET", "capabilities", "", {{"X-Forwarded-For", "198.51.100.1"}})), "rate-limited");
  session.pass_seconds(12);
  EXPECT_EQ(session.send("GET", "capabilities").status, 200);
}

TEST(CommentApi, TwoPeopleMayWriteTheSameWords) {
  CommentSession session;
  const Json first = CommentSession::json_of(session.post("a", "Hello", session.next_key()));
  session.pass_seconds(10);
  const HttpResponse second = session.post("a", "Hello", session.next_key());
  ASSERT_EQ(second.status, 201) << second.body;
  EXPECT_NE(CommentSession::id_of(CommentSession::json_of(second)), CommentSession::id_of(first));
  EXPECT_EQ(session.get("threads/a/comments").get("thread").get("count").integer(), 2);
  // One's own are one's own alone.
  const Json list = session.get("threads/a/comments", {{"Comment-Key", CommentSession::key_of(first)}}).get("comments");
  EXPECT_TRUE(list.at(0).has("can"));
  EXPECT_FALSE(list.at(1).has("can"));
}

TEST(CommentApi, SameWordsOfOneAuthorAreADuplicate) {
  CommentSession session;
  const Json first = CommentSession::json_of(session.post("a", "Hello", session.next_key()));
  session.pass_seconds(10);
  const auto again = [&](const std::string& thread, const std::string& comment_key) {
    return session.send("POST", "threads/" + thread + "/comments", R"({"body_source":"Hello","author":{"name":"Ann"}})",
                        {{"Idempotency-Key", session.next_key()}, {"Comment-Key", comment_key}});
  };
  const HttpResponse refused = again("a", CommentSession::key_of(first));
  EXPECT_EQ(code_of(refused), "duplicate");
  EXPECT_EQ(CommentSession::json_of(refused).get("comment").string(), CommentSession::id_of(first));
  EXPECT_EQ(again("b", CommentSession::key_of(first)).status, 201);
  session.pass_seconds(10);
  EXPECT_EQ(again("a", "a-key-that-opens-nothing").status, 201);
  session.pass_seconds(11 * 60);
  EXPECT_EQ(again("a", CommentSession::key_of(first)).status, 201);
}

TEST(CommentApi, AnswersKeepTheirPlaceWhateverBecomesOfWhatTheyAnswer) {
  CommentSession session;
  session.settings().moderation_token = "owner";
  session.start();
  const std::string top = CommentSession::id_of(session.posted("a", "top"));
  const std::string middle = CommentSession::id_of(session.posted("a", "middle", R"("parent":")" + top + '"'));
  const std::string answer = CommentSession::id_of(session.posted("a", "answer", R"("parent":")" + middle + '"'));
  const auto moderate = [&](const std::string& id, const std::string& status) {
    const HttpResponse response =
        session.send("PUT", "moderation/comments/" + id, R"({"status":")" + status + "\"}", {{"Authorization", "Bearer owner"}});
    EXPECT_EQ(response.status, 200) << response.body;
  };
  const auto states = [&] {
    std::string out;
    const Json list = session.get("threads/a/comments").get("comments");
    for (std::size_t i = 0; i < list.size(); ++i) out += std::string(list.at(i).get("status").string()) + " ";
    return out;
  };
  moderate(middle, "rejected");
  EXPECT_EQ(states(), "published deleted published ");
  moderate(top, "held");  // its only direct answer is not published any more, but there is one below that
  EXPECT_EQ(states(), "deleted deleted published ");
  EXPECT_EQ(session.get("threads/a/comments").get("comments").at(2).get("parent").string(), middle);
  EXPECT_EQ(session.get("threads/a/comments?parent=none").get("comments").size(), 1U);
  moderate(answer, "rejected");
  EXPECT_EQ(states(), "");
  moderate(answer, "published");
  EXPECT_EQ(states(), "deleted deleted published ");
  moderate(top, "published");
  moderate(middle, "deleted");
  EXPECT_EQ(states(), "published deleted published ");
  moderate(answer, "deleted");
  EXPECT_EQ(states(), "published ");
}

TEST(CommentApi, PostsThatTheSiteDoesNotHaveTakeNothing) {
  const auto write = [](CommentSession& session, const std::string& thread) {
    session.pass_seconds(60);
    return session.post(thread, "Hello", session.next_key()).status;
  };
  const auto like = [](CommentSession& session, const std::string& thread) {
    return session.send("PUT", "threads/" + thread + "/reactions/like", R"({"on":true})", {{"Reader-Key", "reader-0123456789"}})
        .status;
  };
  CommentSession site;
  ASSERT_EQ(site.post("gone", "Hello", "0123456789abcdef").status, 201);
  const std::string id = std::string(site.get("threads/gone/comments").get("comments").at(0).get("id").string());
  site.remove_post("gone");
  EXPECT_EQ(code_of(site.post("gone", "Hello again", site.next_key())), "thread-unknown");
  EXPECT_EQ(like(site, "gone"), 404);
  EXPECT_EQ(
      site.send("PUT", "comments/" + id + "/reactions/like", R"({"on":true})", {{"Reader-Key", "reader-0123456789"}}).status,
      404);
  EXPECT_EQ(site.post("gone", "Hello", "0123456789abcdef").status, 201);  // a resend is told what happened
  EXPECT_EQ(site.get("threads/gone/comments").get("thread").get("count").integer(), 1);
  EXPECT_EQ(write(site, "there"), 201);
  site.settings().thread_rule = ThreadRule::Any;
  site.start();
  EXPECT_EQ(write(site, "gone"), 201);
  EXPECT_EQ(like(site, "gone"), 200);
  site.settings().thread_rule = ThreadRule::Listed;
  site.settings().threads = {"listed"};
  site.start();
  EXPECT_EQ(write(site, "listed"), 201);
  EXPECT_EQ(write(site, "there"), 404);
  EXPECT_EQ(like(site, "there"), 404);
}

TEST(CommentApi, ANetworkAddsFewLikesInADay) {
  CommentSession session;
  const std::string id = CommentSession::id_of(session.posted("a", "first"));
  const auto like = [&](const std::string& target, int reader, const char* body = R"({"on":true})") {
    return session.send("PUT", target + "/reactions/like", body, {{"Reader-Key", "reader-0123456789-" + std::to_string(reader)}});
  };
  for (const std::string& target : {std::string("threads/a"), "comments/" + id}) {
    for (int reader = 0; reader < 5; ++reader) EXPECT_EQ(like(target, reader).status, 200);
    for (int reader = 5; reader < 50; ++reader) EXPECT_EQ(code_of(like(target, reader)), "rate-limited");
    EXPECT_EQ(like(target, 0).status, 200);  // who has liked it already still does
    EXPECT_EQ(CommentSession::json_of(like(target, 0)).get("reactions").get("like").integer(), 5);
    EXPECT_EQ(like(target, 4, R"({"on":false})").status, 200);
    EXPECT_EQ(like(target, 5).status, 200);
  }
  EXPECT_EQ(like("threads/b", 6).status, 200);  // other posts have likes of their own
  session.set_peer("198.51.100.1");
  EXPECT_EQ(like("threads/a", 7).status, 200);
  session.set_peer("127.0.0.1");
  session.pass_seconds(25 * 3600);
  EXPECT_EQ(like("threads/a", 8).status, 200);
  session.settings().reactions_per_network = 0;
  session.start();
  for (int reader = 10; reader < 30; ++reader) EXPECT_EQ(like("threads/c", reader).status, 200);
}

TEST(CommentApi, MediaTypesMayHaveParameters) {
  CommentSession session;
  for (const std::string type :
       {"application/json ; charset=utf-8", "Application/JSON;x", " application/json", "application/json"}) {
    EXPECT_EQ(session.send("POST", "preview", R"({"body_source":"x"})", {{"Content-Type", type}}).status, 200) << type;
  }
}

TEST(CommentApi, TheOwnersListHasEveryCommentOnce) {
  CommentSettings settings;
  settings.moderation = Moderation::All;
  settings.moderation_token = "owner";
  settings.per_minute = settings.per_hour = settings.min_gap_seconds = 0;
  CommentSession session(settings);
  // Many in one millisecond, in several threads: times and numbers alone do not tell them apart.
  for (int i = 0; i < 150; ++i)
    ASSERT_EQ(session.post("t" + std::to_string(i % 75), std::to_string(i), session.next_key()).status, 202);
  const CommentSession::Headers owner = {{"Authorization", "bearer owner"}};
  std::set<std::string> ids;
  std::string before;
  for (bool has_more = true; has_more;) {
    const std::string after_it = before.empty() ? "" : "&before=" + before;
    const Json page = session.get("moderation/comments?status=held" + after_it, owner);
    for (std::size_t i = 0; i < page.get("comments").size(); ++i) {
      before = page.get("comments").at(i).get("id").string();
      EXPECT_TRUE(ids.insert(before).second);
    }
    has_more = page.get("more").boolean();
    ASSERT_EQ(page.get("comments").size(), 50U);
  }
  EXPECT_EQ(ids.size(), 150U);
  const std::string unknown = "moderation/comments?before=" + std::string(23, '0');
  EXPECT_EQ(code_of(session.send("GET", unknown, "", owner)), "comment-unknown");
  for (const char* query : {"status=null", "status=Held", "status=", "before=nothing", "before="}) {
    const HttpResponse refused = session.send("GET", "moderation/comments?" + std::string(query), "", owner);
    EXPECT_EQ(refused.status, 400) << query;
    EXPECT_EQ(code_of(refused), "bad-query");
  }
}

TEST(CommentApi, EveryElementOfACommentIsAnnounced) {
  CommentSettings settings;
  settings.images = true;
  settings.requests_per_minute = 0;
  CommentSession session(settings);
  const Json elements = session.get("capabilities").get("text").get("elements");
  std::set<std::string> announced;
  for (std::size_t i = 0; i < elements.size(); ++i) announced.emplace(elements.at(i).string());
  const std::string markdown =
      "# a\n\n- [x] b\n- c\n\n1. d\n\n> e\n\n---\n\n```c\nf\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n*g* **h** ~~i~~ `j` "
      "[k](https://k.example)\\\nl ![m](https://m.example/m.png)\n\n![n](https://m.example/n.png \"Caption\")\n";
  const std::string html =
      "<details><summary>a</summary><p>b</p></details><dl><dt>c</dt><dd>d</dd></dl><h2>e</h2><h3>f</h3><h4>g</h4><h5>h</h5>"
      "<h6>i</h6><p><sub>j</sub><sup>k</sup><kbd>l</kbd><mark>m</mark><ins>n</ins><small>o</small><samp>u</samp><var>v</var></"
      "p><figure><img "
      "src='https://m.example/p.png'><figcaption>q</figcaption></figure><section>r</section><span>s</span><abbr>t</abbr>";
  std::set<std::string> seen;
  for (const auto& [type, text] : {std::pair("markdown", markdown), std::pair("html", html)}) {
    JsonWriter json;
    json.begin_object().key("body_source").value(text).key("body_source_type").value(type).end_object();
    const std::string out(CommentSession::json_of(session.send("POST", "preview", json.text())).get("body_html").string());
    for (std::size_t at = out.find('<'); at != std::string::npos; at = out.find('<', at + 1)) {
      const std::size_t end = out.find_first_of(" >", at);
      if (out[at + 1] != '/') seen.insert(out.substr(at + 1, end - at - 1));
    }
  }
  EXPECT_EQ(seen, announced);
}

TEST(CommentApi, OtherOriginsNeedPermission) {
  CommentSettings settings;
  settings.origins = {"https://blog.example"};
  settings.hosts = {"comments.example"};
  CommentSession session(settings);
  const auto with_origin = [&](const std::string& method, const std::string& origin) {
    return session.send(method, "threads/a/comments", "", {{"Origin", origin}, {"Host", "comments.example"}});
  };
  const HttpResponse allowed = with_origin("OPTIONS", "https://blog.example");
  EXPECT_EQ(allowed.status, 204);
  EXPECT_EQ(CommentSession::header(allowed, "Access-Control-Allow-Origin"), "https://blog.example");
  EXPECT_THAT(CommentSession::header(allowed, "Access-Control-Allow-Headers"), HasSubstr("Idempotency-Key"));
  EXPECT_EQ(CommentSession::header(allowed, "Access-Control-Allow-Credentials"), "");
  EXPECT_THAT(CommentSession::header(with_origin("GET", "https://blog.example"), "Access-Control-Expose-Headers"),
              HasSubstr("ETag"));
  for (const std::string origin : {"https://evil.example", "null", "https://blog.example.evil.example", "http://blog.example"}) {
    EXPECT_EQ(with_origin("OPTIONS", origin).status, 403) << origin;
    EXPECT_EQ(code_of(with_origin("POST", origin)), "not-allowed") << origin;
    EXPECT_EQ(CommentSession::header(with_origin("GET", origin), "Access-Control-Allow-Origin"), "") << origin;
  }
  EXPECT_EQ(with_origin("OPTIONS", "https://comments.example").status, 204);  // its own pages
  EXPECT_EQ(code_of(session.send("GET", "capabilities", "", {{"Host", "other.example"}})), "wrong-host");
}

// A page could not read a refusal without these headers, and a browser would not send what its preflight could not announce.
TEST(CommentApi, ARefusalForWantOfRoomIsLikeAnyOther) {
  CommentSettings settings;
  settings.origins = {"https://blog.example"};
  CommentSession session(settings);
  const HttpResponse refused = session.unavailable("POST", "threads/a/comments", {{"Origin", "https://blog.example"}});
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.content_type, "application/problem+json");
  EXPECT_EQ(code_of(refused), "engine-error");
  EXPECT_EQ(CommentSession::json_of(refused).get("retry").string(), "same");
  EXPECT_EQ(CommentSession::header(refused, "Retry-After"), "1");
  EXPECT_EQ(CommentSession::header(refused, "Access-Control-Allow-Origin"), "https://blog.example");
  EXPECT_THAT(CommentSession::header(refused, "Access-Control-Expose-Headers"), HasSubstr("Retry-After"));
  EXPECT_EQ(session.unavailable("OPTIONS", "threads/a/comments", {{"Origin", "https://blog.example"}}).status, 204);
  const HttpResponse other = session.unavailable("GET", "threads/a/comments", {{"Origin", "https://evil.example"}});
  EXPECT_EQ(CommentSession::header(other, "Access-Control-Allow-Origin"), "");
}

TEST(CommentApi, ApprovingIsForTheTextThatWasRead) {
  CommentSettings settings;
  settings.moderation = Moderation::All;
  settings.moderation_token = "owner";
  CommentSession session(settings);
  const Json held = session.posted("a", "Kind words");
  const std::string id(held.get("comment").get("id").string());
  const std::string etag(held.get("comment").get("etag").string());
  const std::string key(held.get("key").string());
  EXPECT_EQ(session.send("PATCH", "comments/" + id, R"({"body_source":"Other words"})", {{"Comment-Key", key}}).status, 200);
  const auto publish = [&](const std::string& if_match) {
    return session.send("PUT", "moderation/comments/" + id, R"({"status":"published"})",
                        {{"Authorization", "Bearer owner"}, {"If-Match", if_match}});
  };
  EXPECT_EQ(code_of(publish(etag)), "edit-conflict");
  const Json list = session.get("moderation/comments?status=held", {{"Authorization", "Bearer owner"}});
  ASSERT_EQ(list.get("comments").size(), 1U);
  EXPECT_EQ(publish(std::string(list.get("comments").at(0).get("etag").string())).status, 200);
}

// A resend after a lost answer gets the key that opens the comment, also from another database.
TEST(CommentApi, KeysOfAuthorsGoWhereTheirCommentsGo) {
  CommentSession session;
  const HttpResponse first = session.post("a", "Mine", "0123456789abcdef");
  ASSERT_EQ(first.status, 201);
  const std::string key(CommentSession::json_of(first).get("key").string());
  const auto archive = write_comment_archive(session.database());
  ASSERT_TRUE(archive.ok());
  CommentSession moved;
  ASSERT_TRUE(read_comment_archive(*archive, "x", moved.database(), 0).ok());
  EXPECT_EQ(moved.post("a", "Mine", "0123456789abcdef").status, 201);
  EXPECT_EQ(moved.get("submissions/0123456789abcdef").get("key").string(), key);
  const std::string id(CommentSession::json_of(first).get("comment").get("id").string());
  EXPECT_EQ(moved.send("DELETE", "comments/" + id, "", {{"Comment-Key", key}}).status, 200);
}

// Databases of an older Octavo have a secret from which it made the keys.
TEST(CommentApi, OlderKeysOfAuthorsStayTheirs) {
  CommentSession session;
  const Json first = session.posted("a", "Mine");
  const std::string id(first.get("comment").get("id").string());
  const std::string sent_with = session.last_key();
  const std::string old_key = encode_base64url(hmac_sha256("the secret", id + " " + sent_with)).substr(0, 32);
  ASSERT_TRUE(session.database()
                  .write([&](SqlSession& sql) -> Status {
                    CommentStore store(sql);
                    OCTAVO_CHECK(store.set_setting("secret", "the secret"));
                    OCTAVO_TRY(auto comment, store.comment(id));
                    comment->key_hash = secret_hash(old_key);
                    return store.update(*comment);
                  })
                  .ok());
  session.start();
  EXPECT_EQ(session.get("submissions/" + sent_with).get("key").string(), old_key);
  EXPECT_EQ(session.send("DELETE", "comments/" + id, "", {{"Comment-Key", old_key}}).status, 200);
}

TEST(CommentApi, FormsCannotPost) {
  CommentSession session;
  for (const std::string type : {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"}) {
    EXPECT_EQ(code_of(session.send("POST", "threads/a/comments", R"({"body_source":"x"})",
                                   {{"Content-Type", type}, {"Idempotency-Key", "0123456789abcdef"}})),
              "wrong-media-type");
  }
  // Two types are none.
  EXPECT_EQ(code_of(session.send("POST", "preview", R"({"body_source":"x"})",
                                 {{"Content-Type", "application/json"}, {"Content-Type", "text/plain"}})),
            "wrong-media-type");
  EXPECT_EQ(code_of(session.send("POST", "threads/a/comments", std::string(kMaxCommentBody + 1, ' '))), "too-large");
  EXPECT_EQ(code_of(session.send("GET", "nothing")), "not-found");
  EXPECT_EQ(code_of(session.send("GET", "/_comments/")), "not-found");
  const HttpResponse wrong = session.send("DELETE", "threads/a/comments");
  EXPECT_EQ(code_of(wrong), "wrong-method");
  EXPECT_EQ(CommentSession::header(wrong, "Allow"), "GET, POST");
  EXPECT_EQ(code_of(session.send("GET", "threads/a%00b/comments")), "thread-unknown");
  EXPECT_EQ(code_of(session.send("GET", "threads/" + std::string(257, 'a') + "/comments")), "thread-unknown");
}

TEST(CommentApi, EmailAndNetworkAreInNoAnswer) {
  CommentSession session;
  const HttpResponse created =
      session.send("POST", "threads/a/comments", R"({"body_source":"x","author":{"name":"Ann","email":"ann@mail.example"}})",
                   {{"Idempotency-Key", "0123456789abcdef"}});
  ASSERT_EQ(created.status, 201);
  const Json answer = CommentSession::json_of(created);
  const CommentSession::Headers key = {{"Comment-Key", CommentSession::key_of(answer)}};
  for (const HttpResponse& response : {created, session.send("GET", "threads/a/comments", "", key),
                                       session.send("GET", "comments/" + CommentSession::id_of(answer), "", key),
                                       session.send("GET", "submissions/0123456789abcdef")}) {
    EXPECT_THAT(response.body, Not(HasSubstr("mail.example")));
    EXPECT_THAT(response.body, Not(HasSubstr("127.0")));
    EXPECT_EQ(CommentSession::header(response, "Set-Cookie"), "");
  }
}

// Works until it is told to fail, as a full disk does.
class FailingDatabase final : public Database {
 public:
  explicit FailingDatabase(Database& real) : real_(real) {}
  Status write(const SqlWork& work) override {
    return is_broken ? Status(Error{ErrorCode::Unreadable, "disk full", ""}) : real_.write(work);
  }
  Status read(const SqlWork& work) override {
    return is_broken ? Status(Error{ErrorCode::Unreadable, "disk full", ""}) : real_.read(work);
  }
  bool is_broken = false;

 private:
  Database& real_;
};

TEST(CommentApi, BrokenDatabaseIsAProblemToRetry) {
  TestDatabase real;
  FailingDatabase database(*real);
  GumboParser parser;
  FakeHttpClient http;
  CommentSettings settings;
  settings.thread_rule = ThreadRule::Any;
  Result<std::unique_ptr<RequestHandler>> api = open_comment_api({database, settings, parser, system_milliseconds, http, {}});
  ASSERT_TRUE(api.ok());
  database.is_broken = true;
  const auto send = [&](const char* method, const char* path, const char* body) {
    HttpRequest request;
    request.method = method;
    request.path = std::string(kCommentsApiPath) + path;
    request.headers = {{"Host", "localhost"}, {"Content-Type", "application/json"}, {"Idempotency-Key", "0123456789abcdef"}};
    request.headers.emplace_back("Reader-Key", "0123456789abcdef");
    request.body = body;
    return (*api)->respond(request);
  };
  for (const HttpResponse& response :
       {send("GET", "threads/a/comments", ""), send("POST", "threads/a/comments", R"({"body_source":"x","author":{"name":"A"}})"),
        send("GET", "submissions/0123456789abcdef", ""), send("GET", "comments/x", ""), send("DELETE", "comments/x", ""),
        send("PUT", "threads/a/reactions/like", R"({"on":true})"), send("POST", "counts", R"({"threads":["a"]})")}) {
    EXPECT_EQ(code_of(response), "engine-error");
    EXPECT_EQ(CommentSession::json_of(response).get("retry").string(), "same");
  }
  EXPECT_FALSE(open_comment_api({database, settings, parser, system_milliseconds, http, {}}).ok());
}

TEST(CommentApi, SeveralServersTakeEachCommentOnce) {
  TestDatabase first;
  const std::unique_ptr<Database> second = first.another();
  CommentSettings settings;
  settings.thread_rule = ThreadRule::Any;
  settings.per_minute = settings.per_hour = settings.min_gap_seconds = settings.requests_per_minute = 0;
  GumboParser parser;
  FakeHttpClient http;
  std::vector<std::unique_ptr<RequestHandler>> servers;
  for (Database* database : {&*first, second.get()}) {
    Result<std::unique_ptr<RequestHandler>> api = open_comment_api({*database, settings, parser, system_milliseconds, http, {}});
    ASSERT_TRUE(api.ok());
    servers.push_back(std::move(*api));
  }
  const auto send = [&](std::size_t server, const std::string& method, const std::string& path, const std::string& body,
                        const std::string& key) {
    HttpRequest request;
    request.method = method;
    request.path = std::string(kCommentsApiPath) + path;
    request.headers = {{"Host", "localhost"}, {"Content-Type", "application/json"}, {"Idempotency-Key", key}};
    request.body = body;
    return servers[server]->respond(request);
  };
  // Every comment is sent to both at the same time, each by its own thread: the answers are one.
  constexpr int kComments = 60;
  std::vector<std::vector<std::string>> answers(4);
  std::vector<std::thread> threads;
  for (std::size_t sender = 0; sender < 4; ++sender) {
    threads.emplace_back([&, sender] {
      for (int i = 0; i < kComments; ++i) {
        const std::string text = "comment " + std::to_string(i);
        const std::string body = R"({"body_source":")" + text + R"(","author":{"name":"Ann"}})";
        HttpResponse response = send(sender % 2, "POST", "threads/a/comments", body, "key-for-a-comment-" + std::to_string(i));
        EXPECT_EQ(response.status, 201) << response.body;
        answers[sender].push_back(CommentSession::id_of(CommentSession::json_of(response)) + " " +
                                  CommentSession::key_of(CommentSession::json_of(response)));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t sender = 1; sender < 4; ++sender) EXPECT_EQ(answers[sender], answers[0]);
  const Json list = CommentSession::json_of(send(1, "GET", "threads/a/comments", "", ""));
  EXPECT_EQ(list.get("thread").get("count").integer(), kComments);
}

TEST(CommentApi, CountsAndPreviews) {
  CommentSession session;
  session.posted("posts/a", "one");
  session.posted("posts/a", "two");
  const Json counts = CommentSession::json_of(session.send("POST", "counts", R"({"threads":["posts/a","b","b"]})")).get("counts");
  EXPECT_EQ(counts.get("posts/a").integer(), 2);
  EXPECT_EQ(counts.get("b").integer(-1), 0);
  EXPECT_EQ(code_of(session.send("POST", "counts", R"({"threads":1})")), "invalid");
  const Json preview = CommentSession::json_of(session.send("POST", "preview", R"({"body_source":"**ä** http://a.example"})"));
  EXPECT_EQ(preview.get("links").integer(), 1);
  EXPECT_THAT(std::string(preview.get("body_html").string()), HasSubstr("<strong>ä</strong>"));
}

}  // namespace
}  // namespace octavo
