// Drafts on their way through the form into the outbox, and back.
#include <algorithm>
#include <utility>

#include "core/conversation/conversation_state.h"
#include "core/page/conversation_strings.h"
#include "core/page/page_frame.h"
#include "core/page/strings.h"

namespace octavo {

using Text = ConversationStrings;

const Draft* Conversation::State::find_draft(std::string_view slot) const {
  const auto found = std::find_if(drafts.begin(), drafts.end(), [&](const Draft& draft) { return draft.slot == slot; });
  return found == drafts.end() ? nullptr : &*found;
}

void Conversation::State::open_slot(const std::string& parent) {
  reply_to = parent;
  Draft empty;
  empty.slot = draft_slot(page, parent);
  empty.page = page;
  empty.parent = parent;
  const Draft* stored = find_draft(empty.slot);
  keeper = DraftKeeper(page_key);
  keeper.open(empty, stored != nullptr ? std::optional<Draft>(*stored) : std::nullopt);
  const Draft& draft = keeper.draft();
  typed.text = draft.text;
  typed.parent = parent;
  // The fields as they were typed with it; without a draft those of next time stay.
  if (!draft.text.empty()) {
    if (!draft.name.empty()) typed.name = draft.name;
    if (!draft.email.empty()) typed.email = draft.email;
    if (!draft.website.empty()) typed.website = draft.website;
  }
  problem.clear();
}

void Conversation::State::type(const Json& event) {
  typed.text = text_of(event, "text");
  typed.name = text_of(event, "name");
  typed.email = text_of(event, "email");
  typed.website = text_of(event, "website");
  typed.consent = event.get("consent").boolean();
  wants_remembering = event.get("remember").boolean();
  Draft draft = keeper.draft();
  draft.text = typed.text;
  draft.parent = reply_to;
  draft.caret_begin = count_of(event, "caretBegin");
  draft.caret_end = count_of(event, "caretEnd");
  draft.name = typed.name;
  draft.email = typed.email;
  draft.website = typed.website;
  draft.written_at = now;
  save(keeper.typed(std::move(draft)));
}

void Conversation::State::save(const std::optional<SaveDraft>& save) {
  if (!save) return;
  keep_in_list(save->draft);
  begin("save_draft").key("slot").value(save->draft.slot).key("expected");
  effects.value(static_cast<std::int64_t>(save->expected_revision)).key("draft").value(write_draft(save->draft)).end_object();
}

void Conversation::State::keep_in_list(const Draft& draft) {
  const auto found = std::find_if(drafts.begin(), drafts.end(), [&](const Draft& other) { return other.slot == draft.slot; });
  if (found != drafts.end()) {
    *found = draft;
  } else {
    drafts.push_back(draft);
  }
}

void Conversation::State::replace_text(std::string text) {
  typed.text = std::move(text);
  Draft draft = keeper.draft();
  draft.text = typed.text;
  draft.caret_begin = draft.caret_end = UINT32_MAX;
  draft.written_at = now;
  save(keeper.typed(std::move(draft)));
  fill();
}

void Conversation::State::fill() {
  const Draft& draft = keeper.draft();
  begin("fill").key("text").value(typed.text).key("name").value(typed.name).key("email").value(typed.email);
  effects.key("website").value(typed.website).key("remember").value(wants_remembering);
  effects.key("caretBegin").value(draft.caret_begin).key("caretEnd").value(draft.caret_end).end_object();
}

void Conversation::State::say_problem(std::string_view text, std::string_view field) {
  problem = text;
  problem_field = field;
  show();
  if (!field.empty()) focus(field);
}

void Conversation::State::send(const std::string& key) {
  if (!storing.key.empty()) return;
  Submission submission = typed;
  submission.key = key;
  submission.parent = reply_to;
  submission.written_at = now;
  submission.elapsed_ms = std::max<std::int64_t>(0, now - opened_at) * 1000;
  const CommentForm left = form_left();
  if (left.name == FieldUse::Hidden) submission.name.clear();
  if (left.email == FieldUse::Hidden) submission.email.clear();
  if (left.website == FieldUse::Hidden) submission.website.clear();
  if (!session.token.empty()) submission.token = "Bearer " + session.token;
  if (!left.can_write && !left.providers.empty()) return say_problem(Text::kSignInOnly, "");
  const FormProblem found = check_submission(left, submission);
  if (found.reason != Refusal::None) {
    say_problem(fill_in(refusal_text(found.reason), {std::to_string(found.limit)}), found.field);
    return;
  }
  if (key.empty() || !left.can_write || form.is_closed || discussion.is_closed) return;
  begin("remember").key("name").value(wants_remembering ? typed.name : "");
  effects.key("email").value(wants_remembering ? typed.email : "").key("website").value(wants_remembering ? typed.website : "");
  effects.key("on").value(wants_remembering).end_object();
  // The text is in the record from here on, and leaves its draft in the same transaction.
  storing = {key, 0, keeper.draft().slot, typed.text, typed.text};
  ThreadRef to = place;
  to.may_hold = form.is_moderated;
  apply(outbox.submit(to, std::move(submission), now), storing.slot);
  show();
}

// The record is in the store, or is known not to be: then the page says so, and it is sent all the same.
void Conversation::State::finish_sending() {
  const Storing stored = std::exchange(storing, {});
  std::erase_if(drafts, [&](const Draft& draft) { return draft.slot == stored.slot; });
  open_slot({});
  if (const Draft* other = find_draft(keeper.draft().slot)) typed.text = other->text;
  has_preview = false;
  opened_at = now;
  // Whoever has written on while the store was slow has begun the next comment.
  std::string_view next = stored.text_now;
  if (next.starts_with(stored.text)) next.remove_prefix(stored.text.size());
  if (next.empty()) {
    fill();
  } else {
    replace_text((typed.text.empty() ? std::string() : typed.text + "\n\n").append(next));
  }
  show();
  focus("text");
}

void Conversation::State::take_back(const std::string& key, bool to_edit) {
  const OutboxRecord* record = outbox.find(key);
  if (record == nullptr || record->state == OutboxState::Sending || record->state == OutboxState::Unsure) return;
  const Submission submission = record->submission;
  if (to_edit) {
    const Draft* waiting = find_draft(draft_slot(page, submission.parent));
    if (!is_same_thread(record->place, place) || (waiting != nullptr && !waiting->text.empty()))
      return say_problem(Text::kBusy, "");
  }
  const Outbox::Effects taken_back = outbox.take_back(key, now);
  if (taken_back.empty()) return;
  // In its draft before it leaves the outbox.
  if (to_edit) {
    open_slot(submission.parent);
    replace_text(submission.text);
  }
  apply(taken_back);
  show();
  if (to_edit) {
    focus("text");
  } else {
    announce(Text::kDiscarded);
  }
}

// A draft that another window or a file has brought stands in a slot of its own; it goes to the text in its place.
void Conversation::State::open_kept(Draft kept) {
  open_slot(kept.parent);
  if (kept.slot != keeper.draft().slot) {
    replace_text(typed.text.empty() ? kept.text : typed.text + "\n\n" + kept.text);
    std::erase_if(drafts, [&](const Draft& draft) { return draft.slot == kept.slot; });
    begin("drop_draft").key("slot").value(kept.slot).end_object();
  } else {
    fill();
  }
  show();
  focus("text");
}

void Conversation::State::copy(std::string_view text) {
  begin("copy").key("text").value(text).end_object();
  announce(Text::kCopied);
}

}  // namespace octavo
