// Why a comment was not taken, in one word for programs and in plain words for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace octavo {

enum class Refusal : std::uint8_t {
  None,
  LoginRequired,
  SessionExpired,
  CookiesBlocked,
  Blocked,
  NotAllowed,
  Closed,
  PostGone,
  NotSetUp,
  ThreadFull,
  TooEarly,  // a reply to one's own comment while it can still be edited
  Empty,
  NameNeeded,
  EmailNeeded,
  NameAndEmailNeeded,
  ConsentNeeded,
  BadEmail,
  BadWebsite,
  BadName,
  TooLong,
  TooShort,
  Words,
  Invalid,
  ParentGone,
  Duplicate,
  RateLimited,
  ServerError,
  Unreachable,
  Unreadable,
  KeyReused,
  EditExpired,
  CommentGone,
  Unclear,  // the engine said no in words of its own
};

// A field of the reply form.
enum class FormField : std::uint8_t { None, Text, Name, Email, Website, Consent, Remember };
// "text", "name", "email", "website", "consent", "remember"; empty for None, and None for other names.
std::string_view form_field_name(FormField field);
FormField form_field_from_name(std::string_view name);

// What the person can do about it.
enum class NextStep : std::uint8_t { Form, Stop, SignIn, Ask, Wait };

NextStep next_step(Refusal refusal);

// A whole sentence or two. "{}" is replaced by the number that goes with the reason, where there is one.
std::string_view refusal_text(Refusal refusal);
// Stable names, for stores and tests: "login-required".
std::string_view refusal_name(Refusal refusal);
Refusal refusal_from_name(std::string_view name);

}  // namespace octavo
