// Blocks of the thread. The form and what is kept are in form_blocks.cpp.
#include "core/conversation/conversation_view.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/comments/comment_content.h"
#include "core/conversation/blocks.h"
#include "core/page/comment_blocks.h"
#include "core/page/conversation_strings.h"
#include "core/page/page_frame.h"
#include "core/page/strings.h"

namespace octavo {

namespace {

using Text = ConversationStrings;

// An en space, and a place to break.
constexpr std::string_view kButtonGap = "\u2002 ";
// Ids of records among those of comments.
constexpr std::string_view kRecordId = "record:";

// Comments of the engine and, among them, what this browser has sent or is to send.
class ThreadBuilder {
 public:
  ThreadBuilder(const ConversationView& view, HtmlParser& parser)
      : view_(view), parser_(parser), comments_(view.thread.discussion.comments) {
    add_records();
  }

  void append_to(Block& section) {
    const std::vector<CommentRow> rows = comment_rows(comments_);
    append_comments(
        section, rows.size(), [&](std::size_t i) { return rows[i].depth; },
        [&](std::size_t i) { return build_comment(comments_[rows[i].index], rows[i].depth); });
  }

 private:
  void add_records();
  Block build_comment(const Comment& comment, std::uint32_t depth);
  void append_record_lines(Block& block, const OutboxRecord& record) const;
  void append_actions(Block& block, const Comment& comment, const OutboxRecord* record) const;
  void append_own_lines(Block& block, const std::string& id) const;
  const Comment* find(std::string_view id) const;
  bool is_own(const Comment& comment) const { return own_.contains(comment.id); }

  const ConversationView& view_;
  HtmlParser& parser_;
  std::vector<Comment> comments_;
  std::set<std::string_view> own_;
};

void ThreadBuilder::add_records() {
  std::vector<const OutboxRecord*> records;
  for (const auto& [key, record] : view_.outbox.records()) {
    if (!is_same_thread(record.thread_ref, view_.thread.thread_ref)) continue;
    if (!record.comment_id.empty()) own_.insert(record.comment_id);
    // What was published stays visible until the thread has it, whatever becomes of the thread's loading.
    const bool is_in_thread = record.state == OutboxState::Published && view_.thread.find(record.comment_id) != nullptr;
    if (!is_in_thread && !record.submission.text.empty()) records.push_back(&record);
  }
  std::sort(records.begin(), records.end(), [](const OutboxRecord* a, const OutboxRecord* b) { return a->order < b->order; });
  for (const OutboxRecord* record : records) {
    Comment comment;
    comment.id = std::string(kRecordId) + record->key();
    comment.parent = record->submission.parent;
    comment.author = record->submission.name;
    comment.body = record->submission.text;
    comment.body_type = SourceType::Markdown;
    // When it was written, by the server's clock as far as that is known.
    const bool is_taken = record->state == OutboxState::Held || record->state == OutboxState::Published;
    if (is_taken) comment.created = DateTime{record->submission.written_at + view_.server_ahead_s, 0};
    comments_.push_back(std::move(comment));
  }
}

const Comment* ThreadBuilder::find(std::string_view id) const {
  const auto found = std::find_if(comments_.begin(), comments_.end(), [&](const Comment& comment) { return comment.id == id; });
  return found == comments_.end() ? nullptr : &*found;
}

Block ThreadBuilder::build_comment(const Comment& comment, std::uint32_t depth) {
  Block block = make_comment(comment.id, comment.author);
  if (comment.state == CommentState::Deleted) {
    block.children.push_back(make_paragraph(Variant::Notice, Text::kDeleted));
    return block;
  }
  Byline byline{.id = comment.id,
                .author = comment.author,
                .website = is_web_url(comment.website) ? comment.website : std::string_view(),
                .created = comment.created,
                .zone_minutes = view_.zone_minutes,
                .is_own = is_own(comment),
                .is_edited = comment.edited.has_value()};
  if (const Comment* answered = depth > kShownDepth ? find(comment.parent) : nullptr) {
    byline.answered_id = answered->id;
    byline.answered_author = answered->author;
  }
  block.children.push_back(build_byline(byline));
  append_comment_body(block, comment.body, comment.body_type, images_in(view_.form), parser_);
  const OutboxRecord* record =
      comment.id.starts_with(kRecordId) ? view_.outbox.find(comment.id.substr(kRecordId.size())) : nullptr;
  if (record != nullptr) append_record_lines(block, *record);
  append_actions(block, comment, record);
  return block;
}

// `record` is of a comment that is not in the thread.
void ThreadBuilder::append_actions(Block& block, const Comment& comment, const OutboxRecord* record) const {
  const std::string& id = record == nullptr ? comment.id : record->comment_id;
  const OutboxRecord* own = view_.outbox.find_own(view_.thread.thread_ref, id);
  const bool may_reply =
      view_.form.can_write && view_.form.can_reply && !view_.thread.discussion.is_closed && !view_.form.is_closed;
  LineBuilder actions;
  if (record == nullptr && may_reply) {
    append_button(actions, Text::kReply, {ActionKind::Reply, id},
                  fill_in(Text::kReplyToName, {author_or_anonymous(comment.author)}));
  }
  if (own != nullptr) {
    const std::optional<std::int64_t> until = editable_until(comment, view_.form, view_.now, view_.server_ahead_s);
    if (until) append_button(actions, Text::kEdit, {ActionKind::EditComment, id}, Text::kEditOwn);
    append_toggle(actions, Text::kDelete, {ActionKind::AskToDelete, id}, view_.own.deleting == id, Text::kDeleteOwn);
    if (until) {
      const DateTime at{*until, view_.zone_minutes};
      block.children.push_back(make_paragraph(
          Variant::FinePrint, fill_in(Text::kEditableUntil, {hours_and_minutes(at) + ":" + two_digits(at.unix_seconds % 60)})));
    }
  }
  if (InlineText line = actions.take(); !line.empty())
    block.children.push_back(make_paragraph(Variant::Actions, std::move(line)));
  if (own != nullptr) append_own_lines(block, id);
}

void ThreadBuilder::append_own_lines(Block& block, const std::string& id) const {
  if (view_.own.problem_id == id) block.children.push_back(make_paragraph(Variant::Problem, view_.own.problem));
  if (view_.own.deleting != id) return;
  if (view_.own.change.id == id) {
    block.children.push_back(make_paragraph(Variant::Notice, Text::kDeleting));
    return;
  }
  block.children.push_back(make_paragraph(Variant::Notice, Text::kReallyDelete));
  LineBuilder line;
  append_button(line, Text::kYesDelete, {ActionKind::Delete, id});
  block.children.push_back(make_paragraph(Variant::Actions, line.take()));
}

void ThreadBuilder::append_record_lines(Block& block, const OutboxRecord& record) const {
  block.children.push_back(make_paragraph(Variant::Notice, record_text(record, view_.now, view_.zone_minutes)));
  InlineText actions = record_actions(record, view_.thread.thread_ref);
  if (!actions.empty()) block.children.push_back(make_paragraph(Variant::Actions, std::move(actions)));
}

// With those of this reader that are public and not in the thread yet.
std::uint32_t count_comments(const ConversationView& view) {
  const Discussion& discussion = view.thread.discussion;
  std::size_t known = discussion.comments.size();
  for (const auto& [key, record] : view.outbox.records()) {
    const bool is_public = record.state == OutboxState::Published && is_same_thread(record.thread_ref, view.thread.thread_ref);
    if (is_public && !record.submission.text.empty() && view.thread.find(record.comment_id) == nullptr) ++known;
  }
  return known == discussion.comments.size() ? discussion.total : std::max(discussion.total, static_cast<std::uint32_t>(known));
}

std::string heading_text(const ConversationView& view) {
  if (!view.thread.has_comments()) return std::string(Text::kComments);
  const std::uint32_t count = count_comments(view);
  const bool is_newer = view.thread.follows_prebuilt;
  if (count == 0) return std::string(is_newer ? Text::kNoNewerReplies : Text::kNoReplies);
  if (count == 1) return std::string(is_newer ? Text::kOneNewerReply : Text::kOneReply);
  return fill_in(is_newer ? Text::kNewerReplies : Text::kReplies, {number_text(count)});
}

Block build_thread(const ConversationView& view, HtmlParser& parser) {
  Block section = make_section(Role::Comments, Text::kComments);
  section.children.push_back(make_heading(2, Variant::Body, heading_text(view)));
  if (view.thread.status == ConversationThread::Status::Loading && !view.thread.has_comments()) {
    section.children.push_back(make_paragraph(Variant::Notice, Text::kLoading));
  }
  if (view.thread.status == ConversationThread::Status::Failed) {
    const std::string as_of =
        view.thread.as_of ? fill_in(Text::kAsOf, {time_text(*view.thread.as_of, view.zone_minutes)}) : std::string();
    section.children.push_back(make_paragraph(
        Variant::Notice, view.thread.has_comments() && !as_of.empty() ? std::string_view(as_of) : view.thread.failure));
    LineBuilder again;
    append_button(again, Text::kTryAgain, {ActionKind::Reload});
    section.children.push_back(make_paragraph(Variant::Actions, again.take()));
  }
  if (view.thread.discussion.comments.size() > 1) {
    LineBuilder order;
    append_toggle(order, Text::kNewestFirst, {ActionKind::ToggleOrder}, view.thread.newest_first);
    Block toolbar = make_section(Role::Toolbar, Text::kNewestFirst);
    toolbar.children.push_back(make_paragraph(Variant::Actions, order.take()));
    section.children.push_back(std::move(toolbar));
  }
  ThreadBuilder(view, parser).append_to(section);
  if (!view.thread.discussion.cursor.empty()) {
    LineBuilder more;
    append_button(more, view.thread.is_loading_more ? Text::kLoadingMore : Text::kMore, {ActionKind::LoadMore});
    section.children.push_back(make_paragraph(Variant::Actions, more.take()));
  }
  return section;
}

}  // namespace

// ---- Shared blocks ---------------------------------------------------------------------------------------------------------

CommentImages images_in(const CommentForm& form) {
  return form.has_images ? CommentImages::Shown : CommentImages::AsLinks;
}

void append_comment_body(Block& parent, std::string_view source, SourceType type, CommentImages images, HtmlParser& parser) {
  Document document = comment_document(source, type, parser, images);
  append_untrusted_blocks(parent, std::move(document));
}

void append_button(LineBuilder& line, std::string_view label, ConversationAction action, std::string_view name) {
  Span button;
  button.url = std::string(kConversationAction) + action_name(action);
  button.alt = name;
  line.separate(kButtonGap).button(label, std::move(button));
}

void append_toggle(LineBuilder& line, std::string_view label, ConversationAction action, bool is_pressed, std::string_view name) {
  Span button;
  button.alt = name;
  button.url = std::string(kConversationAction) + action_name(action);
  button.is_toggle = true;
  button.pressed = is_pressed;
  line.separate(kButtonGap).button(label, std::move(button));
}

std::optional<std::int64_t> editable_until(const Comment& comment, const CommentForm& form, std::int64_t now,
                                           std::int64_t server_ahead_s) {
  if (!comment.created || form.edit_window_s == 0) return std::nullopt;
  const std::int64_t until = comment.created->unix_seconds + form.edit_window_s - server_ahead_s;
  return until > now ? std::optional(until) : std::nullopt;
}

std::string record_text(const OutboxRecord& record, std::int64_t now, std::int32_t zone_minutes) {
  std::string reason;
  if (record.reason != Refusal::None) {
    reason =
        fill_in(refusal_text(record.reason), {number_text(static_cast<std::uint64_t>(std::max<std::int64_t>(0, record.limit)))});
  }
  if (record.reason == Refusal::Unclear && !record.detail.empty()) reason += " “" + record.detail + "”";
  const auto with_reason = [&](std::string_view sentence) {
    return reason.empty() ? std::string(sentence) : std::string(sentence) + " " + reason;
  };
  const auto with_next_try = [&](std::string_view sentence) {
    if (remaining_wait(record, now) == 0) return std::string(sentence);
    const DateTime at{record.waits_since + record.wait_s, zone_minutes};
    return fill_in(Text::kNextTry, {sentence, hours_and_minutes(at) + ":" + two_digits(at.unix_seconds % 60)});
  };
  switch (record.state) {
    case OutboxState::Queued:
      return with_reason(with_next_try(Text::kQueued));
    case OutboxState::Sending:
      return std::string(Text::kSending);
    case OutboxState::Unsure:
      return with_next_try(record.reason == Refusal::Unreachable ? Text::kUnsureDown : Text::kUnsure);
    case OutboxState::Asking:
      return std::string(Text::kAsking);
    case OutboxState::Held:
      return std::string(record.reason == Refusal::Duplicate ? Text::kHeldAlready : Text::kHeld);
    case OutboxState::Published:
      return std::string(record.reason == Refusal::Duplicate ? Text::kDelivered : Text::kPublished);
    case OutboxState::Refused:
      return with_reason(Text::kRefused);
  }
  return {};
}

InlineText record_actions(const OutboxRecord& record, const ThreadRef& here) {
  LineBuilder line;
  const std::string& key = record.key();
  const bool may_go = record.state == OutboxState::Queued || record.state == OutboxState::Unsure;
  if (may_go) append_button(line, Text::kTryNow, {ActionKind::RetryRecord, key});
  const bool is_stopped = record.state == OutboxState::Refused || record.state == OutboxState::Asking;
  if (is_stopped) append_button(line, Text::kSendAgain, {ActionKind::RetryRecord, key});
  if (is_same_thread(record.thread_ref, here) && (record.state == OutboxState::Queued || is_stopped))
    append_button(line, Text::kEdit, {ActionKind::EditRecord, key});
  if (!record.submission.text.empty()) append_button(line, Text::kCopy, {ActionKind::CopyRecord, key});
  if (record.state == OutboxState::Queued || is_stopped) append_button(line, Text::kDiscard, {ActionKind::DiscardRecord, key});
  // Such an engine tells nobody whether it is approved.
  const bool waits_for_ever = record.state == OutboxState::Held && !can_follow_up(record.thread_ref);
  if (waits_for_ever) append_button(line, Text::kHide, {ActionKind::DiscardRecord, key});
  return line.take();
}

std::vector<Block> build_conversation(const ConversationView& view, HtmlParser& parser) {
  std::vector<Block> blocks;
  blocks.push_back(build_thread(view, parser));
  blocks.push_back(build_reply_form(view, parser));
  return blocks;
}

}  // namespace octavo
