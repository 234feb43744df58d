// What devices keep is read by every later release: drafts and records exactly as earlier ones have stored them.
#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/comments/draft.h"
#include "core/comments/outbox_record.h"

namespace octavo {
namespace {

// As the store and the export file have them; the file's entries are the same objects.
constexpr std::string_view kUnversionedDraft =
    R"({"slot":"posts/tea/\n7","page":"posts/tea/","parent":"7","text":"Two \u003ccups\u003e \u0026 more","name":"Ann",)"
    R"("email":"ann@blog.example","website":"https://ann.example/","caret_begin":3,"caret_end":4,"written_at":1764057600,)"
    R"("revision":12})";
// Of text that another app has shared to the blog.
constexpr std::string_view kSharedDraft =
    R"({"slot":"posts/tea/\n\nshared 1764057600000","page":"posts/tea/","parent":"","text":"Shared","written_at":1764057600,"revision":1})";
constexpr std::string_view kUnversionedRecord =
    R"({"state":"refused","engine":"isso","reason":"too-long","endpoint":"https://c.example/","site":"blog","thread":"tea",)"
    R"("title":"Tea","key":"k9","parent":"7","text":"Old text","name":"Ann","email":"ann@blog.example",)"
    R"("website":"https://ann.example/","token":"Bearer t","field":"text","detail":"Too long.","comment":"9",)"
    R"("author_key":"secret","order":3,"may_hold":1,"consent":1,"elapsed_ms":60000,"written_at":1764057600,"attempts":2,)"
    R"("waits_since":1764057700,"wait_s":15,"limit":100})";
// Published ones had lost their text by then.
constexpr std::string_view kUnversionedPublished =
    R"({"state":"published","engine":"octavo","reason":"none","endpoint":"https://c.example/","thread":"tea","title":"Tea",)"
    R"("key":"k9","name":"Ann","comment":"9","author_key":"secret","elapsed_ms":1000,"written_at":1764057600})";

TEST(StoredForms, ADraftWithoutAVersionIsRead) {
  const std::optional<Draft> draft = parse_draft(kUnversionedDraft);
  ASSERT_TRUE(draft);
  EXPECT_EQ(draft->slot, "posts/tea/\n7");
  EXPECT_EQ(draft->page, "posts/tea/");
  EXPECT_EQ(draft->parent, "7");
  EXPECT_EQ(draft->text, "Two <cups> & more");
  EXPECT_EQ(draft->name, "Ann");
  EXPECT_EQ(draft->email, "ann@blog.example");
  EXPECT_EQ(draft->website, "https://ann.example/");
  EXPECT_EQ(draft->caret_begin, 3U);
  EXPECT_EQ(draft->caret_end, 4U);
  EXPECT_EQ(draft->written_at, 1764057600);
  EXPECT_EQ(draft->revision, 12U);
  EXPECT_EQ(parse_draft(write_draft(*draft)), draft);
  ASSERT_TRUE(parse_draft(kSharedDraft));
  EXPECT_EQ(parse_draft(kSharedDraft)->text, "Shared");
}

TEST(StoredForms, ARecordWithoutAVersionIsRead) {
  const std::optional<OutboxRecord> record = parse_outbox_record(kUnversionedRecord);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->state, OutboxState::Refused);
  EXPECT_EQ(record->reason, Refusal::TooLong);
  EXPECT_EQ(record->field, FormField::Text);
  EXPECT_EQ(record->limit, 100);
  EXPECT_EQ(record->detail, "Too long.");
  const ThreadRef thread_ref = {CommentEngine::Isso, "https://c.example/", "blog", "tea", "Tea", true};
  EXPECT_EQ(record->thread_ref, thread_ref);
  Submission submission;
  submission.key = "k9";
  submission.parent = "7";
  submission.text = "Old text";
  submission.name = "Ann";
  submission.email = "ann@blog.example";
  submission.website = "https://ann.example/";
  submission.consent = true;
  submission.elapsed_ms = 60000;
  submission.written_at = 1764057600;
  submission.token = "Bearer t";
  EXPECT_EQ(record->submission, submission);
  EXPECT_EQ(record->order, 3U);
  EXPECT_EQ(record->attempts, 2U);
  EXPECT_EQ(record->waits_since, 1764057700);
  EXPECT_EQ(record->wait_s, 15);
  EXPECT_EQ(record->comment_id, "9");
  EXPECT_EQ(record->author_key, "secret");
  EXPECT_EQ(parse_outbox_record(write_outbox_record(*record)), record);
}

TEST(StoredForms, EveryStateOfARecordWithoutAVersionIsRead) {
  for (const OutboxState state : {OutboxState::Queued, OutboxState::Sending, OutboxState::Unsure, OutboxState::Asking,
                                  OutboxState::Held, OutboxState::Published, OutboxState::Refused}) {
    const std::string json = R"({"state":")" + std::string(outbox_state_name(state)) +
                             R"(","engine":"octavo","reason":"none","endpoint":"https://c.example/","key":"k"})";
    ASSERT_TRUE(parse_outbox_record(json)) << json;
    EXPECT_EQ(parse_outbox_record(json)->state, state);
  }
  ASSERT_TRUE(parse_outbox_record(kUnversionedPublished));
  EXPECT_EQ(parse_outbox_record(kUnversionedPublished)->author_key, "secret");
}

TEST(StoredForms, WhatIsWrittenSaysItsVersion) {
  EXPECT_EQ(Json::parse(write_draft(*parse_draft(kUnversionedDraft)), "draft")->get("version").integer(), 1);
  EXPECT_EQ(Json::parse(write_outbox_record(*parse_outbox_record(kUnversionedRecord)), "record")->get("version").integer(), 1);
}

TEST(StoredForms, WhatANewerReleaseHasStoredIsLeftToIt) {
  EXPECT_FALSE(parse_draft("{\"version\":2," + std::string(kUnversionedDraft.substr(1))));
  EXPECT_FALSE(parse_outbox_record("{\"version\":2," + std::string(kUnversionedRecord.substr(1))));
}

}  // namespace
}  // namespace octavo
