// What happens in the thread and on the page: opening, answers, buttons, and what is shown.
#include "core/conversation/state.h"

#include <algorithm>
#include <utility>

#include "core/conversation/conversation_view.h"

namespace octavo {

// ---- Opening ---------------------------------------------------------------------------------------------------------------

void ConversationState::handle(const ConversationOpened& event) {
  zone_minutes = event.zone_minutes;
  form = default_form(event.thread_ref);
  is_form_missing = false;
  thread.open(event, parser);
  composer.open(event, now);
  own = {};
  session = {};
  if (event.session) session.enter(*event.session);
  // The outbox goes on with what it has asked.
  std::erase_if(requests, [](const auto& entry) { return !std::holds_alternative<OutboxRequest>(entry.second); });
  retry.succeeded();
  apply(outbox.load(event.records, now));
  if (!thread.is_open()) return;
  load_thread();
  load_form();
  if (event.is_liked != event.is_like_sent) like(event.is_liked);
  open_slot(event.target);
  fill();
  show();
}

// Answers to earlier requests for the thread are not wanted any more.
void ConversationState::load_thread() {
  std::erase_if(requests, [](const auto& entry) { return std::holds_alternative<ThreadRequest>(entry.second); });
  call(thread.first_page(), ThreadRequest{});
}

void ConversationState::load_form() {
  std::erase_if(requests, [](const auto& entry) { return std::holds_alternative<FormRequest>(entry.second); });
  is_form_missing = false;
  for (const HttpCall& http : form_calls(thread.thread_ref)) call(http, FormRequest{});
}

void ConversationState::call(const HttpCall& http, ServerRequest request) {
  requests.emplace(++last_call, std::move(request));
  effects.emplace_back(CallServer{last_call, http});
}

// ---- Answers ---------------------------------------------------------------------------------------------------------------

void ConversationState::handle(const ServerAnswered& event) {
  const auto found = requests.find(event.call);
  if (found == requests.end()) return;
  const ServerRequest request = std::move(found->second);
  requests.erase(found);
  // A server that answers is up again.
  const bool is_up = event.reply.status > 0 && !is_temporary(event.reply);
  std::visit([&](const auto& what) { answered(what, event.reply); }, request);
  if (is_up && retry.at() > 0) retry_now();
}

void ConversationState::answered(const ThreadRequest& request, const HttpReply& reply) {
  const bool is_first = request.which == ThreadPage::First;
  if (!thread.take(reply, request.which, parser)) {
    if (!is_first) announce(thread.failure);
    retry_later();
    return show();
  }
  if (is_first && !thread.newest_first) effects.emplace_back(CacheThread{reply.body});
  const auto extent = thread.discussion.cursor.empty() ? Outbox::Extent::Whole : Outbox::Extent::Part;
  apply(outbox.seen(thread.thread_ref, thread.discussion.comments, extent, now));
  retry_later();
  show();
}

void ConversationState::answered(const FormRequest&, const HttpReply& reply) {
  read_form(thread.thread_ref, reply, form);
  if (form.server_time) server_ahead_s = form.server_time->unix_seconds - now;
  is_form_missing = is_form_missing || is_temporary(reply);
  retry_later();
  show();
}

void ConversationState::answered(const OutboxRequest& request, const HttpReply& reply) {
  apply(outbox.call_answered(request.key, reply, now));
  show();
}

void ConversationState::answered(const LikeRequest& request, const HttpReply& reply) {
  if (reply.status >= 200 && reply.status < 300) effects.emplace_back(LikeSent{request.on});
  show();
}

// ---- A server that is down -------------------------------------------------------------------------------------------------

void ConversationState::retry_later() {
  if (thread.is_unavailable() || is_form_missing) {
    retry.failed(now);
    set_timer();
  } else {
    retry.succeeded();
  }
}

void ConversationState::retry_now() {
  retry.asked();
  if (thread.status == ConversationThread::Status::Failed) load_thread();
  if (is_form_missing) load_form();
}

// ---- Likes -----------------------------------------------------------------------------------------------------------------

void ConversationState::handle(const PostLiked& event) {
  thread.reader_key = event.reader_key;
  like(event.on);
  show();
}

void ConversationState::like(bool on) {
  thread.is_liked = on;
  if (std::optional<HttpCall> http = like_call(thread.thread_ref, on, thread.reader_key, {})) call(*http, LikeRequest{on});
}

// ---- Buttons ---------------------------------------------------------------------------------------------------------------

void ConversationState::handle(const ButtonPressed& event) {
  if (!thread.is_open()) return;
  composer.kept.imported.reset();
  switch (event.action.kind) {
    case ActionKind::Reload:
    case ActionKind::ToggleOrder:
    case ActionKind::LoadMore:
      return act_on_thread(event.action.kind);
    case ActionKind::Send:
      return composer.target.edited().empty() ? send(event.key) : save_edit();
    case ActionKind::Reply:
    case ActionKind::CancelReply:
    case ActionKind::TogglePreview:
    case ActionKind::AddOtherText:
      return act_on_form(event.action);
    case ActionKind::EditComment:
    case ActionKind::AskToDelete:
    case ActionKind::Delete:
      return act_on_own(event.action);
    case ActionKind::SignIn:
    case ActionKind::CancelSignIn:
    case ActionKind::ChangeAccount:
    case ActionKind::SignOut:
      return act_on_session(event.action);
    case ActionKind::RetryRecord:
    case ActionKind::CopyRecord:
    case ActionKind::EditRecord:
    case ActionKind::DiscardRecord:
      return act_on_record(event.action);
    case ActionKind::ToggleKept:
    case ActionKind::OpenDraft:
    case ActionKind::CopyDraft:
    case ActionKind::DiscardDraft:
      return act_on_draft(event.action);
    case ActionKind::Mark:
    case ActionKind::Export:
    case ActionKind::Import:
      return show();  // the page performs them
  }
}

void ConversationState::act_on_thread(ActionKind kind) {
  if (kind == ActionKind::Reload) {
    thread.status = ConversationThread::Status::Loading;
    load_thread();
    load_form();
  } else if (kind == ActionKind::ToggleOrder) {
    thread.newest_first = !thread.newest_first;
    load_thread();
  } else if (!thread.is_loading_more && !thread.discussion.cursor.empty()) {
    call(thread.next_page(), ThreadRequest{ThreadPage::Next});
  }
  show();
}

// ---- The page --------------------------------------------------------------------------------------------------------------

void ConversationState::handle(const RowsNeeded& event) {
  composer.rows = std::clamp(event.rows, 2U, 40U);
  show();
}

void ConversationState::handle(const FileImported& event) {
  composer.kept.imported = event;
  composer.kept.is_shown = true;
  announce(import_text(event));
  show();
}

void ConversationState::show() {
  if (!thread.is_open()) return;
  const CommentForm left = session.form_left(form);
  const ConversationView view{thread, composer, session, own, outbox, left, server_ahead_s, now, zone_minutes};
  effects.emplace_back(
      ShowConversation{composer.page, thread.likes(), thread.has_comments(), build_conversation(view, parser), form.text_max});
}

}  // namespace octavo
