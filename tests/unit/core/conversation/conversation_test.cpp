// The conversation, event by event.
#include "support/conversation_test.h"

namespace octavo {
namespace {

TEST_F(ConversationTest, ShowsTheThreadAsItIsNested) {
  open_with(
      R"({"comments":[{"id":"1","status":"published","author":{"name":"Bob","url":"https://bob.example/"},"created":"2026-11-20T10:00:00Z",)"
      R"("body_html":"<p>First <a href=\"https://x.example\">link</a></p>","permalink":""},{"id":"2","status":"published","parent":"1",)"
      R"("author":{"name":"Cid"},"created":"2026-11-20T11:30:00Z","body_html":"<p>Answer</p>"}],"thread":{"count":2,"state":"open",)"
      R"("reactions":{"like":3}}})");
  EXPECT_TRUE(shows("2 Replies")) << html;
  EXPECT_TRUE(shows("id=\"comment-1\"")) << html;
  EXPECT_TRUE(shows("<a href=\"https://bob.example/\" rel=\"nofollow ugc noopener\">Bob</a>")) << html;
  EXPECT_TRUE(shows("<a href=\"#comment-1\"><time datetime=\"2026-11-20T10:00:00Z\">20 November 2026, 10:00</time></a>")) << html;
  EXPECT_LT(html.find("First"), html.find("class=\"replies\"")) << html;
  EXPECT_LT(html.find("class=\"replies\""), html.find("Answer")) << html;
  EXPECT_TRUE(shows("data-action=\"comments:reply:1\" aria-label=\"Reply to Bob\"")) << html;
  EXPECT_EQ(effect("show").get("likes").integer(), 3);
}

TEST_F(ConversationTest, TheFormOffersWhatTheServerTakes) {
  open_with(kEmptyThread);
  EXPECT_TRUE(shows("No replies yet")) << html;
  EXPECT_TRUE(shows("<textarea id=\"octavo-text\"")) << html;
  EXPECT_TRUE(shows("<input id=\"octavo-email\" data-own-text=\"set\" type=\"email\" autocomplete=\"email\"")) << html;
  EXPECT_FALSE(shows("octavo-website")) << html;
  EXPECT_TRUE(shows("<label for=\"octavo-consent\">I agree.</label>")) << html;
}

TEST_F(ConversationTest, NothingIsSentThatWouldBeRefused) {
  open_with(kEmptyThread);
  type(std::string(101, 'x'));
  send(R"("type":"action","action":"send","key":"k1")");
  EXPECT_TRUE(effect("store").is_null());
  EXPECT_TRUE(shows("class=\"problem\"")) << html;
  EXPECT_EQ(effect("focus").get("field").string(), "text");
  type("Hello", "Ann", false);
  EXPECT_FALSE(shows("class=\"problem\"")) << html;
  send(R"("type":"action","action":"send","key":"k1")");
  EXPECT_EQ(effect("focus").get("field").string(), "consent");
  EXPECT_TRUE(effect("store").is_null());
}

TEST_F(ConversationTest, ACommentGoesFromDraftToStoreToServer) {
  open_with(kEmptyThread);
  send(R"("type":"sending")");
  type("Hello *there*");
  const Json saved = effect("save_draft");
  EXPECT_EQ(parse_draft(saved.get("draft").string())->text, "Hello *there*");
  EXPECT_EQ(parse_draft(saved.get("draft").string())->caret_end, 2u);
  draft_saved();
  send(R"("type":"action","action":"send","key":"k1")");
  const Json stored = effect("store");
  EXPECT_EQ(stored.get("slot").string(), saved.get("slot").string());
  EXPECT_EQ(parse_outbox_record(stored.get("record").string())->submission.text, "Hello *there*");
  EXPECT_TRUE(call_to("comments").is_null()) << "not before it is in the store";
  EXPECT_TRUE(effect("fill").is_null()) << "the text stays in the form until then";
  EXPECT_TRUE(shows("Sending…")) << html;
  EXPECT_TRUE(shows("Hello <em>there</em>")) << html;
  send("\"type\":\"stored\",\"outcome\":\"stored\",\"ticket\":" + std::to_string(stored.get("ticket").integer()));
  ASSERT_FALSE(effect("fill").is_null());
  EXPECT_EQ(effect("fill").get("text").string(), "");
  const Json call = call_to("comments");
  EXPECT_EQ(call.get("method").string(), "POST");
  answer(call, 201, R"({"status":"published","key":"author","comment":{"id":"9","status":"published"}})");
  const Json proof = effect("store");
  EXPECT_EQ(parse_outbox_record(proof.get("record").string())->state, OutboxState::Published);
  EXPECT_EQ(effect("announce").get("text").string(), "Published.");
  const Json list = call_to("/comments?");
  EXPECT_FALSE(list.is_null()) << "the thread is asked for it";
  EXPECT_TRUE(shows("1 Reply")) << html;
  EXPECT_TRUE(shows("Hello <em>there</em>")) << "it stays visible until the thread has it" << html;
  store_all();
  answer(list, 0, "");
  EXPECT_TRUE(shows("Hello <em>there</em>")) << "also when the thread cannot be loaded" << html;
  now += 15;
  send(R"("type":"timer_fired")");
  answer(call_to("/comments?"), 200,
         R"({"comments":[{"id":"9","status":"published","author":{"name":"Ann"},"body_html":"<p>Hello <em>there</em></p>"}],)"
         R"("thread":{"count":1,"state":"open"}})");
  EXPECT_EQ(html.find("Hello <em>there</em>"), html.rfind("Hello <em>there</em>")) << html;
  EXPECT_EQ(parse_outbox_record(effect("store").get("record").string())->submission.text, "");
}

TEST_F(ConversationTest, AServerThatWasDownIsAskedAgainForThreadAndForm) {
  open();
  const Json list = call_to("/comments?");
  answer(call_to("capabilities"), 0, "");
  answer(list, 0, "");
  EXPECT_TRUE(shows("cannot be reached")) << html;
  const std::int64_t wait = effect("set_timer").get("seconds").integer();
  EXPECT_GT(wait, 0);
  now += wait;
  send(R"("type":"timer_fired")");
  const Json second_list = call_to("/comments?");
  answer(call_to("capabilities"), 503, "");
  answer(second_list, 503, "");
  EXPECT_TRUE(shows("busy or broken")) << html;
  EXPECT_GT(effect("set_timer").get("seconds").integer(), wait) << "each time later";
  now += effect("set_timer").get("seconds").integer();
  send(R"("type":"timer_fired")");
  const Json form = call_to("capabilities");
  answer(call_to("/comments?"), 200, kEmptyThread);
  EXPECT_TRUE(shows("No replies yet")) << html;
  EXPECT_FALSE(shows("I agree.")) << html;
  answer(form, 200, kCapabilities);
  EXPECT_TRUE(shows("I agree.")) << "the settings are read again, too" << html;
}

TEST_F(ConversationTest, AnAnswerOfTheServerEndsTheWaitForTheThread) {
  open();
  const Json form = call_to("capabilities");
  answer(call_to("/comments?"), 0, "");
  answer(form, 200, kCapabilities);
  EXPECT_FALSE(call_to("/comments?").is_null());
}

TEST_F(ConversationTest, ACommentThatTheServerHasFromSomebodyElseIsRefusedWithItsText) {
  open_with(kEmptyThread);
  send(R"("type":"sending")");
  type("Thanks!");
  send(R"("type":"action","action":"send","key":"k1")");
  store_all();
  answer(call_to("comments"), 409, R"({"code":"duplicate","comment":"7","retry":"never"})");
  const std::optional<OutboxRecord> record = parse_outbox_record(effect("store").get("record").string());
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->state, OutboxState::Refused);
  EXPECT_EQ(record->comment_id, "") << "another person's comment is not this one";
  EXPECT_EQ(record->submission.text, "Thanks!");
  EXPECT_TRUE(shows("The same comment is there already. Your text is kept.")) << html;
}

TEST_F(ConversationTest, WhatIsWrittenWhileTheStoreIsSlowIsTheNextComment) {
  for (const std::string_view since : {"Hello and more", " and more"}) {
    open_with(kEmptyThread);
    type("Hello");
    draft_saved();
    send(R"("type":"action","action":"send","key":"k1")");
    const Json stored = effect("store");
    type(since);
    send("\"type\":\"stored\",\"outcome\":\"stored\",\"ticket\":" + std::to_string(stored.get("ticket").integer()));
    EXPECT_EQ(effect("fill").get("text").string(), " and more");
    EXPECT_EQ(parse_draft(effect("save_draft").get("draft").string())->text, " and more");
    conversation = std::make_unique<Conversation>(parser);
  }
}

TEST_F(ConversationTest, WhatWasSentDoesNotComeBackIntoTheFormWhereNothingIsKept) {
  open_with(kEmptyThread);
  send(R"("type":"sending")");
  type("Hello");
  send("\"type\":\"draft_failed\",\"revision\":" + std::to_string(effect("save_draft").get("newRevision").integer()));
  send(R"("type":"action","action":"send","key":"k1")");
  send("\"type\":\"stored\",\"outcome\":\"refused\",\"ticket\":" + std::to_string(effect("store").get("ticket").integer()));
  EXPECT_EQ(effect("fill").get("text").string(), "");
  EXPECT_TRUE(effect("save_draft").is_null());
}

TEST_F(ConversationTest, ARefusalSaysWhyAndKeepsTheText) {
  open_with(kEmptyThread);
  send(R"("type":"sending")");
  type("Hello");
  send(R"("type":"action","action":"send","key":"k1")");
  send("\"type\":\"stored\",\"outcome\":\"stored\",\"ticket\":" + std::to_string(effect("store").get("ticket").integer()));
  answer(call_to("comments"), 403, R"({"type":"x","code":"thread-closed","retry":"never"})");
  EXPECT_TRUE(shows("Not accepted. Comments are closed")) << html;
  send("\"type\":\"stored\",\"outcome\":\"stored\",\"ticket\":" + std::to_string(effect("store").get("ticket").integer()));
  send(R"("type":"action","action":"edit:k1")");
  EXPECT_EQ(effect("fill").get("text").string(), "Hello");
  EXPECT_EQ(parse_draft(effect("save_draft").get("draft").string())->text, "Hello");
  EXPECT_TRUE(effect("forget").is_null()) << "it leaves when its draft is saved";
  draft_saved();
  EXPECT_EQ(effect("forget").get("key").string(), "k1");
}

TEST_F(ConversationTest, EachPlaceHasItsOwnDraft) {
  open_with(kEmptyThread);
  type("To the post");
  draft_saved();
  send(R"("type":"action","action":"reply:7")");
  EXPECT_EQ(effect("fill").get("text").string(), "");
  EXPECT_TRUE(shows("Cancel reply")) << html;
  type("To the comment");
  draft_saved();
  send(R"("type":"action","action":"cancel-reply")");
  EXPECT_EQ(effect("fill").get("text").string(), "To the post");
  send(R"("type":"action","action":"kept")");
  EXPECT_TRUE(shows("Drafts and comments kept here: 2")) << html;
  EXPECT_TRUE(shows("To the comment")) << html;
}

TEST_F(ConversationTest, ADraftOfAnotherWindowIsKeptToo) {
  open_with(kEmptyThread);
  type("Mine");
  Draft other;
  other.slot = draft_slot("posts/tea/", "");
  other.page = "posts/tea/";
  other.text = "Theirs";
  other.revision = 1;
  JsonWriter json;
  json.value(write_draft(other));
  send("\"type\":\"draft_conflict\",\"revision\":" + std::to_string(effect("save_draft").get("newRevision").integer()) +
       ",\"draft\":" + json.text());
  EXPECT_TRUE(shows("“Theirs”")) << html;
  EXPECT_NE(effect("save_draft").get("slot").string(), other.slot);
  send(R"("type":"action","action":"add-other")");
  EXPECT_EQ(effect("fill").get("text").string(), "Mine\n\nTheirs");
}

TEST_F(ConversationTest, ADraftComesBackWithItsFieldsAndOneOfAnotherSlotJoinsIt) {
  Draft mine;
  mine.slot = draft_slot("posts/tea/", "");
  mine.page = "posts/tea/";
  mine.text = "Mine";
  mine.name = "Ann";
  mine.caret_begin = mine.caret_end = 2;
  mine.revision = 3;
  Draft imported = mine;
  imported.slot += "\nimported";
  imported.text = "From a file";
  JsonWriter json;
  json.begin_array().value(write_draft(mine)).value(write_draft(imported)).end_array();
  send(R"("type":"open","page":"posts/tea/","endpoint":"https://c.example/","thread":"tea","records":[],"drafts":)" +
       json.take());
  EXPECT_EQ(effect("fill").get("text").string(), "Mine");
  EXPECT_EQ(effect("fill").get("name").string(), "Ann");
  EXPECT_EQ(effect("fill").get("caretBegin").integer(), 2);
  JsonWriter action;
  action.value("open:" + imported.slot);
  send("\"type\":\"action\",\"action\":" + action.text());
  EXPECT_EQ(effect("fill").get("text").string(), "Mine\n\nFrom a file");
  EXPECT_EQ(parse_draft(effect("save_draft").get("draft").string())->text, "Mine\n\nFrom a file");
  EXPECT_EQ(effect("save_draft").get("revision").integer(), 3);
  EXPECT_EQ(effect("drop_draft").get("slot").string(), imported.slot);
}

TEST_F(ConversationTest, AThreadSeenBeforeIsShownWithItsAge) {
  open(
      R"(,"cached":"{\"comments\":[{\"id\":\"1\",\"author\":{\"name\":\"Bob\"},\"body_html\":\"<p>Old</p>\"}],\"thread\":{\"count\":1}}",)"
      R"("cachedAt":1794990000)");
  answer(call_to("/comments"), 0, "");
  EXPECT_TRUE(shows("As of 18 November 2026")) << html;
  EXPECT_TRUE(shows("Old")) << html;
  EXPECT_TRUE(shows("data-action=\"comments:reload\"")) << html;
}

TEST_F(ConversationTest, BelowEarlierCommentsTheHeadingSpeaksOfNewerOnes) {
  open(R"(,"followsPrebuilt":true)");
  answer(call_to("/comments"), 200, kEmptyThread);
  EXPECT_TRUE(shows("No newer replies yet")) << html;
  EXPECT_TRUE(effect("show").get("hasThread").boolean());
}

TEST_F(ConversationTest, WhatComesOfAFileIsSaid) {
  open_with(kEmptyThread);
  send(R"("type":"imported","ok":true,"drafts":2,"records":1)");
  EXPECT_TRUE(shows("Imported. Drafts: 2, comments: 1.")) << html;
  EXPECT_EQ(effect("announce").get("text").string(), "Imported. Drafts: 2, comments: 1.");
  send(R"("type":"imported","ok":false)");
  EXPECT_TRUE(shows("Nothing was imported")) << html;
  send(R"("type":"action","action":"kept")");
  EXPECT_FALSE(shows("Nothing was imported")) << html;
  send(R"("type":"imported","ok":false)");
  open_with(kEmptyThread);
  EXPECT_FALSE(shows("Nothing was imported")) << html;
}

TEST_F(ConversationTest, HostileTextBecomesText) {
  JsonWriter json;
  json.begin_object().key("comments").begin_array().begin_object().key("id").value("1\" onmouseover=\"x").key("author");
  json.begin_object().key("name").value("<b>\u202Eevil</b>").key("url").value("javascript:alert(1)").end_object();
  json.key("body_html")
      .value(
          "<p onclick='x'>a<script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>b</a>"
          "<form action=x><input name=y></form></p>");
  json.end_object().end_array().key("thread").begin_object().key("count").value(1).end_object().end_object();
  open_with(json.text());
  EXPECT_FALSE(shows("<script")) << html;
  EXPECT_FALSE(shows("onclick")) << html;
  EXPECT_FALSE(shows("javascript:")) << html;
  EXPECT_FALSE(shows("<img")) << html;
  EXPECT_FALSE(shows("<form")) << html;
  EXPECT_FALSE(shows("\u202E")) << html;
  EXPECT_FALSE(shows("id=\"comment-1")) << html;
}

TEST_F(ConversationTest, NonsenseChangesNothing) {
  for (const char* event :
       {"", "[", "null", "{}", R"({"type":"answered","call":7,"status":200,"body":"x"})", R"({"type":"action","action":"send"})",
        R"({"type":"action","action":"dance"})", R"({"type":"stored","ticket":99,"outcome":"stored"})"}) {
    EXPECT_EQ(handle(event), "[]") << event;
  }
}

constexpr std::string_view kMembersOnly =
    R"({"version":1,"anonymous":false,"moderation":"none","text":{"min":1,"max":100},"author":{"name":"required","email":"optional",)"
    R"("website":"optional","name_max":64},"providers":[{"id":"wp","label":"WordPress.com"},{"id":"fb","label":"Facebook"}]})";

TEST_F(ConversationTest, ReadersSignInWhileTheyWrite) {
  open();
  const Json list = call_to("/comments");
  answer(call_to("capabilities"), 200, kMembersOnly);
  answer(list, 200, kEmptyThread);
  EXPECT_TRUE(shows("Only people who are signed in")) << html;
  EXPECT_TRUE(shows("<textarea id=\"octavo-text\"")) << html;
  EXPECT_TRUE(shows("aria-label=\"Log in with Facebook\"")) << html;
  type("My text", "");
  send(R"("type":"action","action":"send","key":"0123456789abcdef")");
  EXPECT_TRUE(effect("store").is_null());

  send(R"("type":"action","action":"sign-in:wp")");
  EXPECT_EQ(effect("sign_in").get("provider").string(), "wp");
  EXPECT_EQ(effect("sign_in").get("endpoint").string(), "https://c.example/");
  EXPECT_TRUE(shows("Connecting to WordPress.com …")) << html;
  EXPECT_FALSE(shows("Log in with Facebook")) << html;

  send(R"("type":"signed_in","token":"t","name":"Ann","label":"WordPress.com")");
  EXPECT_EQ(effect("announce").get("text").string(), "Signed in as Ann.");
  EXPECT_EQ(effect("focus").get("field").string(), "text");
  EXPECT_TRUE(shows("Ann, signed in with WordPress.com")) << html;
  EXPECT_FALSE(shows("octavo-name")) << html;
  send(R"("type":"action","action":"send","key":"0123456789abcdef")");
  const std::optional<OutboxRecord> record = parse_outbox_record(effect("store").get("record").string());
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->submission.token, "Bearer t");
  EXPECT_EQ(record->submission.text, "My text");
}

TEST_F(ConversationTest, AImageStandsBesideTheNameWhereThePageMayShowIt) {
  open(R"(,"session":{"token":"t","name":"Ann van Dijk","label":"GitHub","image":"https://faces.example/a.png"})");
  EXPECT_TRUE(shows("<img src=\"https://faces.example/a.png\" alt=\"\" width=\"32\" height=\"32\"")) << html;
  EXPECT_TRUE(shows("Ann van Dijk, signed in with GitHub")) << html;
  EXPECT_FALSE(shows("<strong>")) << html;
  for (const char* image : {"", "javascript:alert(1)", "face.png"}) {
    open(R"(,"session":{"token":"t","name":"Änn van Öijk","label":"GitHub","image":")" + std::string(image) + "\"}");
    EXPECT_TRUE(shows("<strong>ÄÖ</strong>")) << html;
    EXPECT_FALSE(shows("<img")) << html;
  }
  open(R"(,"session":{"token":"t","name":"Ann","label":"GitHub"})");
  EXPECT_TRUE(shows("<strong>A</strong>")) << html;
}

TEST_F(ConversationTest, ASessionIsChangedAndEnded) {
  open(R"(,"session":{"token":"t","name":"Ann","label":"WordPress.com"})");
  answer(call_to("capabilities"), 200, kMembersOnly);
  EXPECT_TRUE(shows("Ann, signed in with")) << html;
  send(R"("type":"action","action":"change")");
  EXPECT_TRUE(shows("Log in with Facebook")) << html;
  send(R"("type":"action","action":"sign-in:fb")");
  send(R"("type":"sign_in_ended","why":"denied","label":"Facebook")");
  EXPECT_TRUE(shows("you declined at Facebook")) << html;
  EXPECT_TRUE(shows("Ann, signed in with")) << html;  // still
  send(R"("type":"action","action":"log-out")");
  EXPECT_EQ(effect("sign_out").get("endpoint").string(), "https://c.example/");
  EXPECT_FALSE(shows("Ann, signed in with")) << html;
}

TEST_F(ConversationTest, ConnectingCanBeCanceled) {
  open();
  answer(call_to("capabilities"), 200, kMembersOnly);
  send(R"("type":"action","action":"sign-in:unknown")");
  EXPECT_TRUE(effect("sign_in").is_null());
  send(R"("type":"action","action":"sign-in:wp")");
  send(R"("type":"action","action":"cancel-sign-in")");
  EXPECT_FALSE(effect("cancel_sign_in").is_null());
  EXPECT_TRUE(shows("Log in with Facebook")) << html;
}

// ---- Other engines ---------------------------------------------------------------------------------------------------------

TEST_F(ConversationTest, WhereNobodyCanWriteThePageSaysWhereCommentsAreWritten) {
  send(
      R"("type":"open","page":"posts/tea/","engine":"mastodon","endpoint":"https://social.example/","thread":"109","drafts":[],"records":[])");
  answer(
      call_to("api/v1/statuses/109/context"), 200,
      R"({"descendants":[{"id":"1","in_reply_to_id":"109","visibility":"public","content":"<p>Lovely</p>","account":{"acct":"ann"}}]})");
  EXPECT_TRUE(shows("Lovely")) << html;
  EXPECT_TRUE(shows("write yours at social.example")) << html;
  EXPECT_FALSE(shows("<textarea")) << html;
  EXPECT_FALSE(shows("comments:reply:1")) << html;
}

TEST_F(ConversationTest, ALostAnswerOfAnEngineThatMayHoldIsLeftToThePerson) {
  send(
      R"("type":"open","page":"posts/tea/","engine":"isso","endpoint":"https://i.example/","thread":"/tea/","drafts":[],"records":[])");
  answer(call_to("config"), 200, R"({"moderation":true})");
  send(R"("type":"sending")");
  type("Hello");
  send(R"("type":"action","action":"send","key":"k1")");
  send("\"type\":\"stored\",\"outcome\":\"stored\",\"ticket\":" + std::to_string(effect("store").get("ticket").integer()));
  answer(call_to("new?uri="), 0, "");
  send("\"type\":\"stored\",\"outcome\":\"stored\",\"ticket\":" + std::to_string(effect("store").get("ticket").integer()));
  now += 60;
  send(R"("type":"timer_fired")");
  answer(call_to("plain=1"), 200, R"({"replies":[]})");
  EXPECT_TRUE(shows("Nobody knows whether this has arrived")) << html;
}

}  // namespace
}  // namespace octavo
