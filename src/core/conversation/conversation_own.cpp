// Authors edit and delete what they have sent. Both may be asked again without harm, so nothing is queued: a change that does not
// get through stays a draft, and what has become of it is looked up before anything is said.
#include <algorithm>
#include <utility>

#include "core/base/ascii_text.h"
#include "core/conversation/conversation_blocks.h"
#include "core/conversation/conversation_state.h"
#include "core/page/comment_blocks.h"
#include "core/page/conversation_strings.h"
#include "core/page/strings.h"

namespace octavo {

namespace {

using Text = ConversationStrings;

}  // namespace

std::string_view Conversation::State::edited_comment() const {
  const std::string_view slot = reply_to;
  return slot.starts_with(kEditedComment) ? slot.substr(kEditedComment.size()) : std::string_view();
}

bool Conversation::State::act_on_own(std::string_view verb, const std::string& object) {
  if (verb == "edit-own") {
    start_edit(object);
  } else if (verb == "delete") {
    deleting = deleting == object ? std::string() : object;
    own_problem_id.clear();
    if (!deleting.empty()) announce(Text::kReallyDelete);
    show();
  } else if (verb == "really-delete") {
    announce(Text::kDeleting);
    ask_for_change({object, {}, true}, OwnAction::Delete, Asked::Change);
  } else {
    return false;
  }
  return true;
}

void Conversation::State::ask_for_change(Change wanted, OwnAction action, Asked asked) {
  const OutboxRecord* record = outbox.find_own(place, wanted.id);
  if (record == nullptr || !change.id.empty()) return;
  change = std::move(wanted);
  call(own_comment_call(place, action, change.id, record->author_key, change.text), {asked});
  show();
}

// ---- Editing ---------------------------------------------------------------------------------------------------------------

void Conversation::State::start_edit(const std::string& id) {
  const OutboxRecord* record = outbox.find_own(place, id);
  if (record == nullptr) return;
  const auto comment =
      std::find_if(discussion.comments.begin(), discussion.comments.end(), [&](const Comment& each) { return each.id == id; });
  original = comment == discussion.comments.end() ? record->submission.text : comment->source;
  open_slot(std::string(kEditedComment) + id);
  // Where there is no draft of it.
  if (typed.text.empty()) typed.text = original;
  has_preview = false;
  deleting.clear();
  own_problem_id.clear();
  fill();
  show();
  focus("text");
}

void Conversation::State::save_edit() {
  const std::string id(edited_comment());
  if (outbox.find_own(place, id) == nullptr) return say_problem(refusal_text(Refusal::NotAllowed), "text");
  if (!change.id.empty()) return;
  if (trimmed(typed.text) == trimmed(original)) {
    drop_edit();
    open_slot({});
    fill();
    announce(Text::kNothingChanged);
    show();
    return focus_element(comment_anchor(id));
  }
  CommentForm left = form;
  left.is_closed = false;
  left.name = left.email = left.website = FieldUse::Hidden;
  left.consent.clear();
  Submission text;
  text.text = typed.text;
  if (const FormProblem found = check_submission(left, text); found.reason != Refusal::None) {
    return say_problem(fill_in(refusal_text(found.reason), {std::to_string(found.limit)}), found.field);
  }
  problem.clear();
  announce(Text::kSaving);
  ask_for_change({id, typed.text, false}, OwnAction::Edit, Asked::Change);
}

void Conversation::State::drop_edit() {
  const std::string slot = keeper.draft().slot;
  if (edited_comment().empty()) return;
  std::erase_if(drafts, [&](const Draft& draft) { return draft.slot == slot; });
  begin("drop_draft").key("slot").value(slot).end_object();
}

// ---- What has become of it -------------------------------------------------------------------------------------------------

void Conversation::State::take_change(const HttpReply& reply, Asked asked) {
  const Change done = std::exchange(change, {});
  const bool is_look = asked == Asked::ChangeLook;
  if (const std::optional<OwnComment> own = parse_own_comment(place, reply)) {
    const bool is_gone = own->state == CommentState::Deleted;
    if (done.is_deletion) return is_gone ? finish_deletion(done.id) : say_change_problem(done, Text::kNotDeleted);
    if (is_gone) return say_change_problem(done, refusal_text(Refusal::CommentGone));
    const bool has_arrived = !is_look || trimmed(own->source) == trimmed(done.text);
    return has_arrived ? finish_edit(done, own->state) : say_change_problem(done, Text::kNotChanged);
  }
  const SendOutcome outcome = create_outcome(place, reply);
  if (outcome.kind == OutcomeKind::Refused) {
    return say_change_problem(done, fill_in(refusal_text(outcome.reason), {std::to_string(outcome.limit)}));
  }
  if (!reply.was_sent && !is_look)
    return say_change_problem(done, done.is_deletion ? Text::kNotDeletedOffline : Text::kNotChangedOffline);
  if (outcome.kind == OutcomeKind::Retry && !is_look) {
    return say_change_problem(done, done.is_deletion ? Text::kNotDeletedBusy : Text::kNotChangedBusy);
  }
  if (is_look) return say_change_problem(done, done.is_deletion ? Text::kDeletionUnsure : Text::kChangeUnsure);
  ask_for_change(done, OwnAction::Read, Asked::ChangeLook);
}

void Conversation::State::finish_edit(const Change& done, CommentState state) {
  if (const OutboxRecord* record = outbox.find_own(place, done.id)) apply(outbox.changed(record->key(), state, done.text, now));
  // What was typed meanwhile is another change.
  const bool is_all = edited_comment() == done.id && typed.text == done.text;
  if (is_all) {
    drop_edit();
    open_slot({});
    has_preview = false;
    fill();
  }
  original = done.text;
  announce(state == CommentState::Published ? Text::kChanged : Text::kHeld);
  load_thread();
  show();
  if (is_all) focus_element(comment_anchor(done.id));
}

// Its place stays, for whoever looks at it, until the thread is loaded anew.
void Conversation::State::finish_deletion(const std::string& id) {
  if (edited_comment() == id) {
    drop_edit();
    open_slot({});
    fill();
  }
  const OutboxRecord* record = outbox.find_own(place, id);
  if (record != nullptr) apply(outbox.changed(record->key(), CommentState::Deleted, {}, now));
  bool is_in_thread = false;
  for (Comment& comment : discussion.comments) {
    if (comment.id != id) continue;
    comment.state = CommentState::Deleted;
    is_in_thread = true;
  }
  deleting.clear();
  own_problem_id.clear();
  announce(Text::kDeletedNow);
  show();
  focus_element(is_in_thread ? comment_anchor(id) : "comments");
}

void Conversation::State::say_change_problem(const Change& failed, std::string_view text) {
  if (!failed.is_deletion && edited_comment() == failed.id) return say_problem(text, "text");
  own_problem = text;
  own_problem_id = failed.id;
  announce(text);
  show();
}

}  // namespace octavo
