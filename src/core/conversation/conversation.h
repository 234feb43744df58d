// The conversation below a post while it is open: thread, reply form, drafts and outbox. It runs in a program of its own
// (src/browser/conversation_program.cpp), which is loaded when a reader comes near it. Event in, new state and effects out; the
// clock, the store, the network and the page are the caller's.
#pragma once

#include <cstdint>
#include <memory>

#include "core/content/html/html_parser.h"
#include "core/conversation/effect.h"
#include "core/conversation/event.h"

namespace octavo {

struct ConversationState;

class Conversation {
 public:
  // `parser` must outlive it.
  explicit Conversation(HtmlParser& parser);
  ~Conversation();
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  // Handles one event completely, at `now` (Unix seconds by the reader's clock); returns the effects in the order in which they
  // are to be performed. Unknown calls and tickets (late answers) are ignored.
  ConversationEffects update(const ConversationEvent& event, std::int64_t now);

 private:
  std::unique_ptr<ConversationState> state_;
};

}  // namespace octavo
