// The second program: the conversation below a post, loaded when a reader comes near it (shell/conversation/). It shares only
// sources with the reader's program.
#include <cstdlib>

#include "browser/conversation_messages.h"
#include "browser/imports.h"
#include "browser/web_html_parser.h"
#include "core/base/assert.h"
#include "core/conversation/conversation.h"

namespace {

// Raised whenever an event or an effect changes; shell/conversation/program.js has the same number.
constexpr int kConversationVersion = 4;

octavo::Conversation& conversation() {
  static octavo::WebHtmlParser parser;
  static octavo::Conversation only(parser);
  return only;
}

}  // namespace

extern "C" {

int octavo_conversation_version(void) {
  return kConversationVersion;
}

// Memory for an argument.
void* octavo_alloc(std::size_t size) {
  void* memory = std::malloc(size > 0 ? size : 1);
  OCTAVO_ASSERT(memory != nullptr);
  return memory;
}
void octavo_free(void* memory) {
  std::free(memory);
}

// Handles one event (conversation_messages.h). octavojs_conversation() gets the effects before this returns. Other text changes
// nothing.
void octavo_conversation_event(const char* json, std::size_t length) {
  octavo::ConversationEffects asked;
  if (const auto message = octavo::parse_conversation_message({json, length})) {
    asked = conversation().update(message->event, message->now);
  }
  const std::string effects = octavo::write_conversation_effects(asked);
  octavojs_conversation(effects.data(), effects.size());
}

}  // extern "C"
