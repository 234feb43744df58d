// One event through the state.
#include "core/conversation/conversation.h"

#include <utility>
#include <variant>

#include "core/conversation/state.h"

namespace octavo {

Conversation::Conversation(HtmlParser& parser) : state_(std::make_unique<ConversationState>(parser)) {}
Conversation::~Conversation() = default;

ConversationEffects Conversation::update(const ConversationEvent& event, std::int64_t now) {
  state_->now = now;
  std::visit([&](const auto& happened) { state_->handle(happened); }, event);
  return std::exchange(state_->effects, {});
}

}  // namespace octavo
