// What holds for every engine, whatever it answers.
#include <gtest/gtest.h>

#include <array>
#include <set>

#include "core/comments/engine_table.h"
#include "press/base/gumbo_parser.h"

namespace octavo {
namespace {

ThreadRef thread_ref_of(CommentEngine engine) {
  return {engine, "https://comments.example/", "blog", "12", "Tea"};
}

// Anything that is not an id of a stored comment is no proof, whatever its status.
TEST(Engines, NoAnswerWithoutProofIsSuccess) {
  constexpr std::array<std::string_view, 9> kBodies = {"",
                                                       "<!doctype html><p>Please sign in to the Wi-Fi",
                                                       "{",
                                                       "{}",
                                                       "[]",
                                                       "null",
                                                       "{\"success\":false,\"message\":\"no\"}",
                                                       "{\"id\":null}",
                                                       "{\"id\":{}}"};
  for (const EngineTable& table : engine_tables()) {
    for (const int status : {0, 200, 201, 202, 204, 302, 400, 401, 403, 404, 409, 413, 418, 422, 429, 500, 502, 503, 504, 511}) {
      for (const std::string_view body : kBodies) {
        const SendOutcome outcome = create_outcome(thread_ref_of(table.engine), {status, std::string(body), 0});
        EXPECT_NE(outcome.kind, OutcomeKind::Published) << table.name << " " << status << " " << body;
        EXPECT_NE(outcome.kind, OutcomeKind::Held) << table.name << " " << status << " " << body;
        EXPECT_NE(outcome.reason, Refusal::None) << table.name << " " << status << " " << body;
        EXPECT_FALSE(refusal_text(outcome.reason).empty());
      }
    }
  }
}

// A success whose body got lost may have been stored; so may anything that broke on the way.
TEST(Engines, WhatMayHaveArrivedIsAskedForFirst) {
  for (const EngineTable& table : engine_tables()) {
    for (const int status : {0, 200, 201, 204, 408, 500, 502, 503, 504}) {
      const SendOutcome outcome = create_outcome(thread_ref_of(table.engine), {status, "<html>", 0});
      EXPECT_EQ(outcome.kind, OutcomeKind::Unknown) << table.name << " " << status;
    }
  }
}

TEST(Engines, WaitTimesOfTheAnswerAreKept) {
  for (const EngineTable& table : engine_tables()) {
    const SendOutcome outcome = create_outcome(thread_ref_of(table.engine), {429, "slow down", 77});
    EXPECT_EQ(outcome.kind, OutcomeKind::Retry) << table.name;
    EXPECT_EQ(outcome.wait_s, 77) << table.name;
  }
}

TEST(Engines, EveryRuleHasAReasonWithAText) {
  for (const EngineTable& table : engine_tables()) {
    std::set<std::string_view> signals;
    for (const RefusalRule& rule : table.rules) {
      EXPECT_FALSE(refusal_text(rule.reason).empty()) << table.name << " " << rule.signal;
      EXPECT_TRUE(signals.insert(rule.signal).second) << table.name << " has two rules for " << rule.signal;
    }
    EXPECT_EQ(comment_engine(table.name), table.engine);
  }
  EXPECT_EQ(comment_engine(""), CommentEngine::Octavo);
  EXPECT_EQ(comment_engine("disqus"), std::nullopt);
}

TEST(Engines, AddressesAreEncoded) {
  ThreadRef thread_ref = thread_ref_of(CommentEngine::Isso);
  thread_ref.thread = "/posts/tea & cake?x=1#y/";
  EXPECT_EQ(list_call(thread_ref, {}).url,
            "https://comments.example/?uri=/posts/tea%20%26%20cake%3Fx%3D1%23y/&limit=100&sort=oldest&offset=0");
}

TEST(Engines, AnAnswerTooLargeIsNotRead) {
  GumboParser parser;
  const HttpReply reply{200, "[" + std::string(5 * 1024 * 1024, ' ') + "]", 0};
  EXPECT_FALSE(parse_discussion(thread_ref_of(CommentEngine::WordPress), {}, reply, parser));
}

TEST(Engines, HostileAddressesAndNamesAreGone) {
  GumboParser parser;
  const HttpReply reply{200,
                        R"json([{"id":1,"parent":0,"author_name":"\u202Eevil\u202C &lt;b&gt;","author_url":"javascript:alert(1)",
                            "date_gmt":"yesterday","content":{"rendered":"x"},"link":"data:text/html,x","status":"approved"}])json",
                        0};
  const Result<Discussion> page = parse_discussion(thread_ref_of(CommentEngine::WordPress), {}, reply, parser);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->comments.size(), 1u);
  EXPECT_EQ(page->comments[0].author, "evil <b>");
  EXPECT_EQ(page->comments[0].website, "");
  EXPECT_EQ(page->comments[0].link, "");
  EXPECT_FALSE(page->comments[0].created);
}

TEST(CommentForm, SaysWhatTheEngineWouldRefuse) {
  CommentForm form;
  form.text_max = 10;
  form.email = FieldUse::Required;
  form.consent = "I agree.";
  Submission submission;
  EXPECT_EQ(check_submission(form, submission).reason, Refusal::Empty);
  submission.text = "  \n\u200B";
  EXPECT_EQ(check_submission(form, submission).reason, Refusal::Empty);
  submission.text = "Ω≈ç√∫˜µ≤≥÷¡";
  EXPECT_EQ(check_submission(form, submission).reason, Refusal::TooLong);
  submission.text = "Ω≈ç√∫˜µ≤≥÷";
  EXPECT_EQ(check_submission(form, submission).reason, Refusal::NameNeeded);
  submission.name = "Ann";
  EXPECT_EQ(check_submission(form, submission).reason, Refusal::EmailNeeded);
  submission.email = "ann";
  EXPECT_EQ(check_submission(form, submission).reason, Refusal::BadEmail);
  submission.email = "ann@blog.example";
  submission.website = "javascript:1";
  EXPECT_EQ(check_submission(form, submission).reason, Refusal::BadWebsite);
  submission.website = "https://ann.example";
  EXPECT_EQ(check_submission(form, submission).reason, Refusal::ConsentNeeded);
  submission.consent = true;
  EXPECT_EQ(check_submission(form, submission).reason, Refusal::None);
  form.is_closed = true;
  EXPECT_EQ(check_submission(form, submission).reason, Refusal::Closed);
}

TEST(Engines, ATimeBeyondAllYearsIsNoTime) {
  GumboParser parser;
  for (const char* time : {"1e300", "-1e300", "253402300800", "-62135596801", "9223372036854775807"}) {
    const std::string body = std::string(R"({"replies":[{"id":1,"text":"<p>Hello</p>","created":)") + time + "}]}";
    const Result<Discussion> found = parse_discussion(thread_ref_of(CommentEngine::Isso), {}, {200, body, 0}, parser);
    ASSERT_TRUE(found.ok() && found->comments.size() == 1U) << time;
    EXPECT_FALSE(found->comments[0].created.has_value()) << time;
  }
}

}  // namespace
}  // namespace octavo
