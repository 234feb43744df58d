// What a conversation remembers, and its steps; conversation.cpp, conversation_writing.cpp and conversation_own.cpp have them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/conversation/conversation.h"
#include "core/conversation/conversation_page.h"

namespace octavo {

// What a request was for.
enum class Asked : std::uint8_t { Thread, MoreOfThread, Form, Outbox, Like, Change, ChangeLook };

// The place of a draft that changes a comment begins with this, and goes on with the comment's id.
inline constexpr std::string_view kEditedComment = "edit:";

inline std::string text_of(const Json& json, std::string_view key) {
  return std::string(json.get(key).string());
}

inline std::uint32_t count_of(const Json& json, std::string_view key) {
  const std::int64_t count = json.get(key).integer();
  return count > 0 && count <= UINT32_MAX ? static_cast<std::uint32_t>(count) : 0;
}

struct Conversation::State {
  explicit State(HtmlParser& html_parser) : parser(html_parser), outbox(html_parser) {}

  HtmlParser& parser;
  JsonWriter effects;
  std::int64_t now = 0;
  std::int32_t zone_minutes = 0;

  // Where we are.
  ThreadRef place;
  std::string page;  // path of the post's page
  std::string page_key;
  std::int64_t opened_at = 0;

  // What the engine says.
  CommentForm form;
  Discussion discussion;
  ConversationView::Thread thread = ConversationView::Thread::Loading;
  std::string failure;
  std::optional<DateTime> as_of;
  bool is_loading_more = false;
  bool newest_first = false;
  bool follows_known = false;  // the page has earlier comments
  ListQuery query;
  struct Call {
    Asked asked = Asked::Thread;
    std::string key;  // of a record
    bool on = false;  // Like
  };
  std::map<std::uint32_t, Call> calls;
  std::uint32_t last_call = 0;
  std::string reader_key;
  bool is_liked = false;

  // Who the reader is.
  struct Session {
    std::string token;  // empty = nobody is signed in
    std::string name;
    std::string label;  // of the provider
    std::string image;
  };
  Session session;
  std::string connecting;  // label of a provider
  bool is_choosing = false;
  CommentForm shown_form;  // what is left to fill in

  // What the reader writes.
  Submission typed;  // without key
  bool wants_remembering = false;
  std::string reply_to;
  DraftKeeper keeper{""};
  std::vector<Draft> drafts;
  Outbox outbox;
  // A comment on its way into the store: its text stays in the form until it is there.
  struct Storing {
    std::string key;  // empty = none
    std::uint64_t ticket = 0;
    std::string slot;  // of its draft
    std::string text;
    std::string text_now;  // of the form, where somebody writes on
  };
  Storing storing;
  // Own comments.
  struct Change {
    std::string id;  // empty = none is under way
    std::string text;
    bool is_deletion = false;
  };
  Change change;
  std::string original;     // of the comment that is edited
  std::string deleting;     // id: whether to delete it is asked
  std::string own_problem;  // about the comment `own_problem_id`
  std::string own_problem_id;
  std::int64_t server_ahead_s = 0;  // of the reader's clock

  bool has_preview = false;
  bool shows_kept = false;
  std::string import_result;  // a sentence about the last file, until something else is done
  bool was_lost = false;
  bool store_works = true;
  std::uint32_t rows = 6;
  std::string problem;
  std::string problem_field;
  std::string shown_states;  // of the records, to say what has changed

  void handle(const Json& event);
  void open(const Json& event);
  void answered(const Json& event);
  void type(const Json& event);
  void act(std::string_view action, const std::string& key);
  void like(bool on);

  void load_thread();
  void call(const HttpCall& http, Call what);
  void take_thread(const HttpReply& reply, bool is_more);
  void open_slot(const std::string& parent);
  void open_kept(Draft kept);
  void send(const std::string& key);
  void finish_sending();
  void take_back(const std::string& key, bool to_edit);
  std::string_view edited_comment() const;
  void start_edit(const std::string& id);
  void save_edit();
  void ask_for_change(Change wanted, OwnAction action, Asked asked);
  void take_change(const HttpReply& reply, Asked asked);
  void finish_edit(const Change& done, CommentState state);
  void finish_deletion(const std::string& id);
  void say_change_problem(const Change& failed, std::string_view text);
  void drop_edit();
  bool act_on_own(std::string_view verb, const std::string& object);
  CommentForm form_left() const;
  void read_session(const Json& json);
  bool act_on_session(std::string_view verb, const std::string& object);
  void drop_session();
  void apply(const Outbox::Effects& outbox_effects, std::string_view slot = {});
  void save(const std::optional<SaveDraft>& save);
  void keep_in_list(const Draft& draft);
  void replace_text(std::string text);
  void copy(std::string_view text);
  void announce(std::string_view text) { begin("announce").key("text").value(text).end_object(); }
  void announce_changes();
  void show();
  void fill();
  void focus(std::string_view field) { begin("focus").key("field").value(field).end_object(); }
  void focus_element(std::string_view id) { begin("focus").key("id").value(id).end_object(); }
  void say_problem(std::string_view text, std::string_view field);
  JsonWriter& begin(const char* type) { return effects.begin_object().key("type").value(type); }
  const Draft* find_draft(std::string_view slot) const;
};

}  // namespace octavo
