// Blocks of the thread. The form and what is kept are in conversation_form.cpp.
#include "core/conversation/conversation_page.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/comments/comment_content.h"
#include "core/conversation/conversation_blocks.h"
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
      : view_(view), parser_(parser), comments_(view.discussion.comments) {
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
    if (!is_same_thread(record.place, view_.place)) continue;
    if (!record.comment_id.empty()) own_.insert(record.comment_id);
    if (record.state == OutboxState::Published || record.submission.text.empty()) continue;
    records.push_back(&record);
  }
  std::sort(records.begin(), records.end(), [](const OutboxRecord* a, const OutboxRecord* b) { return a->order < b->order; });
  for (const OutboxRecord* record : records) {
    Comment comment;
    comment.id = std::string(kRecordId) + record->key();
    comment.parent = record->submission.parent;
    comment.author = record->submission.name;
    comment.body = record->submission.text;
    comment.body_type = "markdown";
    // When it was written, by the server's clock as far as that is known.
    if (record->state == OutboxState::Held) comment.created = DateTime{record->submission.written_at + view_.server_ahead_s, 0};
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
  append_comment_body(block, comment.body, comment.body_type, view_.form.has_images, parser_);
  const OutboxRecord* record =
      comment.id.starts_with(kRecordId) ? view_.outbox.find(comment.id.substr(kRecordId.size())) : nullptr;
  if (record != nullptr) append_record_lines(block, *record);
  append_actions(block, comment, record);
  return block;
}

// `record` is of a comment that is not in the thread.
void ThreadBuilder::append_actions(Block& block, const Comment& comment, const OutboxRecord* record) const {
  const std::string& id = record == nullptr ? comment.id : record->comment_id;
  const OutboxRecord* own = view_.outbox.find_own(view_.place, id);
  const bool may_reply = view_.form.can_write && view_.form.can_reply && !view_.discussion.is_closed && !view_.form.is_closed;
  LineBuilder actions;
  if (record == nullptr && may_reply) {
    append_button(actions, Text::kReply, "reply:" + id, fill_in(Text::kReplyToName, {author_or_anonymous(comment.author)}));
  }
  if (own != nullptr) {
    const std::optional<std::int64_t> until = editable_until(comment, view_.form, view_.now, view_.server_ahead_s);
    if (until) append_button(actions, Text::kEdit, "edit-own:" + id, Text::kEditOwn);
    append_toggle(actions, Text::kDelete, "delete:" + id, view_.deleting == id, Text::kDeleteOwn);
    if (until) {
      const DateTime at{*until, view_.zone_minutes};
      block.children.push_back(make_paragraph(
          Variant::FinePrint, fill_in(Text::kEditableUntil, {clock_text(at) + ":" + two_digits(at.unix_seconds % 60)})));
    }
  }
  if (InlineText line = actions.take(); !line.empty())
    block.children.push_back(make_paragraph(Variant::Actions, std::move(line)));
  if (own != nullptr) append_own_lines(block, id);
}

void ThreadBuilder::append_own_lines(Block& block, const std::string& id) const {
  if (view_.own_problem_id == id) block.children.push_back(make_paragraph(Variant::Problem, view_.own_problem));
  if (view_.deleting != id) return;
  if (view_.changing == id) {
    block.children.push_back(make_paragraph(Variant::Notice, Text::kDeleting));
    return;
  }
  block.children.push_back(make_paragraph(Variant::Notice, Text::kReallyDelete));
  LineBuilder line;
  append_button(line, Text::kYesDelete, "really-delete:" + id);
  block.children.push_back(make_paragraph(Variant::Actions, line.take()));
}

void ThreadBuilder::append_record_lines(Block& block, const OutboxRecord& record) const {
  block.children.push_back(make_paragraph(Variant::Notice, record_text(record, view_.now, view_.zone_minutes)));
  InlineText actions = record_actions(record, view_.place);
  if (!actions.empty()) block.children.push_back(make_paragraph(Variant::Actions, std::move(actions)));
}

std::string heading_text(const ConversationView& view) {
  if (!view.has_thread()) return std::string(Text::kComments);
  const std::uint32_t count = view.discussion.total;
  const bool is_newer = view.follows_known;
  if (count == 0) return std::string(is_newer ? Text::kNoNewerReplies : Text::kNoReplies);
  if (count == 1) return std::string(is_newer ? Text::kOneNewerReply : Text::kOneReply);
  return fill_in(is_newer ? Text::kNewerReplies : Text::kReplies, {number_text(count)});
}

Block build_thread(const ConversationView& view, HtmlParser& parser) {
  Block section = make_section(Role::Comments, Text::kComments);
  section.children.push_back(make_heading(2, Variant::Body, heading_text(view)));
  if (view.thread == ConversationView::Thread::Loading && !view.has_thread()) {
    section.children.push_back(make_paragraph(Variant::Notice, Text::kLoading));
  }
  if (view.thread == ConversationView::Thread::Failed) {
    const std::string as_of = view.as_of ? fill_in(Text::kAsOf, {time_text(*view.as_of, view.zone_minutes)}) : std::string();
    section.children.push_back(
        make_paragraph(Variant::Notice, view.has_thread() && !as_of.empty() ? std::string_view(as_of) : view.failure));
    LineBuilder again;
    append_button(again, Text::kTryAgain, "reload");
    section.children.push_back(make_paragraph(Variant::Actions, again.take()));
  }
  if (view.discussion.comments.size() > 1) {
    LineBuilder order;
    append_toggle(order, Text::kNewestFirst, "sort", view.newest_first);
    Block toolbar = make_section(Role::Toolbar, Text::kNewestFirst);
    toolbar.children.push_back(make_paragraph(Variant::Actions, order.take()));
    section.children.push_back(std::move(toolbar));
  }
  ThreadBuilder(view, parser).append_to(section);
  if (!view.discussion.cursor.empty()) {
    LineBuilder more;
    append_button(more, view.is_loading_more ? Text::kLoadingMore : Text::kMore, "more");
    section.children.push_back(make_paragraph(Variant::Actions, more.take()));
  }
  return section;
}

}  // namespace

// ---- Pieces ----------------------------------------------------------------------------------------------------------------

void append_comment_body(Block& parent, std::string_view source, std::string_view type, bool has_images, HtmlParser& parser) {
  Document document = comment_document(source, type, parser, has_images ? CommentImages::Shown : CommentImages::AsLinks);
  append_foreign_blocks(parent, std::move(document));
}

void append_button(LineBuilder& line, std::string_view label, const std::string& action, std::string_view name) {
  Span button;
  button.url = std::string(kConversationAction) + action;
  button.alt = name;
  line.separate(kButtonGap).button(label, std::move(button));
}

void append_toggle(LineBuilder& line, std::string_view label, const std::string& action, bool is_pressed, std::string_view name) {
  Span button;
  button.alt = name;
  button.url = std::string(kConversationAction) + action;
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
    return fill_in(Text::kNextTry, {sentence, clock_text(at) + ":" + two_digits(at.unix_seconds % 60)});
  };
  switch (record.state) {
    case OutboxState::Queued:
      return with_reason(with_next_try(Text::kQueued));
    case OutboxState::Sending:
      return std::string(Text::kSending);
    case OutboxState::Unsure:
      return with_next_try(Text::kUnsure);
    case OutboxState::Asking:
      return std::string(Text::kAsking);
    case OutboxState::Held:
      return std::string(record.reason == Refusal::Duplicate ? Text::kHeldAlready : Text::kHeld);
    case OutboxState::Published:
      return record.reason == Refusal::Duplicate ? reason : std::string(Text::kPublished);
    case OutboxState::Refused:
      return with_reason(Text::kRefused);
  }
  return {};
}

InlineText record_actions(const OutboxRecord& record, const ThreadRef& here) {
  LineBuilder line;
  const std::string& key = record.key();
  const bool may_go = record.state == OutboxState::Queued || record.state == OutboxState::Unsure;
  if (may_go) append_button(line, Text::kTryNow, "retry:" + key);
  const bool is_stopped = record.state == OutboxState::Refused || record.state == OutboxState::Asking;
  if (is_stopped) append_button(line, Text::kSendAgain, "retry:" + key);
  if (is_same_thread(record.place, here) && (record.state == OutboxState::Queued || is_stopped))
    append_button(line, Text::kEdit, "edit:" + key);
  if (!record.submission.text.empty()) append_button(line, Text::kCopy, "copy:" + key);
  if (record.state == OutboxState::Queued || is_stopped) append_button(line, Text::kDiscard, "discard:" + key);
  // Whether it is ever approved nobody is told by such an engine.
  const bool waits_for_ever = record.state == OutboxState::Held && !can_follow_up(record.place);
  if (waits_for_ever) append_button(line, Text::kHide, "discard:" + key);
  return line.take();
}

std::vector<Block> build_conversation(const ConversationView& view, HtmlParser& parser) {
  std::vector<Block> blocks;
  blocks.push_back(build_thread(view, parser));
  blocks.push_back(build_reply_form(view, parser));
  return blocks;
}

}  // namespace octavo
