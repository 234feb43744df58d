// What a conversation consists of, by duty, and the steps that concern more than one of them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/comments/comment_form.h"
#include "core/comments/outbox.h"
#include "core/conversation/composer.h"
#include "core/conversation/effect.h"
#include "core/conversation/event.h"
#include "core/conversation/own_comments.h"
#include "core/conversation/retry_schedule.h"
#include "core/conversation/session.h"
#include "core/conversation/thread.h"

namespace octavo {

// What a request was for.
struct ThreadRequest {
  ThreadPage which = ThreadPage::First;
};
struct FormRequest {};
struct OutboxRequest {
  std::string key;  // of a record
};
struct LikeRequest {
  bool on = false;
};
enum class OwnRequestKind : std::uint8_t { Change, Look };
struct OwnRequest {
  OwnRequestKind kind = OwnRequestKind::Change;
};
using ServerRequest = std::variant<ThreadRequest, FormRequest, OutboxRequest, LikeRequest, OwnRequest>;

struct ConversationState {
  explicit ConversationState(HtmlParser& html_parser) : parser(html_parser), outbox(html_parser) {}

  HtmlParser& parser;
  ConversationEffects effects;
  std::int64_t now = 0;
  std::int32_t zone_minutes = 0;  // of the reader's clock

  CommentForm form;                 // what the engine takes
  bool is_form_missing = false;     // the engine was asked and has not said
  std::int64_t server_ahead_s = 0;  // of the reader's clock
  ConversationThread thread;
  Composer composer;
  EngineSession session;
  OwnComments own;
  Outbox outbox;

  std::map<std::uint32_t, ServerRequest> requests;  // under way
  std::uint32_t last_call = 0;
  RetrySchedule retry;             // of thread and form
  std::int64_t outbox_due_at = 0;  // 0 = not
  std::string announced_states;    // of the records, to say what has changed

  // state.cpp: the page, the thread and what is shown.
  void handle(const ConversationOpened& event);
  void handle(const ServerAnswered& event);
  void handle(const RowsNeeded& event);
  void handle(const ButtonPressed& event);
  void handle(const PostLiked& event);
  void handle(const FileImported& event);
  void answered(const ThreadRequest& request, const HttpReply& reply);
  void answered(const FormRequest& request, const HttpReply& reply);
  void answered(const OutboxRequest& request, const HttpReply& reply);
  void answered(const LikeRequest& request, const HttpReply& reply);
  void act_on_thread(ActionKind kind);
  void load_thread();
  void load_form();
  void retry_later();
  void retry_now();
  void like(bool on);
  void call(const HttpCall& http, ServerRequest request);
  void announce(std::string_view text) { effects.emplace_back(AnnounceChange{std::string(text)}); }
  void focus(FormField field) { effects.emplace_back(FocusField{field}); }
  void focus_element(std::string id) { effects.emplace_back(FocusElement{std::move(id)}); }
  void show();

  // delivery.cpp: the outbox.
  void handle(const RecordStored& event);
  void handle(const RecordsChanged& event);
  void handle(const LockAcquired& event);
  void handle(const TimerFired& event);
  void handle(const NetworkReturned& event);
  void act_on_record(const ConversationAction& action);
  // `draft` goes in the transaction that stores a new record.
  void apply(Outbox::Effects outbox_effects, DropDraft draft = {});
  std::string authorization_at(const std::string& key) const;
  void announce_changes();
  void set_timer();

  // composing.cpp: from the form to the outbox, and back.
  void handle(const FormTyped& event);
  void handle(const TypingPaused& event);
  void handle(const DraftSaved& event);
  void handle(const DraftFailed& event);
  void handle(const DraftConflict& event);
  void act_on_form(const ConversationAction& action);
  void act_on_draft(const ConversationAction& action);
  void open_slot(const ComposeTarget& target);
  void open_kept(Draft kept);
  void drop_draft(const std::string& slot);
  void save(const std::optional<SaveDraft>& draft);
  void replace_text(std::string text);
  void send(const std::string& key);
  void finish_sending();
  void withdraw(const std::string& key, ActionKind why);
  void finish_leaving();
  void copy(std::string_view text);
  void fill() { effects.emplace_back(composer.values()); }
  void say_problem(std::string_view text, FormField field);

  // editing.cpp: editing and deleting.
  void act_on_own(const ConversationAction& action);
  void start_edit(const std::string& id);
  void save_edit();
  void close_edit();
  void drop_edit();
  void ask_for_change(OwnChange wanted, OwnRequestKind kind);
  void answered(const OwnRequest& request, const HttpReply& reply);
  void finish_edit(const OwnChange& done, CommentState state);
  void finish_deletion(const std::string& id);
  void say_change_problem(const OwnChange& failed, std::string_view text);

  // sign_in.cpp: signing in.
  void handle(const SignedIn& event);
  void handle(const SignInEnded& event);
  void act_on_session(const ConversationAction& action);
  void begin_sign_in(const std::string& provider);
  void drop_session();
};

}  // namespace octavo
