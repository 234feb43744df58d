// The outbox, step by step.
#include "core/comments/outbox.h"

#include <gtest/gtest.h>

#include "press/base/gumbo_parser.h"

namespace octavo {
namespace {

constexpr std::string_view kPublished = R"({"status":"published","key":"author-key","comment":{"id":"c1","status":"published"}})";
constexpr std::string_view kHeld = R"({"status":"held","key":"author-key","comment":{"id":"c1","status":"held"}})";

ThreadRef octavo_thread_ref() {
  return {CommentEngine::Octavo, "https://comments.example/", "", "tea", "Tea"};
}

Submission submission(std::string key) {
  Submission result;
  result.key = std::move(key);
  result.text = "Hello";
  result.name = "Ann";
  return result;
}

OutboxRecord stored_record(const StoreRecord& effect) {
  return parse_outbox_record(effect.record).value();
}

struct OutboxTest : testing::Test {
  GumboParser parser;
  Outbox outbox{parser};
  std::int64_t now = 1000;

  template <typename Effect>
  const Effect* only(const Outbox::Effects& effects) {
    return effects.size() == 1 ? std::get_if<Effect>(&effects[0]) : nullptr;
  }
  // Stores until something else is wanted.
  Outbox::Effects store_all(Outbox::Effects effects) {
    Outbox::Effects rest;
    for (std::size_t i = 0; i < effects.size(); ++i) {
      const auto* store = std::get_if<StoreRecord>(&effects[i]);
      if (store == nullptr) {
        rest.push_back(effects[i]);
        continue;
      }
      for (OutboxEffect& effect : outbox.record_stored(store->ticket, Stored::Yes, now)) effects.push_back(effect);
    }
    return rest;
  }
  Outbox::Effects answer(const std::string& key, int status, std::string_view body, std::int64_t retry_after = 0) {
    return store_all(outbox.call_answered(key, {status, std::string(body), retry_after}, now));
  }
  OutboxState state(const std::string& key) { return outbox.find(key)->state; }
};

TEST_F(OutboxTest, StoresBeforeItSends) {
  outbox.begin_sending(now);
  const Outbox::Effects stored = outbox.submit(octavo_thread_ref(), submission("k"), now);
  const auto* store = only<StoreRecord>(stored);
  ASSERT_NE(store, nullptr);
  EXPECT_EQ(stored_record(*store).state, OutboxState::Sending);
  EXPECT_EQ(stored_record(*store).submission.text, "Hello");
  const Outbox::Effects called = outbox.record_stored(store->ticket, Stored::Yes, now);
  ASSERT_NE(only<CallEngine>(called), nullptr);
  EXPECT_EQ(only<CallEngine>(called)->call.method, "POST");
  const Outbox::Effects proof = outbox.call_answered("k", {201, std::string(kPublished), 0}, now);
  ASSERT_NE(only<StoreRecord>(proof), nullptr);
  const OutboxRecord record = stored_record(*only<StoreRecord>(proof));
  EXPECT_EQ(record.state, OutboxState::Published);
  EXPECT_EQ(record.author_key, "author-key");
  EXPECT_EQ(record.submission.text, "Hello") << "until the thread has it";
}

TEST_F(OutboxTest, TheTextStaysUntilTheThreadHasIt) {
  outbox.begin_sending(now);
  store_all(outbox.submit(octavo_thread_ref(), submission("k"), now));
  answer("k", 201, kPublished);
  Comment comment;
  comment.id = "c0";
  store_all(outbox.seen(octavo_thread_ref(), {comment}, Outbox::Extent::Whole, now));
  EXPECT_EQ(outbox.find("k")->submission.text, "Hello") << "the engine's list may be behind";
  comment.id = "c1";
  const Outbox::Effects effects = outbox.seen(octavo_thread_ref(), {comment}, Outbox::Extent::Part, now);
  ASSERT_NE(only<StoreRecord>(effects), nullptr);
  EXPECT_EQ(stored_record(*only<StoreRecord>(effects)).submission.text, "");
}

TEST_F(OutboxTest, WhatTheThreadHasNotForLongWasRemoved) {
  outbox.begin_sending(now);
  store_all(outbox.submit(octavo_thread_ref(), submission("k"), now));
  answer("k", 201, kPublished);
  now += 700;
  store_all(outbox.seen(octavo_thread_ref(), {}, Outbox::Extent::Part, now));
  EXPECT_EQ(outbox.find("k")->submission.text, "Hello");
  store_all(outbox.seen(octavo_thread_ref(), {}, Outbox::Extent::Whole, now));
  EXPECT_EQ(outbox.find("k")->submission.text, "");
}

// The same words to the same comment under the same name, twice: the first must not stand for the second.
TEST_F(OutboxTest, OneCommentIsNotTheProofOfTwo) {
  ThreadRef isso = octavo_thread_ref();
  isso.engine = CommentEngine::Isso;
  outbox.begin_sending(now);
  for (const char* key : {"k1", "k2"}) {
    Submission sent = submission(key);
    sent.written_at = now;
    store_all(outbox.submit(isso, sent, now));
    if (sent.key == "k1") answer("k1", 201, R"({"id":7,"mode":1})");
  }
  answer("k2", 0, "");
  store_all(outbox.online(now));
  const std::string list =
      R"({"replies":[{"id":7,"parent":null,"text":"Hello","author":"Ann","mode":1,"created":)" + std::to_string(now) + "}]}";
  const Outbox::Effects again = answer("k2", 200, list);
  ASSERT_NE(only<CallEngine>(again), nullptr);
  EXPECT_EQ(only<CallEngine>(again)->call.method, "POST");
}

TEST_F(OutboxTest, AnOlderEqualCommentIsNoProofOfANewOne) {
  ThreadRef word_press = octavo_thread_ref();
  word_press.engine = CommentEngine::WordPress;
  outbox.begin_sending(now);
  Submission sent = submission("k");
  sent.written_at = now;
  store_all(outbox.submit(word_press, sent, now));
  answer("k", 409, R"({"code":"comment_duplicate","message":"Duplicate"})");
  Comment older;
  older.id = "7";
  older.author = "Ann";
  older.body = "<p>Hello</p>";
  older.created = DateTime{now - 3600, 0};
  store_all(outbox.seen(word_press, {older}, Outbox::Extent::Whole, now));
  EXPECT_EQ(state("k"), OutboxState::Held);
  EXPECT_EQ(outbox.find("k")->submission.text, "Hello");
}

TEST_F(OutboxTest, WithoutTheLockItOnlyStores) {
  const Outbox::Effects effects = outbox.submit(octavo_thread_ref(), submission("k"), now);
  ASSERT_NE(only<StoreRecord>(effects), nullptr);
  EXPECT_EQ(stored_record(*only<StoreRecord>(effects)).state, OutboxState::Queued);
  EXPECT_TRUE(store_all(effects).empty());
}

TEST_F(OutboxTest, ALostAnswerIsAskedForBeforeAnythingIsSentAgain) {
  outbox.begin_sending(now);
  store_all(outbox.submit(octavo_thread_ref(), submission("k"), now));
  const Outbox::Effects waiting = answer("k", 0, "");
  ASSERT_NE(only<SetTimer>(waiting), nullptr);
  EXPECT_EQ(state("k"), OutboxState::Unsure);
  now += only<SetTimer>(waiting)->seconds;
  const Outbox::Effects asked = store_all(outbox.timer_fired(now));
  ASSERT_NE(only<CallEngine>(asked), nullptr);
  EXPECT_EQ(only<CallEngine>(asked)->call.url, "https://comments.example/submissions/k");
  answer("k", 200, R"({"state":"published","key":"author-key","comment":{"id":"c1","status":"published"}})");
  EXPECT_EQ(state("k"), OutboxState::Published);
}

TEST_F(OutboxTest, WhatHasNotArrivedIsSentAgainAtOnce) {
  outbox.begin_sending(now);
  store_all(outbox.submit(octavo_thread_ref(), submission("k"), now));
  answer("k", 502, "<html>");
  now += 100;
  store_all(outbox.timer_fired(now));
  const Outbox::Effects again = answer("k", 200, R"({"state":"unknown"})");
  ASSERT_NE(only<CallEngine>(again), nullptr);
  EXPECT_EQ(only<CallEngine>(again)->call.method, "POST");
}

TEST_F(OutboxTest, ACrashWhileSendingIsALostAnswer) {
  OutboxRecord record;
  record.thread_ref = octavo_thread_ref();
  record.submission = submission("k");
  record.state = OutboxState::Sending;
  const std::optional<OutboxRecord> stored = parse_outbox_record(write_outbox_record(record));
  ASSERT_EQ(stored, record);
  outbox.load({*stored}, now);
  const Outbox::Effects asked = outbox.begin_sending(now);
  ASSERT_NE(only<CallEngine>(asked), nullptr);
  EXPECT_EQ(only<CallEngine>(asked)->call.method, "GET");
}

TEST_F(OutboxTest, WaitsAsLongAsTheEngineSaysAndNoLonger) {
  outbox.begin_sending(now);
  store_all(outbox.submit(octavo_thread_ref(), submission("k"), now));
  const Outbox::Effects waiting = answer("k", 429, R"({"code":"rate-limited","retry":"same","retry_after":40})");
  ASSERT_NE(only<SetTimer>(waiting), nullptr);
  // The clock counts whole seconds: after 40 of them 39 may have gone by.
  EXPECT_EQ(only<SetTimer>(waiting)->seconds, 41);
  now += 40;
  const Outbox::Effects early = outbox.timer_fired(now);
  ASSERT_NE(only<SetTimer>(early), nullptr);
  EXPECT_EQ(only<SetTimer>(early)->seconds, 1);
  EXPECT_NE(only<SetTimer>(outbox.online(now)), nullptr);
  EXPECT_NE(only<SetTimer>(store_all(outbox.send_again("k", "", now))), nullptr);
  ++now;
  EXPECT_NE(only<CallEngine>(store_all(outbox.timer_fired(now))), nullptr);
}

TEST_F(OutboxTest, AClockThatIsSetBackEndsAWait) {
  outbox.begin_sending(now);
  store_all(outbox.submit(octavo_thread_ref(), submission("k"), now));
  answer("k", 503, R"({"code":"engine-error","retry":"same","retry_after":40})");
  now = -5000;
  EXPECT_NE(only<CallEngine>(store_all(outbox.timer_fired(now))), nullptr);
}

TEST_F(OutboxTest, TheNetworkComingBackEndsItsWait) {
  outbox.begin_sending(now);
  store_all(outbox.submit(octavo_thread_ref(), submission("k"), now));
  answer("k", 0, "");
  EXPECT_NE(only<CallEngine>(outbox.online(now)), nullptr);
}

TEST_F(OutboxTest, LaterCommentsKeepTheirPlaceBehindOneThatWaits) {
  outbox.begin_sending(now);
  store_all(outbox.submit(octavo_thread_ref(), submission("k1"), now));
  store_all(outbox.submit(octavo_thread_ref(), submission("k0"), now));
  ThreadRef elsewhere = octavo_thread_ref();
  elsewhere.endpoint = "https://other.example/";
  store_all(outbox.submit(elsewhere, submission("k2"), now));
  const Outbox::Effects next = answer("k1", 0, "");
  ASSERT_NE(only<CallEngine>(next), nullptr);
  EXPECT_EQ(only<CallEngine>(next)->key, "k2");
}

TEST_F(OutboxTest, ARefusalKeepsTheTextAndLetsOthersPass) {
  outbox.begin_sending(now);
  store_all(outbox.submit(octavo_thread_ref(), submission("k1"), now));
  store_all(outbox.submit(octavo_thread_ref(), submission("k2"), now));
  const Outbox::Effects next = answer("k1", 403, R"({"code":"thread-closed","retry":"never"})");
  ASSERT_NE(only<CallEngine>(next), nullptr);
  EXPECT_EQ(only<CallEngine>(next)->key, "k2");
  EXPECT_EQ(outbox.find("k1")->reason, Refusal::Closed);
  EXPECT_EQ(outbox.find("k1")->submission.text, "Hello");
}

TEST_F(OutboxTest, AHeldCommentIsFollowedUntilItIsPublished) {
  outbox.begin_sending(now);
  store_all(outbox.submit(octavo_thread_ref(), submission("k"), now));
  const Outbox::Effects waiting = answer("k", 202, kHeld);
  ASSERT_NE(only<SetTimer>(waiting), nullptr);
  EXPECT_EQ(outbox.find("k")->submission.text, "Hello");
  now += only<SetTimer>(waiting)->seconds;
  ASSERT_NE(only<CallEngine>(outbox.timer_fired(now)), nullptr);
  answer("k", 0, "");
  EXPECT_EQ(state("k"), OutboxState::Held);
  now += 60;
  outbox.timer_fired(now);
  EXPECT_TRUE(answer("k", 200, R"({"state":"published","key":"author-key","comment":{"id":"c1","status":"published"}})").empty());
  EXPECT_EQ(state("k"), OutboxState::Published);
}

TEST_F(OutboxTest, AHeldCommentThatIsSeenInTheThreadIsPublished) {
  ThreadRef isso = octavo_thread_ref();
  isso.engine = CommentEngine::Isso;
  outbox.begin_sending(now);
  store_all(outbox.submit(isso, submission("k"), now));
  EXPECT_TRUE(answer("k", 202, R"({"id":7,"mode":2})").empty());
  Comment comment;
  comment.id = "7";
  store_all(outbox.seen(isso, {comment}, Outbox::Extent::Part, now));
  EXPECT_EQ(state("k"), OutboxState::Published);
}

TEST_F(OutboxTest, WhatAnEngineHasAlreadyIsFoundInTheThreadWhateverItMadeOfItsMarks) {
  ThreadRef word_press = octavo_thread_ref();
  word_press.engine = CommentEngine::WordPress;
  outbox.begin_sending(now);
  Submission sent = submission("k");
  sent.text = "It's \"quoted\" -- *and* :) 2 < 3";
  store_all(outbox.submit(word_press, sent, now));
  answer("k", 0, "");
  now = 2000;
  store_all(outbox.timer_fired(now));
  EXPECT_TRUE(answer("k", 409, R"({"code":"comment_duplicate","message":"Duplicate"})").empty());
  EXPECT_EQ(state("k"), OutboxState::Held) << "the engine does not say whether it is public";
  EXPECT_EQ(outbox.find("k")->submission.text, sent.text);
  Comment other;
  other.id = "6";
  other.created = DateTime{now, 0};
  other.author = "Ann";
  other.body = "<p>It is quoted</p>";
  Comment same = other;
  same.id = "7";
  same.body = "<p>It\u2019s \u201Cquoted\u201D \u2013 <em>and</em> \U0001F642 2 &lt; 3</p>";
  Comment elsewhere = same;
  elsewhere.parent = "5";
  store_all(outbox.seen(word_press, {other, elsewhere}, Outbox::Extent::Part, now));
  EXPECT_EQ(state("k"), OutboxState::Held);
  ThreadRef another_post = word_press;
  another_post.thread = "coffee";
  store_all(outbox.seen(another_post, {same}, Outbox::Extent::Part, now));
  EXPECT_EQ(state("k"), OutboxState::Held);
  store_all(outbox.seen(word_press, {other, same}, Outbox::Extent::Part, now));
  EXPECT_EQ(state("k"), OutboxState::Published);
  EXPECT_EQ(outbox.find("k")->comment_id, "7");
  EXPECT_EQ(outbox.find("k")->submission.text, "");
}

TEST_F(OutboxTest, WhereTheEngineCannotSayThePersonIsAsked) {
  ThreadRef isso = octavo_thread_ref();
  isso.engine = CommentEngine::Isso;
  isso.may_hold = true;
  outbox.begin_sending(now);
  store_all(outbox.submit(isso, submission("k"), now));
  answer("k", 0, "");
  store_all(outbox.online(now));
  EXPECT_TRUE(answer("k", 200, R"({"replies":[]})").empty());
  EXPECT_EQ(state("k"), OutboxState::Asking);
  const Outbox::Effects sent = store_all(outbox.send_again("k", "", now));
  ASSERT_NE(only<CallEngine>(sent), nullptr);
  EXPECT_EQ(only<CallEngine>(sent)->call.method, "POST");
}

TEST_F(OutboxTest, AStoreThatTakesNothingDoesNotKeepACommentBack) {
  outbox.begin_sending(now);
  const Outbox::Effects effects = outbox.submit(octavo_thread_ref(), submission("k"), now);
  const Outbox::Effects called = outbox.record_stored(only<StoreRecord>(effects)->ticket, Stored::No, now);
  EXPECT_NE(only<CallEngine>(called), nullptr);
  EXPECT_FALSE(outbox.is_kept());
}

TEST_F(OutboxTest, WhatIsUnderWayCannotBeTakenBack) {
  outbox.begin_sending(now);
  store_all(outbox.submit(octavo_thread_ref(), submission("k1"), now));
  store_all(outbox.submit(octavo_thread_ref(), submission("k2"), now));
  EXPECT_TRUE(outbox.withdraw("k1", now).empty());
  EXPECT_NE(only<ForgetRecord>(outbox.withdraw("k2", now)), nullptr);
  EXPECT_EQ(outbox.find("k2"), nullptr);
}

TEST_F(OutboxTest, AnotherPagesRecordsAreTakenOver) {
  outbox.begin_sending(now);
  store_all(outbox.submit(octavo_thread_ref(), submission("k1"), now));
  OutboxRecord other;
  other.thread_ref = octavo_thread_ref();
  other.submission = submission("k2");
  other.order = 5;
  // The store does not know of the call that is under way.
  EXPECT_TRUE(outbox.load({other}, now).empty());
  EXPECT_EQ(state("k1"), OutboxState::Sending);
  const Outbox::Effects next = answer("k1", 201, kPublished);
  ASSERT_NE(only<CallEngine>(next), nullptr);
  EXPECT_EQ(only<CallEngine>(next)->key, "k2");
}

TEST(OutboxRecord, DamagedOnesAreRefused) {
  for (const std::string_view text : {"", "{}", "[]", "{\"state\":\"queued\",\"engine\":\"octavo\",\"key\":\"k\"}",
                                      "{\"state\":\"sent\",\"engine\":\"octavo\",\"key\":\"k\",\"endpoint\":\"e\"}",
                                      "{\"state\":\"queued\",\"engine\":\"other\",\"key\":\"k\",\"endpoint\":\"e\"}"}) {
    EXPECT_FALSE(parse_outbox_record(text)) << text;
  }
}

}  // namespace
}  // namespace octavo
