// The table of reasons.
#include "core/comments/refusal.h"

#include <iterator>

#include "core/base/enum_names.h"

namespace octavo {

namespace {

struct RefusalRow {
  NextStep next;
  std::string_view name;
  std::string_view text;
};

// In the order of Refusal.
constexpr RefusalRow kRefusals[] = {
    {NextStep::Wait, "none", ""},
    {NextStep::SignIn, "login-required", "This site takes comments only from signed-in readers. Your text is kept."},
    {NextStep::SignIn, "session-expired", "Your sign-in has ended. Sign in again; your text is kept."},
    {NextStep::SignIn, "cookies-blocked", "This browser blocks the cookie needed here. Your text is kept."},
    {NextStep::Stop, "blocked", "You cannot comment on this site. Your text is kept."},
    {NextStep::Stop, "not-allowed", "The site does not allow this. Your text is kept."},
    {NextStep::Stop, "closed", "Comments are closed for this post. Your text is kept as a draft."},
    {NextStep::Stop, "post-gone", "This post does not take comments any more. Your text is kept as a draft."},
    {NextStep::Stop, "not-set-up", "The comment server does not know this page. Your text is kept."},
    {NextStep::Stop, "thread-full", "This post takes no more top-level comments from your network. Reply to a comment instead."},
    {NextStep::Wait, "too-early", "You can reply to your own comment once its time for changes is over."},
    {NextStep::Form, "empty", "The comment is empty."},
    {NextStep::Form, "name-needed", "Please give a name."},
    {NextStep::Form, "email-needed", "Please give an e-mail address."},
    {NextStep::Form, "name-and-email-needed", "Please give a name and an e-mail address."},
    {NextStep::Form, "consent-needed", "Please agree to the sentence below the text."},
    {NextStep::Form, "bad-email", "This is not an e-mail address."},
    {NextStep::Form, "bad-website", "The website must be an address like https://example.org/."},
    {NextStep::Form, "bad-name", "The server does not take this name."},
    {NextStep::Form, "too-long", "This is too long."},
    {NextStep::Form, "too-short", "The comment is too short."},
    {NextStep::Form, "words", "Some words are not allowed here."},
    {NextStep::Form, "invalid", "The server asks for a change before it takes this."},
    {NextStep::Ask, "parent-gone", "The comment you answer is gone. Send it as a new comment?"},
    {NextStep::Form, "duplicate", "The same comment is there already. Your text is kept."},
    {NextStep::Wait, "rate-limited", "Too many comments in a short time. It will be sent again by itself."},
    {NextStep::Wait, "server-error", "The server had a problem. It will be sent again by itself."},
    {NextStep::Wait, "unreachable", "The comment server does not answer. Saved; it will be sent again by itself."},
    {NextStep::Wait, "unreadable", "The answer was not understood. We check whether your comment arrived."},
    {NextStep::Form, "key-reused", "The server has another comment under this one’s number. Please send it anew."},
    {NextStep::Stop, "edit-expired", "It is too late to change this comment. Your text is kept as a draft."},
    {NextStep::Stop, "comment-gone", "This comment is not there any more. Your text is kept as a draft."},
    {NextStep::Form, "unclear", "The server refused it."},
};

const RefusalRow& row_of(Refusal refusal) {
  return kRefusals[static_cast<std::size_t>(refusal)];
}

// In the order of FormField.
constexpr std::string_view kFields[] = {"", "text", "name", "email", "website", "consent", "remember"};
static_assert(std::size(kFields) == static_cast<std::size_t>(FormField::Remember) + 1);

}  // namespace

static_assert(std::size(kRefusals) == static_cast<std::size_t>(Refusal::Unclear) + 1);

NextStep next_step(Refusal refusal) {
  return row_of(refusal).next;
}

std::string_view refusal_text(Refusal refusal) {
  return row_of(refusal).text;
}

std::string_view refusal_name(Refusal refusal) {
  return row_of(refusal).name;
}

Refusal refusal_from_name(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kRefusals); ++i) {
    if (kRefusals[i].name == name) return static_cast<Refusal>(i);
  }
  return Refusal::None;
}

std::string_view form_field_name(FormField field) {
  return kFields[static_cast<std::size_t>(field)];
}

FormField form_field_from_name(std::string_view name) {
  return enum_from_name<FormField>(kFields, name).value_or(FormField::None);
}

}  // namespace octavo
