// Authors edit and delete what they have sent. Both may be asked again without harm, so nothing is queued: a change that does not
// get through stays a draft, and what has become of it is looked up before anything is said.
#include <utility>

#include "core/base/ascii_text.h"
#include "core/conversation/state.h"
#include "core/page/comment_blocks.h"
#include "core/page/conversation_strings.h"
#include "core/page/strings.h"

namespace octavo {

using Text = ConversationStrings;

void Conversation::State::act_on_own(const ConversationAction& action) {
  switch (action.kind) {
    case ActionKind::EditComment:
      return start_edit(action.object);
    case ActionKind::AskToDelete:
      own.deleting = own.deleting == action.object ? std::string() : action.object;
      own.problem_id.clear();
      if (!own.deleting.empty()) announce(Text::kReallyDelete);
      return show();
    default:
      announce(Text::kDeleting);
      return ask_for_change({action.object, {}, true}, OwnAction::Delete, OwnRequestKind::Change);
  }
}

void Conversation::State::ask_for_change(OwnChange wanted, OwnAction action, OwnRequestKind kind) {
  const OutboxRecord* record = outbox.find_own(thread.place, wanted.id);
  if (record == nullptr || !own.change.id.empty()) return;
  own.change = std::move(wanted);
  call(own_comment_call(thread.place, action, own.change.id, record->author_key, own.change.text), OwnRequest{kind});
  show();
}

// ---- Editing ---------------------------------------------------------------------------------------------------------------

void Conversation::State::start_edit(const std::string& id) {
  const OutboxRecord* record = outbox.find_own(thread.place, id);
  if (record == nullptr) return;
  const Comment* comment = thread.find(id);
  own.original = comment == nullptr ? record->submission.text : comment->source;
  open_slot(std::string(kEditedComment) + id);
  // Where there is no draft of it.
  if (composer.typed.text.empty()) composer.typed.text = own.original;
  composer.has_preview = false;
  own.deleting.clear();
  own.problem_id.clear();
  fill();
  show();
  focus(FormField::Text);
}

void Conversation::State::save_edit() {
  const std::string id(composer.edited_comment());
  if (outbox.find_own(thread.place, id) == nullptr) return say_problem(refusal_text(Refusal::NotAllowed), FormField::Text);
  if (!own.change.id.empty()) return;
  const std::string& text = composer.typed.text;
  if (trimmed(text) == trimmed(own.original)) {
    close_edit();
    announce(Text::kNothingChanged);
    show();
    return focus_element(comment_anchor(id));
  }
  CommentForm left = form;
  left.is_closed = false;
  left.name = left.email = left.website = FieldUse::Hidden;
  left.consent.clear();
  Submission edited;
  edited.text = text;
  if (const FormProblem found = check_submission(left, edited); found.reason != Refusal::None) {
    return say_problem(fill_in(refusal_text(found.reason), {std::to_string(found.limit)}), found.field);
  }
  composer.problem.clear();
  announce(Text::kSaving);
  ask_for_change({id, text, false}, OwnAction::Edit, OwnRequestKind::Change);
}

void Conversation::State::close_edit() {
  drop_edit();
  open_slot({});
  composer.has_preview = false;
  fill();
}

void Conversation::State::drop_edit() {
  if (!composer.edited_comment().empty()) drop_draft(std::string(composer.keeper.draft().slot));
}

// ---- What has become of it -------------------------------------------------------------------------------------------------

void Conversation::State::answered(const OwnRequest& request, const HttpReply& reply) {
  const OwnChange done = std::exchange(own.change, {});
  const bool is_look = request.kind == OwnRequestKind::Look;
  if (const std::optional<OwnComment> found = parse_own_comment(thread.place, reply)) {
    const bool is_gone = found->state == CommentState::Deleted;
    if (done.is_deletion) return is_gone ? finish_deletion(done.id) : say_change_problem(done, Text::kNotDeleted);
    if (is_gone) return say_change_problem(done, refusal_text(Refusal::CommentGone));
    const bool has_arrived = !is_look || trimmed(found->source) == trimmed(done.text);
    return has_arrived ? finish_edit(done, found->state) : say_change_problem(done, Text::kNotChanged);
  }
  const SendOutcome outcome = create_outcome(thread.place, reply);
  if (outcome.kind == OutcomeKind::Refused) {
    return say_change_problem(done, fill_in(refusal_text(outcome.reason), {std::to_string(outcome.limit)}));
  }
  if (is_look) return say_change_problem(done, done.is_deletion ? Text::kDeletionUnsure : Text::kChangeUnsure);
  if (!reply.was_sent) {
    return say_change_problem(done, done.is_deletion ? Text::kNotDeletedOffline : Text::kNotChangedOffline);
  }
  if (outcome.kind == OutcomeKind::Retry) {
    return say_change_problem(done, done.is_deletion ? Text::kNotDeletedBusy : Text::kNotChangedBusy);
  }
  ask_for_change(done, OwnAction::Read, OwnRequestKind::Look);
}

void Conversation::State::finish_edit(const OwnChange& done, CommentState state) {
  if (const OutboxRecord* record = outbox.find_own(thread.place, done.id)) {
    apply(outbox.changed(record->key(), state, done.text, now));
  }
  // What was typed meanwhile is another change.
  const bool is_all = composer.edited_comment() == done.id && composer.typed.text == done.text;
  if (is_all) close_edit();
  own.original = done.text;
  announce(state == CommentState::Published ? Text::kChanged : Text::kHeld);
  load_thread();
  show();
  if (is_all) focus_element(comment_anchor(done.id));
}

// Its place stays, for whoever looks at it, until the thread is loaded anew.
void Conversation::State::finish_deletion(const std::string& id) {
  if (composer.edited_comment() == id) close_edit();
  const OutboxRecord* record = outbox.find_own(thread.place, id);
  if (record != nullptr) apply(outbox.changed(record->key(), CommentState::Deleted, {}, now));
  bool is_in_thread = false;
  for (Comment& comment : thread.discussion.comments) {
    if (comment.id != id) continue;
    comment.state = CommentState::Deleted;
    is_in_thread = true;
  }
  own.deleting.clear();
  own.problem_id.clear();
  announce(Text::kDeletedNow);
  show();
  focus_element(is_in_thread ? comment_anchor(id) : "comments");
}

void Conversation::State::say_change_problem(const OwnChange& failed, std::string_view text) {
  if (!failed.is_deletion && composer.edited_comment() == failed.id) return say_problem(text, FormField::Text);
  own.problem = text;
  own.problem_id = failed.id;
  announce(text);
  show();
}

}  // namespace octavo
