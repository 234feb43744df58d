// Authors edit and delete what they have sent. Both requests can be repeated without harm, so nothing is queued. A change that
// does not get through stays a draft. After a lost answer the comment is read again before the reader is told anything.
#include <utility>

#include "core/base/ascii_text.h"
#include "core/conversation/state.h"
#include "core/page/comment_blocks.h"
#include "core/page/conversation_strings.h"
#include "core/page/strings.h"

namespace octavo {

using Text = ConversationStrings;

void ConversationState::act_on_own(const ConversationAction& action) {
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
      return ask_for_change({action.object, {}, OwnAction::Delete}, OwnRequestKind::Change);
  }
}

void ConversationState::ask_for_change(OwnChange wanted, OwnRequestKind kind) {
  const OutboxRecord* record = outbox.find_own(thread.thread_ref, wanted.id);
  if (record == nullptr || !own.change.id.empty()) return;
  own.change = std::move(wanted);
  const OwnAction action = kind == OwnRequestKind::Look ? OwnAction::Read : own.change.action;
  call(own_comment_call(thread.thread_ref, action, own.change.id, record->author_key, own.change.text), OwnRequest{kind});
  show();
}

// ---- Editing ---------------------------------------------------------------------------------------------------------------

void ConversationState::start_edit(const std::string& id) {
  const OutboxRecord* record = outbox.find_own(thread.thread_ref, id);
  if (record == nullptr) return;
  const Comment* comment = thread.find(id);
  own.original = comment == nullptr ? record->submission.text : comment->source;
  open_slot(ComposeTarget::edit(id));
  // There is no draft of it yet.
  if (composer.typed.text.empty()) composer.typed.text = own.original;
  composer.has_preview = false;
  own.deleting.clear();
  own.problem_id.clear();
  fill();
  show();
  focus(FormField::Text);
}

void ConversationState::save_edit() {
  const std::string id(composer.target.edited());
  if (outbox.find_own(thread.thread_ref, id) == nullptr) return say_problem(refusal_text(Refusal::NotAllowed), FormField::Text);
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
  ask_for_change({id, text, OwnAction::Edit}, OwnRequestKind::Change);
}

void ConversationState::close_edit() {
  drop_edit();
  open_slot({});
  composer.has_preview = false;
  fill();
}

void ConversationState::drop_edit() {
  if (!composer.target.edited().empty()) drop_draft(std::string(composer.keeper.draft().slot));
}

// ---- What has become of it -------------------------------------------------------------------------------------------------

void ConversationState::answered(const OwnRequest& request, const HttpReply& reply) {
  const OwnChange done = std::exchange(own.change, {});
  const bool is_look = request.kind == OwnRequestKind::Look;
  const bool is_deletion = done.action == OwnAction::Delete;
  if (const std::optional<OwnComment> found = parse_own_comment(thread.thread_ref, reply)) {
    const bool is_gone = found->state == CommentState::Deleted;
    if (is_deletion) return is_gone ? finish_deletion(done.id) : say_change_problem(done, Text::kNotDeleted);
    if (is_gone) return say_change_problem(done, refusal_text(Refusal::CommentGone));
    const bool has_arrived = !is_look || trimmed(found->source) == trimmed(done.text);
    return has_arrived ? finish_edit(done, found->state) : say_change_problem(done, Text::kNotChanged);
  }
  const SendOutcome outcome = create_outcome(thread.thread_ref, reply);
  if (outcome.kind == OutcomeKind::Refused) {
    return say_change_problem(done, fill_in(refusal_text(outcome.reason), {std::to_string(outcome.limit)}));
  }
  if (is_look) return say_change_problem(done, is_deletion ? Text::kDeletionUnsure : Text::kChangeUnsure);
  if (!reply.was_sent) {
    return say_change_problem(done, is_deletion ? Text::kNotDeletedOffline : Text::kNotChangedOffline);
  }
  if (outcome.kind == OutcomeKind::Retry) {
    return say_change_problem(done, is_deletion ? Text::kNotDeletedBusy : Text::kNotChangedBusy);
  }
  ask_for_change(done, OwnRequestKind::Look);
}

void ConversationState::finish_edit(const OwnChange& done, CommentState state) {
  if (const OutboxRecord* record = outbox.find_own(thread.thread_ref, done.id)) {
    apply(outbox.changed(record->key(), state, done.text, now));
  }
  // Text that was typed meanwhile is another change.
  const bool is_all = composer.target.edited() == done.id && composer.typed.text == done.text;
  if (is_all) close_edit();
  own.original = done.text;
  announce(state == CommentState::Published ? Text::kChanged : Text::kHeld);
  load_thread();
  show();
  if (is_all) focus_element(comment_anchor(done.id));
}

// Its place stays visible until the thread is loaded again.
void ConversationState::finish_deletion(const std::string& id) {
  if (composer.target.edited() == id) close_edit();
  const OutboxRecord* record = outbox.find_own(thread.thread_ref, id);
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

void ConversationState::say_change_problem(const OwnChange& failed, std::string_view text) {
  if (failed.action == OwnAction::Edit && composer.target.edited() == failed.id) return say_problem(text, FormField::Text);
  own.problem = text;
  own.problem_id = failed.id;
  announce(text);
  show();
}

}  // namespace octavo
