// Who the reader is to the engine: a person who is signed in, or a guest.
#pragma once

#include <string>

#include "core/comments/comment_form.h"
#include "core/conversation/event.h"

namespace octavo {

struct EngineSession {
  std::string token;  // empty = nobody is signed in
  std::string name;
  std::string provider;      // its label
  std::string image;         // of the person, where the page may show it
  std::string connecting;    // label of the provider that is being signed in with
  bool is_choosing = false;  // another account

  bool is_signed_in() const { return !token.empty(); }
  // As the engine's Authorization wants it; empty for a guest.
  std::string authorization() const { return token.empty() ? std::string() : "Bearer " + token; }
  // What is left to fill in: a person who is signed in has told all about themselves.
  CommentForm form_left(CommentForm form) const;
  void enter(const SignedIn& person);
};

}  // namespace octavo
