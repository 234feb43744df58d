// The conversation's messages: which become events, and which do not.
#include "browser/conversation_messages.h"

#include <gtest/gtest.h>

#include "core/base/json.h"

namespace octavo {
namespace {

template <typename Event>
Event event_of(std::string_view json) {
  const Result<ConversationMessage> message = parse_conversation_message(json);
  const Event* event = message ? std::get_if<Event>(&message->event) : nullptr;
  EXPECT_NE(event, nullptr) << json;
  return event == nullptr ? Event{} : *event;
}

TEST(ConversationMessages, OnlyEventsAreRead) {
  for (const char* json : {"", "[", "null", "{}", R"({"type":"dance"})", R"({"type":"action"})",
                           R"({"type":"action","action":"dance:1"})", R"({"type":"action","action":"replyx"})"}) {
    EXPECT_FALSE(parse_conversation_message(json)) << json;
  }
  EXPECT_EQ(parse_conversation_message(R"({"type":"timer_fired","now":7})")->now, 7);
}

TEST(ConversationMessages, EveryActionHasOneName) {
  for (int i = 0; i <= static_cast<int>(ActionKind::Import); ++i) {
    const ConversationAction action{static_cast<ActionKind>(i), "a:b\nc"};
    const std::optional<ConversationAction> read = parse_action(action_name(action));
    ASSERT_TRUE(read) << action_name(action);
    EXPECT_EQ(read->kind, action.kind);
    EXPECT_EQ(read->object, action.object);
  }
  EXPECT_EQ(action_name({ActionKind::Send, ""}), "send");
}

TEST(ConversationMessages, EveryTargetOfATextHasOneName) {
  const std::pair<ComposeTarget, std::string_view> cases[] = {
      {ComposeTarget{}, ""}, {ComposeTarget::reply_to("7"), "7"}, {ComposeTarget::edit("7"), "edit:7"}};
  for (const auto& [target, name] : cases) {
    EXPECT_EQ(compose_target_name(target), name);
    EXPECT_EQ(compose_target_from_name(name), target) << name;
  }
  EXPECT_EQ(ComposeTarget::reply_to("7").edited(), "");
  EXPECT_EQ(ComposeTarget::edit("7").parent(), "");
  EXPECT_EQ(event_of<ConversationOpened>(R"({"type":"open","now":5,"parent":"edit:7"})").target, ComposeTarget::edit("7"));
}

TEST(ConversationMessages, AnOpenedPageHasWhatItsStoreHolds) {
  const auto opened = event_of<ConversationOpened>(
      R"json({"type":"open","now":5,"page":"posts/tea/","engine":"isso","endpoint":"https://c.example/","session":null,"fields":{},)json"
      R"json("drafts":["nothing","{\"slot\":\"s\",\"text\":\"t\"}"],"records":["{}"],"zone":-60})json");
  EXPECT_EQ(opened.thread_ref.engine, CommentEngine::Isso);
  EXPECT_EQ(opened.zone_minutes, -60);
  EXPECT_FALSE(opened.session);
  EXPECT_FALSE(opened.person);
  EXPECT_TRUE(opened.is_kept);
  ASSERT_EQ(opened.drafts.size(), 1U);
  EXPECT_EQ(opened.drafts[0].text, "t");
  EXPECT_TRUE(opened.records.empty());
}

TEST(ConversationMessages, ADraftThatCannotBeReadIsInTheWayAllTheSame) {
  EXPECT_EQ(event_of<DraftConflict>(R"({"type":"draft_conflict","draft":"{\"version\":99}"})").stored, Draft{});
}

TEST(ConversationMessages, EveryEffectSaysItsType) {
  const ConversationEffects effects = {ShowConversation{}, CallServer{},  StoreRecord{},  ForgetRecord{}, SetTimer{},
                                       SaveDraft{},        DropDraft{},   FillForm{},     FocusField{},   FocusElement{},
                                       AnnounceChange{},   BeginSignIn{}, CancelSignIn{}, EndSession{},   RememberFields{},
                                       LikeSent{},         CacheThread{}, CopyText{},     OpenPage{},     CountUnfinished{}};
  constexpr std::string_view kTypes[] = {"show",       "call",       "store",          "forget",    "set_timer",
                                         "save_draft", "drop_draft", "fill",           "focus",     "focus",
                                         "announce",   "sign_in",    "cancel_sign_in", "sign_out",  "remember",
                                         "like_sent",  "cache",      "copy",           "open_page", "outbox"};
  ASSERT_EQ(effects.size(), std::variant_size_v<ConversationEffect>);
  const Json written = Json::parse(write_conversation_effects(effects), "effects").value();
  ASSERT_EQ(written.size(), effects.size());
  for (std::size_t i = 0; i < effects.size(); ++i) EXPECT_EQ(written.at(i).get("type").string(), kTypes[i]);
}

}  // namespace
}  // namespace octavo
