// Effects: what a conversation asks of the browser, as values. Outcomes return as events.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/comments/comment_adapter.h"
#include "core/comments/draft.h"
#include "core/comments/outbox.h"
#include "core/comments/refusal.h"
#include "core/content/document/document.h"
#include "core/conversation/compose_target.h"

namespace octavo {

// Show these blocks below the post. The page of several in a row is that of the last one.
struct ShowConversation {
  std::string page;
  std::uint32_t likes = 0;
  bool has_thread = false;  // the engine's comments are among the blocks
  std::vector<Block> blocks;
  std::uint32_t text_max = 0;  // code points
};
// Answered by exactly one ServerAnswered with the same number.
struct CallServer {
  std::uint32_t call = 0;
  HttpCall http;
};

// Set the fields of the form to these values.
struct FillForm {
  std::string text;
  std::string name;
  std::string email;
  std::string website;
  bool remember = false;
  std::uint32_t caret_begin = 0;
  std::uint32_t caret_end = 0;
};
struct FocusField {
  FormField field = FormField::Text;
};
// Focus an element that is no control, for a screen reader to go on from there.
struct FocusElement {
  std::string id;
};
// Say this to screen readers (a polite live region).
struct AnnounceChange {
  std::string text;
};

struct BeginSignIn {
  std::string provider;
  std::string label;
  std::string endpoint;
};
struct CancelSignIn {};
struct EndSession {
  std::string endpoint;
};

// Keep this person's fields for next time; all empty = forget them.
struct RememberFields {
  std::string name;
  std::string email;
  std::string website;
};
struct LikeSent {
  bool on = false;
};
// Keep this answer of the engine, for reading without a network.
struct CacheThread {
  std::string body;
};
struct CopyText {
  std::string text;
};
// Go to another page of the site, where a draft waits.
struct OpenPage {
  std::string path;
  ComposeTarget target;  // of the draft
};
// So many comments of this browser have not arrived yet.
struct CountUnfinished {
  std::uint32_t count = 0;
};

// StoreRecord, ForgetRecord and SetTimer are the outbox's (outbox.h), SaveDraft and DropDraft are the draft's (draft.h).
using ConversationEffect = std::variant<ShowConversation, CallServer, StoreRecord, ForgetRecord, SetTimer, SaveDraft, DropDraft,
                                        FillForm, FocusField, FocusElement, AnnounceChange, BeginSignIn, CancelSignIn, EndSession,
                                        RememberFields, LikeSent, CacheThread, CopyText, OpenPage, CountUnfinished>;
using ConversationEffects = std::vector<ConversationEffect>;

}  // namespace octavo
