// Leave a Reply: fields, formatting, preview, and what is kept on the device.
#include <algorithm>
#include <utility>

#include "core/base/utf8.h"
#include "core/comments/comment_content.h"
#include "core/content/html/semantic_tree.h"
#include "core/conversation/blocks.h"
#include "core/page/comment_blocks.h"
#include "core/page/conversation_strings.h"
#include "core/page/strings.h"

namespace octavo {

namespace {

using Text = ConversationStrings;

constexpr std::size_t kExcerptBytes = 160;

// Whole characters, on one line.
std::string excerpt(std::string_view text) {
  std::size_t size = std::min(text.size(), kExcerptBytes);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  std::string line = clean_text(text.substr(0, size));
  if (size < text.size()) line += "…";
  return line;
}

// "social.example"
std::string home_of(const ThreadRef& thread_ref) {
  if (thread_ref.engine == CommentEngine::WordPressCom) return clean_text(thread_ref.site);
  const std::size_t begin = thread_ref.endpoint.find("://");
  const std::string_view host = std::string_view(thread_ref.endpoint).substr(begin == std::string::npos ? 0 : begin + 3);
  return clean_text(host.substr(0, host.find('/')));
}

// The first letters of the first and the last word.
std::string initials_of(std::string_view name) {
  std::string initials;
  const std::size_t last = name.rfind(' ');
  for (const std::size_t begin : {std::size_t{0}, last == std::string_view::npos ? name.size() : last + 1}) {
    if (begin < name.size()) initials += name.substr(begin, decode_utf8(name, begin).length);
  }
  return initials;
}

// The image has a line of its own. Among words it would sit lower than it is painted.
InlineText image_line(std::string_view url) {
  constexpr std::uint32_t kImageSize = 32;  // CSS pixels
  InlineText line;
  line.text = kObjectReplacement;
  Span image;
  image.kind = InlineKind::Image;
  image.end = static_cast<std::uint32_t>(line.text.size());
  image.url = url;
  image.width = image.height = kImageSize;
  line.spans.push_back(std::move(image));
  return line;
}

// With initials in front, where the page may not show an image.
InlineText person_line(const ConversationView& view) {
  InlineText line;
  if (!is_web_url(view.session.image)) {
    line.text = initials_of(view.session.name);
    Span initials;
    initials.kind = InlineKind::Strong;
    initials.end = static_cast<std::uint32_t>(line.text.size());
    line.spans.push_back(std::move(initials));
    line.text += "\u2002";
  }
  line.text += fill_in(Text::kSignedIn, {view.session.name, view.session.provider});
  return line;
}

class FormBuilder {
 public:
  FormBuilder(const ConversationView& view, HtmlParser& parser)
      : view_(view), edited_(view.composer.target.edited()), parser_(parser) {}

  Block build();

 private:
  void add_heading();
  Block build_composer();
  void add_author(Block& composer) const;
  void add_identity(Block& composer) const;
  Block build_field(FormField name, std::string_view label, FieldUse use, std::uint32_t rows) const;
  Block build_check(FormField name, std::string_view label, FieldUse use) const;
  Block build_toolbar() const;
  Block build_preview();
  void add_notices(Block& composer) const;
  bool is_kept() const { return view_.composer.kept.works && view_.composer.keeper.is_kept() && view_.outbox.is_kept(); }
  void add_kept();
  void add_kept_record(const OutboxRecord& record);
  void add_kept_draft(const Draft& draft);
  void add_line(Variant variant, std::string_view text) { reply_.children.push_back(make_paragraph(variant, text)); }

  const ConversationView& view_;
  std::string_view edited_;  // id of the comment that is edited, or empty
  HtmlParser& parser_;
  Block reply_;
};

void FormBuilder::add_heading() {
  std::string heading(Text::kLeaveAReply);
  for (const Comment& comment : view_.thread.discussion.comments) {
    if (comment.id.empty() || comment.id != view_.composer.target.parent()) continue;
    heading = fill_in(Text::kReplyToName, {comment.author.empty() ? Text::kAnonymous : std::string_view(comment.author)});
  }
  if (!edited_.empty()) heading = Text::kEditOwn;
  reply_.children.push_back(make_heading(2, Variant::Body, heading));
  if (view_.composer.target == ComposeTarget{}) return;
  LineBuilder cancel;
  append_button(cancel, edited_.empty() ? Text::kCancelReply : Text::kCancelEdit, {ActionKind::CancelReply});
  reply_.children.push_back(make_paragraph(Variant::Actions, cancel.take()));
}

Block FormBuilder::build_field(FormField name, std::string_view label, FieldUse use, std::uint32_t rows) const {
  Block field;
  field.kind = BlockKind::Field;
  field.info = form_field_name(name);
  field.start = rows;
  field.is_required = use == FieldUse::Required;
  field.is_invalid = !view_.composer.problem.empty() && view_.composer.problem_field == name;
  field.inlines.text = use == FieldUse::Optional ? fill_in(Text::kOptional, {label}) : std::string(label);
  return field;
}

Block FormBuilder::build_check(FormField name, std::string_view label, FieldUse use) const {
  Block field = build_field(name, label, FieldUse::Required, 0);
  field.is_required = use == FieldUse::Required;
  field.variant = Variant::Check;
  return field;
}

Block FormBuilder::build_toolbar() const {
  Block toolbar = make_section(Role::Toolbar, Text::kFormatting);
  LineBuilder line;
  if (view_.form.has_markdown) {
    append_button(line, Text::kBold, {ActionKind::Mark, "bold"});
    append_button(line, Text::kItalic, {ActionKind::Mark, "italic"});
    append_button(line, Text::kLink, {ActionKind::Mark, "link"});
    append_button(line, Text::kQuote, {ActionKind::Mark, "quote"});
    append_button(line, Text::kCode, {ActionKind::Mark, "code"});
    append_button(line, Text::kList, {ActionKind::Mark, "list"});
  }
  append_toggle(line, Text::kPreview, {ActionKind::TogglePreview}, view_.composer.has_preview);
  toolbar.children.push_back(make_paragraph(Variant::Actions, line.take()));
  return toolbar;
}

Block FormBuilder::build_preview() {
  Block preview = make_section(Role::Comment, Text::kPreview);
  preview.children.push_back(make_paragraph(Variant::Label, Text::kPreview));
  append_comment_body(preview, view_.composer.typed.text, view_.form.has_markdown ? SourceType::Markdown : SourceType::Plain,
                      images_in(view_.form), parser_);
  if (preview.children.size() == 1) preview.children.push_back(make_paragraph(Variant::Notice, Text::kNothingToPreview));
  return preview;
}

void FormBuilder::add_notices(Block& composer) const {
  if (!view_.composer.problem.empty()) {
    Block problem = make_paragraph(Variant::Problem, view_.composer.problem);
    problem.anchor = kFieldProblemId;
    composer.children.push_back(std::move(problem));
  }
  if (!is_kept()) composer.children.push_back(make_paragraph(Variant::Problem, Text::kNotKept));
  if (view_.composer.kept.was_lost) composer.children.push_back(make_paragraph(Variant::Problem, Text::kLost));
  if (view_.composer.other_text().empty()) return;
  composer.children.push_back(make_paragraph(Variant::Notice, fill_in(Text::kOtherText, {excerpt(view_.composer.other_text())})));
  LineBuilder add;
  append_button(add, Text::kAddOther, {ActionKind::AddOtherText});
  composer.children.push_back(make_paragraph(Variant::Actions, add.take()));
}

// Who writes: a person who is signed in, or the ways to sign in.
void FormBuilder::add_identity(Block& composer) const {
  if (!view_.session.connecting.empty()) {
    composer.children.push_back(make_paragraph(Variant::Label, fill_in(Text::kConnecting, {view_.session.connecting})));
    LineBuilder cancel;
    append_button(cancel, Text::kCancel, {ActionKind::CancelSignIn});
    composer.children.push_back(make_paragraph(Variant::Actions, cancel.take()));
    return;
  }
  if (!view_.session.name.empty()) {
    if (is_web_url(view_.session.image))
      composer.children.push_back(make_paragraph(Variant::Label, image_line(view_.session.image)));
    composer.children.push_back(make_paragraph(Variant::Label, person_line(view_)));
    LineBuilder account;
    append_button(account, Text::kLogOut, {ActionKind::SignOut});
    append_toggle(account, Text::kChange, {ActionKind::ChangeAccount}, view_.session.is_choosing);
    composer.children.push_back(make_paragraph(Variant::Actions, account.take()));
    if (!view_.session.is_choosing) return;
  }
  if (view_.form.providers.empty()) return;
  composer.children.push_back(make_paragraph(Variant::Label, Text::kSignInWith));
  LineBuilder providers;
  for (const SignInChoice& choice : view_.form.providers) {
    append_button(providers, choice.label, {ActionKind::SignIn, choice.id}, std::string(Text::kSignInWith) + " " + choice.label);
  }
  composer.children.push_back(make_paragraph(Variant::Actions, providers.take()));
}

Block FormBuilder::build_composer() {
  Block composer = make_section(Role::Composer, Text::kLeaveAReply);
  composer.children.push_back(
      build_field(FormField::Text, Text::kComment, FieldUse::Required, std::max(2U, view_.composer.rows)));
  composer.children.push_back(build_toolbar());
  if (view_.composer.has_preview) composer.children.push_back(build_preview());
  // Who wrote it is not changed any more.
  if (edited_.empty()) add_author(composer);
  add_notices(composer);
  LineBuilder actions;
  const bool is_saving = !edited_.empty() && view_.own.change.id == edited_;
  append_button(actions, is_saving ? Text::kSaving : edited_.empty() ? Text::kSend : Text::kSave, {ActionKind::Send});
  composer.children.push_back(make_paragraph(Variant::Actions, actions.take()));
  return composer;
}

void FormBuilder::add_author(Block& composer) const {
  const CommentForm& form = view_.form;
  add_identity(composer);
  if (form.name != FieldUse::Hidden) composer.children.push_back(build_field(FormField::Name, Text::kName, form.name, 1));
  if (form.email != FieldUse::Hidden) composer.children.push_back(build_field(FormField::Email, Text::kEmail, form.email, 1));
  if (form.website != FieldUse::Hidden)
    composer.children.push_back(build_field(FormField::Website, Text::kWebsite, form.website, 1));
  if (form.name != FieldUse::Hidden)
    composer.children.push_back(build_check(FormField::Remember, Text::kRemember, FieldUse::Optional));
  if (!form.consent.empty())
    composer.children.push_back(build_check(FormField::Consent, clean_text(form.consent), FieldUse::Required));
  if (is_web_url(form.privacy_url)) {
    LineBuilder privacy;
    privacy.link(Text::kPrivacy, form.privacy_url);
    composer.children.push_back(make_paragraph(Variant::FinePrint, privacy.take()));
  }
}

// ---- What is kept ----------------------------------------------------------------------------------------------------------

void FormBuilder::add_kept_draft(const Draft& draft) {
  add_line(Variant::Label,
           fill_in(Text::kDraftOf, {clean_text(draft.page), time_text({draft.written_at, 0}, view_.zone_minutes)}));
  add_line(Variant::FinePrint, excerpt(draft.text));
  LineBuilder line;
  append_button(line, Text::kOpen, {ActionKind::OpenDraft, draft.slot});
  append_button(line, Text::kCopy, {ActionKind::CopyDraft, draft.slot});
  append_button(line, Text::kDiscard, {ActionKind::DiscardDraft, draft.slot});
  reply_.children.push_back(make_paragraph(Variant::Actions, line.take()));
}

void FormBuilder::add_kept_record(const OutboxRecord& record) {
  add_line(Variant::Label, fill_in(Text::kCommentOf, {clean_text(record.thread_ref.title),
                                                      time_text({record.submission.written_at, 0}, view_.zone_minutes)}));
  add_line(Variant::FinePrint, excerpt(record.submission.text));
  add_line(Variant::FinePrint, record_text(record, view_.now, view_.zone_minutes));
  if (InlineText actions = record_actions(record, view_.thread.thread_ref); !actions.empty()) {
    reply_.children.push_back(make_paragraph(Variant::Actions, std::move(actions)));
  }
}

void FormBuilder::add_kept() {
  std::vector<const Draft*> drafts;
  for (const Draft& draft : view_.composer.drafts) {
    if (!draft.text.empty()) drafts.push_back(&draft);
  }
  std::vector<const OutboxRecord*> records;
  for (const auto& [key, record] : view_.outbox.records()) {
    const bool is_done = record.state == OutboxState::Published;
    if (!is_done && !record.submission.text.empty()) records.push_back(&record);
  }
  LineBuilder line;
  append_toggle(line, fill_in(Text::kKept, {number_text(drafts.size() + records.size())}), {ActionKind::ToggleKept},
                view_.composer.kept.is_shown);
  reply_.children.push_back(make_paragraph(Variant::Actions, line.take()));
  if (!view_.composer.kept.is_shown) return;
  for (const Draft* draft : drafts) add_kept_draft(*draft);
  for (const OutboxRecord* record : records) add_kept_record(*record);
  LineBuilder files;
  append_button(files, Text::kExport, {ActionKind::Export});
  append_button(files, Text::kImport, {ActionKind::Import});
  reply_.children.push_back(make_paragraph(Variant::Actions, files.take()));
  const std::optional<FileImported>& imported = view_.composer.kept.imported;
  if (imported) add_line(imported->ok ? Variant::FinePrint : Variant::Problem, import_text(*imported));
}

Block FormBuilder::build() {
  reply_ = make_section(Role::Reply, Text::kLeaveAReply);
  add_heading();
  if (!edited_.empty()) {
    reply_.children.push_back(build_composer());
  } else if (view_.form.is_closed || view_.thread.discussion.is_closed) {
    add_line(Variant::Notice, Text::kClosed);
  } else if (!view_.form.can_write && view_.form.providers.empty()) {
    const bool is_own = view_.thread.thread_ref.engine == CommentEngine::Octavo;
    add_line(Variant::Notice,
             is_own ? std::string(Text::kSignInOnly) : fill_in(Text::kWrittenElsewhere, {home_of(view_.thread.thread_ref)}));
  } else {
    if (!view_.form.can_write) add_line(Variant::Notice, Text::kSignInOnly);
    if (view_.form.moderation == Moderation::All) add_line(Variant::Notice, Text::kModerated);
    reply_.children.push_back(build_composer());
  }
  add_kept();
  return std::move(reply_);
}

}  // namespace

std::string import_text(const FileImported& imported) {
  if (!imported.ok) return std::string(Text::kNotImported);
  return fill_in(Text::kImported, {std::to_string(imported.drafts), std::to_string(imported.records)});
}

Block build_reply_form(const ConversationView& view, HtmlParser& parser) {
  return FormBuilder(view, parser).build();
}

}  // namespace octavo
