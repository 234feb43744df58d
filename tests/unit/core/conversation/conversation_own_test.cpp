// Authors change and delete what they have sent, and learn what has become of it, whatever breaks on the way.
#include "support/conversation_test.h"

namespace octavo {
namespace {

constexpr std::int64_t kWindowS = 900;

struct OwnCommentTest : ConversationTest {
  static std::string comment(std::string_view id, std::string_view source, std::string_view status = "published") {
    JsonWriter json;
    json.begin_object().key("id").value(id).key("status").value(status).key("body_source").value(source);
    json.key("body_html")
        .value("<p>" + std::string(source) + "</p>")
        .key("created")
        .value(format_rfc3339({1'795'000'000 - 60, 0}));
    json.key("author").begin_object().key("name").value("Ann").end_object().end_object();
    return json.take();
  }
  static std::string thread(const std::string& comments) {
    return R"({"comments":[)" + comments + R"(],"thread":{"count":2,"state":"open","reactions":{}}})";
  }
  std::string capabilities(std::int64_t server_ahead_s = 0) const {
    const std::string time = format_rfc3339({now + server_ahead_s, 0});
    return R"({"version":1,"anonymous":true,"text":{"min":1,"max":100},"author":{"name":"required","name_max":64},"edit_window_s":)" +
           std::to_string(kWindowS) + R"(,"server_time":")" + time + "\"}";
  }
  OutboxRecord record(OutboxState state = OutboxState::Published) const {
    OutboxRecord own;
    own.thread_ref = {CommentEngine::Octavo, "https://c.example/", "", "tea", "Tea"};
    own.submission.key = "k9";
    own.submission.name = "Ann";
    own.submission.written_at = now - 60;
    if (state == OutboxState::Held) own.submission.text = "Old text";
    own.state = state;
    own.comment_id = "9";
    own.author_key = "secret of the author";
    return own;
  }
  void open_own(const OutboxRecord& own, const std::string& comments, std::int64_t server_ahead_s = 0) {
    JsonWriter records;
    records.begin_array().value(write_outbox_record(own)).end_array();
    send(R"("type":"open","page":"posts/tea/","engine":"octavo","endpoint":"https://c.example/","thread":"tea","title":"Tea",)"
         R"("pageKey":"tab","drafts":[],"records":)" +
         records.take());
    const Json list = call_to("/comments?");
    answer(call_to("capabilities"), 200, capabilities(server_ahead_s));
    answer(list, 200, thread(comments));
  }
  void open_own() { open_own(record(), comment("8", "Another") + "," + comment("9", "Old text")); }
  void act(std::string_view action) { send("\"type\":\"action\",\"key\":\"k10\",\"action\":\"" + std::string(action) + "\""); }
  // Opens the comment in the form, changes and saves it; returns the request.
  Json save_edit(std::string_view text = "New text") {
    act("edit-own:9");
    type(text, "");
    act("send");
    return call_to("comments/9");
  }
  Json confirm_deletion() {
    act("delete:9");
    act("really-delete:9");
    return call_to("comments/9");
  }
  void answer_unsent(const Json& call) {
    send("\"type\":\"answered\",\"status\":0,\"body\":\"\",\"unsent\":true,\"call\":" +
         std::to_string(call.get("call").integer()));
  }
  bool has_edit_form() const { return shows("Edit your comment</h2>"); }
};

TEST_F(OwnCommentTest, OnlyOnesOwnCommentsHaveTheButtons) {
  open_own();
  EXPECT_TRUE(shows("data-action=\"comments:edit-own:9\" aria-label=\"Edit your comment\"")) << html;
  EXPECT_TRUE(shows("data-action=\"comments:delete:9\"")) << html;
  EXPECT_TRUE(shows("You can edit this until")) << html;
  EXPECT_FALSE(shows("comments:edit-own:8")) << html;
  EXPECT_FALSE(shows("comments:delete:8")) << html;
  OutboxRecord isso = record();
  isso.thread_ref = {CommentEngine::Isso, "https://c.example/", "", "tea", "Tea"};
  JsonWriter records;
  records.begin_array().value(write_outbox_record(isso)).end_array();
  send(
      R"("type":"open","page":"posts/tea/","engine":"isso","endpoint":"https://c.example/","thread":"tea","drafts":[],"records":)" +
      records.take());
  answer(call_to("uri=tea"), 200,
         R"({"replies":[{"id":9,"parent":null,"text":"<p>Old</p>","author":"Ann","created":1794999900.0}]})");
  EXPECT_TRUE(shows("(you)")) << html;
  EXPECT_FALSE(shows("comments:delete:")) << html;
}

TEST_F(OwnCommentTest, AnEditGoesFromItsOwnDraftToTheServer) {
  open_own();
  act("edit-own:9");
  EXPECT_EQ(effect("fill").get("text").string(), "Old text");
  EXPECT_EQ(effect("focus").get("field").string(), "text");
  EXPECT_TRUE(has_edit_form()) << html;
  EXPECT_FALSE(shows("octavo-name")) << html;
  type("New text", "");
  const std::string slot(effect("save_draft").get("slot").string());
  EXPECT_EQ(slot, draft_slot("posts/tea/", "edit:9"));
  act("send");
  const Json call = call_to("comments/9");
  EXPECT_EQ(call.get("method").string(), "PATCH");
  EXPECT_EQ(call.get("body").string(), R"({"body_source":"New text"})");
  EXPECT_EQ(call.get("headers").at(1).at(0).string(), "Comment-Key");
  EXPECT_EQ(call.get("headers").at(1).at(1).string(), "secret of the author");
  EXPECT_TRUE(shows("Saving…")) << html;
  act("send");
  EXPECT_TRUE(call_to("comments/9").is_null()) << "once is enough";
  answer(call, 200, comment("9", "New text"));
  EXPECT_EQ(effect("drop_draft").get("slot").string(), slot);
  EXPECT_EQ(effect("announce").get("text").string(), "Changed.");
  EXPECT_EQ(effect("focus").get("id").string(), "comment-9");
  EXPECT_EQ(effect("fill").get("text").string(), "");
  EXPECT_FALSE(has_edit_form()) << html;
  answer(call_to("/comments?"), 200, thread(comment("9", "New text")));
  EXPECT_TRUE(shows("<p>New text</p>")) << html;
}

TEST_F(OwnCommentTest, ALostAnswerToAnEditIsLookedUp) {
  open_own();
  answer(save_edit(), 0, "");
  const Json look = call_to("comments/9");
  EXPECT_EQ(look.get("method").string(), "GET");
  EXPECT_TRUE(effect("drop_draft").is_null()) << "nothing goes before there is proof";
  answer(look, 200, comment("9", " New text\n"));
  EXPECT_EQ(effect("announce").get("text").string(), "Changed.");
  EXPECT_FALSE(has_edit_form()) << html;
}

TEST_F(OwnCommentTest, AnEditThatHasNotArrivedStaysInTheForm) {
  open_own();
  answer(save_edit(), 502, "<html>Bad gateway</html>");
  answer(call_to("comments/9"), 200, comment("9", "Old text"));
  EXPECT_TRUE(shows("The change has not arrived.")) << html;
  EXPECT_TRUE(has_edit_form()) << html;
  EXPECT_TRUE(effect("drop_draft").is_null());
  act("send");
  answer(call_to("comments/9"), 0, "");
  answer(call_to("comments/9"), 0, "");
  EXPECT_TRUE(shows("nobody knows whether the change has arrived")) << html;
  EXPECT_TRUE(call_to("comments/9").is_null()) << "asked once, and again when the person wants it";
  act("send");
  answer_unsent(call_to("comments/9"));
  EXPECT_TRUE(shows("Not saved: there is no network.")) << html;
  EXPECT_TRUE(call_to("comments/9").is_null());
  act("send");
  answer(call_to("comments/9"), 429, R"({"code":"rate-limited","retry":"same","retry_after":7})");
  EXPECT_TRUE(shows("Not saved: the server asks you to wait.")) << html;
}

TEST_F(OwnCommentTest, AnEditThatComesTooLateSaysSoAndIsKept) {
  open_own();
  answer(save_edit(), 403, R"({"code":"edit-expired","retry":"never"})");
  EXPECT_TRUE(shows("It is too late to change this comment.")) << html;
  EXPECT_TRUE(effect("drop_draft").is_null());
  act("cancel-reply");
  EXPECT_TRUE(effect("drop_draft").is_null());
  act("edit-own:9");
  EXPECT_EQ(effect("fill").get("text").string(), "New text") << "the draft, not what is public";
}

TEST_F(OwnCommentTest, TheTimeForChangesIsRightUnderAWrongClock) {
  // The server's clock says that 14 minutes have passed, or that none has.
  for (const std::int64_t ahead : {-600, 780, 900}) {
    open_own(record(), comment("9", "Old text"), ahead);
    const std::int64_t until = now - 60 + kWindowS - ahead;
    const DateTime at{until, 0};
    const std::string text = "You can edit this until " + format_rfc3339(at).substr(11, 8) + ".";
    EXPECT_EQ(shows(text), until > now) << text << html;
    EXPECT_EQ(shows("comments:edit-own:9"), until > now) << html;
    EXPECT_TRUE(shows("comments:delete:9")) << html;
  }
}

TEST_F(OwnCommentTest, NothingChangedIsNothingSent) {
  open_own();
  act("edit-own:9");
  type("Old text ", "");
  act("send");
  EXPECT_TRUE(call_to("comments/9").is_null());
  EXPECT_EQ(effect("announce").get("text").string(), "Nothing was changed.");
  EXPECT_FALSE(effect("drop_draft").is_null());
  act("edit-own:9");
  type(std::string(101, 'x'), "");
  act("send");
  EXPECT_TRUE(call_to("comments/9").is_null());
  EXPECT_TRUE(shows("class=\"problem\"")) << html;
}

TEST_F(OwnCommentTest, DeletingAsksOnceMoreInPlace) {
  open_own();
  act("delete:9");
  EXPECT_TRUE(call_to("comments/9").is_null());
  EXPECT_TRUE(shows("Delete this comment for good?")) << html;
  EXPECT_EQ(effect("announce").get("text").string(), "Delete this comment for good?");
  act("delete:9");
  EXPECT_FALSE(shows("Delete this comment for good?")) << html;
  const Json call = confirm_deletion();
  EXPECT_EQ(call.get("method").string(), "DELETE");
  EXPECT_TRUE(shows("Deleting…")) << html;
  answer(call, 200, R"({"id":"9","status":"deleted"})");
  EXPECT_EQ(effect("announce").get("text").string(), "Deleted.");
  EXPECT_EQ(effect("forget").get("key").string(), "k9");
  EXPECT_EQ(effect("focus").get("id").string(), "comment-9");
  EXPECT_TRUE(shows("This comment was deleted.")) << html;
  EXPECT_FALSE(shows("Old text")) << html;
}

TEST_F(OwnCommentTest, ALostAnswerToADeletionIsLookedUp) {
  open_own();
  answer(confirm_deletion(), 0, "");
  answer(call_to("comments/9"), 200, comment("9", "Old text"));
  EXPECT_TRUE(shows("The comment is still there.")) << html;
  EXPECT_TRUE(effect("forget").is_null());
  act("really-delete:9");
  answer_unsent(call_to("comments/9"));
  EXPECT_TRUE(shows("Not deleted: there is no network.")) << html;
  act("really-delete:9");
  answer(call_to("comments/9"), 0, "");
  answer(call_to("comments/9"), 0, "");
  EXPECT_TRUE(shows("nobody knows whether the comment is deleted")) << html;
  act("really-delete:9");
  answer(call_to("comments/9"), 503, "");
  answer(call_to("comments/9"), 404, R"({"code":"comment-unknown","retry":"never"})");
  EXPECT_EQ(effect("forget").get("key").string(), "k9");
  EXPECT_TRUE(shows("This comment was deleted.")) << html;
}

TEST_F(OwnCommentTest, AHeldCommentCanBeChangedAndDeletedToo) {
  open_own(record(OutboxState::Held), comment("8", "Another"));
  EXPECT_TRUE(shows("Old text")) << html;
  answer(save_edit(), 200, comment("9", "New text", "held"));
  const std::optional<OutboxRecord> changed = parse_outbox_record(effect("store").get("record").string());
  ASSERT_TRUE(changed.has_value());
  EXPECT_EQ(changed->state, OutboxState::Held);
  EXPECT_EQ(changed->submission.text, "New text");
  EXPECT_TRUE(shows("New text")) << html;
  answer(confirm_deletion(), 200, R"({"id":"9","status":"deleted"})");
  EXPECT_EQ(effect("forget").get("key").string(), "k9");
  EXPECT_FALSE(shows("New text")) << html;
  EXPECT_EQ(effect("focus").get("id").string(), "comments");
}

TEST_F(OwnCommentTest, AChangeThatHasToWaitIsShownToItsAuthor) {
  open_own();
  answer(save_edit("Buy here"), 200, comment("9", "Buy here", "held"));
  EXPECT_EQ(effect("announce").get("text").string(), "Received. It appears after the owner has approved it.");
  answer(call_to("/comments?"), 200, thread(comment("8", "Another")));
  EXPECT_TRUE(shows("Buy here")) << html;
  EXPECT_TRUE(shows("It appears after the owner has approved it.")) << html;
}

}  // namespace
}  // namespace octavo
