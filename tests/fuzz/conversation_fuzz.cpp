// A conversation as its page drives it, a message a line: whatever comes in whatever order, what it shows and stores can be read.
#include <algorithm>
#include <string>
#include <variant>

#include "browser/conversation_messages.h"
#include "core/base/json.h"
#include "core/content/document/block_codec.h"
#include "core/conversation/conversation.h"
#include "fuzz/document_properties.h"
#include "fuzz/fuzz_input.h"
#include "press/base/gumbo_parser.h"

namespace octavo {
namespace {

constexpr std::size_t kMaxMessages = 40;
// The thread's own levels come on top of those of a comment.
constexpr std::uint32_t kMaxConversationDepth = 2 * kMaxBlockDepth;

struct CheckEffect {
  void operator()(const ShowConversation& effect) const {
    for (const Block& block : effect.blocks) check_block(block, 1, kMaxConversationDepth);
    JsonWriter first;
    encode_blocks(first, effect.blocks);
    Document document;
    document.root.kind = BlockKind::Section;
    document.root.children = decode_blocks(Json::parse(first.text(), "blocks").value());
    JsonWriter second;
    encode_blocks(second, document.root.children);
    OCTAVO_ASSERT(second.text() == first.text());
    number_blocks(document);
    const Element tree = build_semantic_tree(document);
    check_element(tree);
  }
  void operator()(const StoreRecord& effect) const {
    const std::optional<OutboxRecord> record = parse_outbox_record(effect.record);
    OCTAVO_ASSERT(record && record->key() == effect.key);
  }
  void operator()(const SaveDraft& effect) const {
    const std::optional<Draft> draft = parse_draft(write_draft(effect.draft));
    OCTAVO_ASSERT(draft && draft->has_same_content(effect.draft));
  }
  void operator()(const SetTimer& effect) const { OCTAVO_ASSERT(effect.seconds >= 0); }
  template <typename Other>
  void operator()(const Other&) const {}
};

}  // namespace
}  // namespace octavo

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  std::string_view rest = FuzzInput(data, size).text();
  GumboParser parser;
  Conversation conversation(parser);
  for (std::size_t count = 0; count < kMaxMessages && !rest.empty(); ++count) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const Result<ConversationMessage> message = parse_conversation_message(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!message) continue;
    const ConversationEffects effects = conversation.update(message->event, message->now);
    for (const ConversationEffect& effect : effects) std::visit(CheckEffect{}, effect);
    OCTAVO_ASSERT(Json::parse(write_conversation_effects(effects), "effects").ok());
  }
  return 0;
}
