// The conversation as its page drives it: events and effects through their messages, the blocks as HTML.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "browser/conversation_messages.h"
#include "core/base/json.h"
#include "core/comments/draft.h"
#include "core/comments/outbox_record.h"
#include "core/content/document/block_codec.h"
#include "core/content/html/semantic_tree.h"
#include "core/conversation/conversation.h"
#include "press/base/gumbo_parser.h"

namespace octavo {

inline constexpr std::string_view kCapabilities =
    R"({"version":1,"anonymous":true,"moderation":"none","text":{"min":1,"max":100,"images":false},"author":{"name":"required",)"
    R"("email":"optional","website":"hidden","name_max":64},"reactions":["like"],"consent":"I agree.","privacy_url":""})";
inline constexpr std::string_view kEmptyThread = R"({"comments":[],"thread":{"count":0,"state":"open","reactions":{}}})";

struct ConversationTest : testing::Test {
  GumboParser parser;
  std::unique_ptr<Conversation> conversation = std::make_unique<Conversation>(parser);
  Json effects;
  std::string html;
  std::int64_t now = 1'795'000'000;

  // As in the program.
  std::string handle(std::string_view event) {
    const Result<ConversationMessage> message = parse_conversation_message(event);
    return write_conversation_effects(message ? conversation->update(message->event, message->now) : ConversationEffects{});
  }
  void send(std::string_view members) {
    const std::string event = "{\"now\":" + std::to_string(now) + "," + std::string(members) + "}";
    effects = Json::parse(handle(event), "effects").value();
    for (std::size_t i = 0; i < effects.size(); ++i) {
      if (effects.at(i).get("type").string() == "show") html = html_of(effects.at(i).get("blocks"));
    }
  }
  static std::string html_of(const Json& rows) {
    Document document;
    document.root.kind = BlockKind::Section;
    document.root.children = decode_blocks(rows);
    number_blocks(document);
    return write_html(build_semantic_tree(document));
  }
  // The first effect of this type; null when there is none.
  Json effect(std::string_view type) const {
    for (std::size_t i = 0; i < effects.size(); ++i) {
      if (effects.at(i).get("type").string() == type) return effects.at(i);
    }
    return Json();
  }
  Json call_to(std::string_view part) const {
    for (std::size_t i = 0; i < effects.size(); ++i) {
      const Json each = effects.at(i);
      if (each.get("type").string() == "call" && each.get("url").string().find(part) != std::string_view::npos) return each;
    }
    return Json();
  }
  void open(std::string_view more = {}) {
    send(R"("type":"open","page":"posts/tea/","engine":"octavo","endpoint":"https://c.example/","thread":"tea","title":"Tea",)"
         R"("pageKey":"tab","drafts":[],"records":[])" +
         std::string(more));
  }
  void answer(const Json& call, int status, std::string_view body) {
    JsonWriter json;
    json.value(body);
    send("\"type\":\"answered\",\"call\":" + std::to_string(call.get("call").integer()) +
         ",\"status\":" + std::to_string(status) + ",\"body\":" + json.text());
  }
  void open_with(std::string_view thread) {
    open();
    const Json list = call_to("/comments");
    answer(call_to("capabilities"), 200, kCapabilities);
    answer(list, 200, thread);
  }
  void type(std::string_view text, std::string_view name = "Ann", bool consent = true) {
    JsonWriter json;
    json.begin_object().key("type").value("typed").key("text").value(text).key("name").value(name);
    json.key("consent").value(consent).key("caretBegin").value(1).key("caretEnd").value(2).end_object();
    send(json.text().substr(1, json.text().size() - 2));
  }
  // The store has saved the draft of the last event.
  void draft_saved() {
    send("\"type\":\"draft_saved\",\"revision\":" + std::to_string(effect("save_draft").get("newRevision").integer()));
  }
  // The store has saved what it was given; the effects are the next ones.
  void store_all() {
    while (!effect("store").is_null()) {
      send("\"type\":\"stored\",\"outcome\":\"stored\",\"ticket\":" + std::to_string(effect("store").get("ticket").integer()));
    }
  }
  bool shows(std::string_view part) const { return html.find(part) != std::string::npos; }
};

}  // namespace octavo
