// Checking before sending what the engine has said it would refuse.
#include "core/comments/comment_form.h"

#include "core/base/plain_name.h"
#include "core/comments/comment_content.h"

namespace octavo {

namespace {

bool is_missing(FieldUse use, const std::string& value) {
  return use == FieldUse::Required && plain_name(value, 1).empty();
}

bool looks_like_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != 0 && at != std::string_view::npos && at + 1 < text.size() &&
         text.find_first_of(" <>,;\"") == std::string_view::npos && text.find('@', at + 1) == std::string_view::npos;
}

}  // namespace

FormProblem check_submission(const CommentForm& form, const Submission& submission) {
  const std::size_t length = count_code_points(submission.text);
  if (form.is_closed) return {Refusal::Closed, FormField::Text};
  if (plain_name(submission.text, 1).empty()) return {Refusal::Empty, FormField::Text};
  if (length < form.text_min) return {Refusal::TooShort, FormField::Text, form.text_min};
  if (length > form.text_max) return {Refusal::TooLong, FormField::Text, form.text_max};
  if (is_missing(form.name, submission.name)) return {Refusal::NameNeeded, FormField::Name};
  if (count_code_points(submission.name) > form.name_max) return {Refusal::TooLong, FormField::Name, form.name_max};
  if (is_missing(form.email, submission.email)) return {Refusal::EmailNeeded, FormField::Email};
  if (!submission.email.empty() && form.email != FieldUse::Hidden && !looks_like_email(submission.email)) {
    return {Refusal::BadEmail, FormField::Email};
  }
  if (is_missing(form.website, submission.website) ||
      (!submission.website.empty() && form.website != FieldUse::Hidden && !is_web_url(submission.website))) {
    return {Refusal::BadWebsite, FormField::Website};
  }
  if (!form.consent.empty() && !submission.consent) return {Refusal::ConsentNeeded, FormField::Consent};
  return {};
}

}  // namespace octavo
