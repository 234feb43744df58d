// Drafts on their way through the form into the outbox, and back.
#include <algorithm>
#include <utility>

#include "core/conversation/state.h"
#include "core/page/conversation_strings.h"
#include "core/page/page_frame.h"
#include "core/page/strings.h"

namespace octavo {

using Text = ConversationStrings;

// ---- Typing ----------------------------------------------------------------------------------------------------------------

void ConversationState::handle(const FormTyped& event) {
  if (!composer.transit.key.empty()) {
    composer.transit.text_now = event.text;
    return;
  }
  save(composer.type(event, now));
  if (composer.problem.empty()) return;
  composer.problem.clear();
  show();
}

void ConversationState::handle(const TypingPaused&) {
  if (composer.has_preview) show();
}

void ConversationState::handle(const DraftSaved& event) {
  composer.kept.works = true;
  if (!composer.keeper.is_awaiting(event.revision)) return;
  const bool was_kept = composer.keeper.is_kept();
  const std::optional<SaveDraft> next = composer.keeper.saved();
  // What is on its way into a record must not come back as a draft.
  if (composer.transit.key.empty()) save(next);
  if (!next && composer.leaving.slot == composer.keeper.draft().slot) finish_leaving();
  if (!was_kept) show();
}

void ConversationState::handle(const DraftFailed& event) {
  if (!composer.keeper.is_awaiting(event.revision)) return save(composer.rescue(event.revision));
  const bool was_kept = composer.keeper.is_kept();
  composer.keeper.failed();
  if (!was_kept) return;
  announce(Text::kNotKept);
  show();
}

void ConversationState::handle(const DraftConflict& event) {
  if (!composer.keeper.is_awaiting(event.revision)) return save(composer.rescue(event.revision));
  const std::optional<SaveDraft> elsewhere = composer.keeper.conflicted(event.stored);
  if (composer.leaving.slot == event.stored.slot) composer.leaving.slot = composer.keeper.draft().slot;
  if (composer.transit.key.empty()) save(elsewhere);
  show();
}

void ConversationState::save(const std::optional<SaveDraft>& draft) {
  if (!draft) return;
  composer.keep_in_list(draft->draft);
  effects.emplace_back(*draft);
}

void ConversationState::open_slot(const ComposeTarget& target) {
  // What is on its way into a record must not come back as a draft.
  if (composer.transit.key.empty()) save(composer.keeper.leave());
  composer.open_slot(target);
}

void ConversationState::replace_text(std::string text) {
  save(composer.replace_text(std::move(text), now));
  fill();
}

void ConversationState::say_problem(std::string_view text, FormField field) {
  composer.problem = text;
  composer.problem_field = field;
  show();
  if (field != FormField::None) focus(field);
}

// ---- Buttons ---------------------------------------------------------------------------------------------------------------

void ConversationState::act_on_form(const ConversationAction& action) {
  switch (action.kind) {
    case ActionKind::TogglePreview:
      composer.has_preview = !composer.has_preview;
      return show();
    case ActionKind::AddOtherText:
      if (composer.keeper.other()) replace_text(composer.join_other_text());
      return show();
    default:
      break;
  }
  if (action.kind == ActionKind::CancelReply && composer.typed.text == own.original) drop_edit();
  open_slot(ComposeTarget::reply_to(action.object));
  fill();
  show();
  focus(FormField::Text);
}

void ConversationState::act_on_draft(const ConversationAction& action) {
  const Draft* draft = composer.find_draft(action.object);
  switch (action.kind) {
    case ActionKind::ToggleKept:
      composer.kept.is_shown = !composer.kept.is_shown;
      break;
    case ActionKind::CopyDraft:
      if (draft != nullptr) copy(draft->text);
      break;
    case ActionKind::OpenDraft:
      if (draft != nullptr && draft->page == composer.page) return open_kept(*draft);
      if (draft != nullptr) effects.emplace_back(OpenPage{draft->page, compose_target_from_name(draft->parent)});
      break;
    default:
      drop_draft(action.object);
      if (action.object == composer.keeper.draft().slot) {
        open_slot(composer.target);
        fill();
      }
      announce(Text::kDiscarded);
  }
  show();
}

void ConversationState::drop_draft(const std::string& slot) {
  if (slot == composer.keeper.draft().slot) composer.keeper.discard();
  effects.emplace_back(composer.dropping(slot));
  composer.drop_from_list(slot);
}

// A draft that came from another window or a file has a slot of its own. Its text is added to the draft that belongs here.
void ConversationState::open_kept(Draft kept) {
  open_slot(compose_target_from_name(kept.parent));
  if (kept.slot != composer.keeper.draft().slot) {
    const std::string& text = composer.typed.text;
    replace_text(text.empty() ? kept.text : text + "\n\n" + kept.text);
    drop_draft(kept.slot);
  } else {
    fill();
  }
  show();
  focus(FormField::Text);
}

// It is in its draft before it leaves the outbox. What is being sent meanwhile stays a record.
void ConversationState::finish_leaving() {
  const std::string key = std::exchange(composer.leaving, {}).key;
  apply(outbox.withdraw(key, now));
  show();
}

void ConversationState::copy(std::string_view text) {
  effects.emplace_back(CopyText{std::string(text)});
  announce(Text::kCopied);
}

// ---- Sending ---------------------------------------------------------------------------------------------------------------

void ConversationState::send(const std::string& key) {
  if (!composer.transit.key.empty()) return;
  Submission submission = composer.typed;
  submission.key = key;
  submission.parent = composer.target.parent();
  submission.written_at = now;
  submission.elapsed_ms = std::max<std::int64_t>(0, now - composer.opened_at) * 1000;
  submission.token = session.authorization();
  const CommentForm left = session.form_left(form);
  if (left.name == FieldUse::Hidden) submission.name.clear();
  if (left.email == FieldUse::Hidden) submission.email.clear();
  if (left.website == FieldUse::Hidden) submission.website.clear();
  if (!left.can_write && !left.providers.empty()) return say_problem(Text::kSignInOnly, FormField::None);
  const FormProblem found = check_submission(left, submission);
  if (found.reason != Refusal::None) {
    return say_problem(fill_in(refusal_text(found.reason), {std::to_string(found.limit)}), found.field);
  }
  if (key.empty() || !left.can_write || form.is_closed || thread.discussion.is_closed) return;
  const Submission& typed = composer.typed;
  effects.emplace_back(composer.wants_remembering ? RememberFields{typed.name, typed.email, typed.website} : RememberFields{});
  // The text is in the record from here on, and leaves its draft in the same transaction.
  composer.transit = {key, 0, composer.keeper.draft().slot, typed.text, typed.text};
  ThreadRef to = thread.thread_ref;
  to.may_hold = form.moderation == Moderation::All;
  apply(outbox.submit(to, std::move(submission), now), composer.dropping(composer.transit.slot));
  show();
}

// The record is in the store, or the store has refused it. Then the page says so, and the comment is sent all the same.
void ConversationState::finish_sending() {
  const CommentInTransit stored = std::exchange(composer.transit, {});
  composer.drop_from_list(stored.slot);
  composer.keeper.discard();
  open_slot({});
  composer.has_preview = false;
  composer.opened_at = now;
  // Text that was typed while the store was slow begins the next comment.
  std::string_view next = stored.text_now;
  if (next.starts_with(stored.text)) next.remove_prefix(stored.text.size());
  if (next.empty()) {
    fill();
  } else {
    const std::string& text = composer.typed.text;
    replace_text((text.empty() ? std::string() : text + "\n\n").append(next));
  }
  show();
  focus(FormField::Text);
}

void ConversationState::withdraw(const std::string& key, ActionKind why) {
  const OutboxRecord* record = outbox.find(key);
  if (record == nullptr || record->state == OutboxState::Sending || record->state == OutboxState::Unsure) return;
  const Submission submission = record->submission;
  const bool to_edit = why == ActionKind::EditRecord;
  if (to_edit) {
    const Draft* waiting = composer.find_draft(draft_slot(composer.page, submission.parent));
    // What was typed last may not be saved yet.
    const bool is_typed = composer.target == ComposeTarget::reply_to(submission.parent) && !composer.typed.text.empty();
    if (!is_same_thread(record->thread_ref, thread.thread_ref) || is_typed || (waiting != nullptr && !waiting->text.empty()))
      return say_problem(Text::kBusy, FormField::None);
  }
  if (to_edit) {
    open_slot(ComposeTarget::reply_to(submission.parent));
    composer.leaving = {key, composer.keeper.draft().slot};
    replace_text(submission.text);
    show();
    return focus(FormField::Text);
  }
  apply(outbox.withdraw(key, now));
  announce(Text::kDiscarded);
  show();
}

}  // namespace octavo
