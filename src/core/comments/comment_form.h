// What an engine takes: it decides what the reply form offers, and what is told before anything is sent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/comments/api_names.h"
#include "core/comments/refusal.h"

namespace octavo {

// An account that readers may sign in with.
struct SignInChoice {
  std::string id;  // as the engine calls it
  std::string label;
};

struct CommentForm {
  bool can_write = true;  // a guest may send; false shows the thread alone
  bool is_closed = false;
  Moderation moderation = Moderation::None;
  FieldUse name = FieldUse::Required;
  FieldUse email = FieldUse::Optional;
  FieldUse website = FieldUse::Optional;
  std::uint32_t text_min = 1;  // code points
  std::uint32_t text_max = 8000;
  std::uint32_t name_max = 64;
  bool has_markdown = true;
  bool has_images = false;
  bool has_likes = false;
  bool can_reply = true;
  std::uint32_t edit_window_s = 0;
  std::optional<DateTime> server_time;  // when it said so: the reader's clock may be wrong
  std::vector<SignInChoice> providers;
  std::string consent;  // a sentence to agree to
  std::string privacy_url;
  std::string honeypot;  // a member that stays away
};

// A finished comment on its way. Nothing of it changes under one key.
struct Submission {
  std::string key;  // Idempotency-Key: a secret of the sender
  std::string parent;
  std::string text;  // Markdown
  std::string name;
  std::string email;
  std::string website;
  bool consent = false;
  std::int64_t elapsed_ms = 0;  // from opening the form to sending
  std::int64_t written_at = 0;  // Unix seconds by the reader's clock
  std::string token;            // of a signed-in person, as the engine's Authorization wants it
  bool operator==(const Submission&) const = default;
};

struct FormProblem {
  Refusal reason = Refusal::None;
  FormField field = FormField::None;
  std::uint32_t limit = 0;
};
// The first thing the engine would refuse; None when it would take it.
FormProblem check_submission(const CommentForm& form, const Submission& submission);

}  // namespace octavo
