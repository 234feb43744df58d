// The names of actions.
#include "core/conversation/action.h"

#include <cstddef>
#include <iterator>

#include "core/base/enum_names.h"

namespace octavo {

namespace {

// In the order of ActionKind.
constexpr std::string_view kNames[] = {
    "reload",   "sort",   "more",          "reply",   "cancel-reply",   "send",          "preview", "add-other", "mark",
    "edit-own", "delete", "really-delete", "sign-in", "cancel-sign-in", "change",        "log-out", "kept",      "retry",
    "copy",     "edit",   "discard",       "open",    "copy-draft",     "discard-draft", "export",  "import",
};
static_assert(std::size(kNames) == static_cast<std::size_t>(ActionKind::Import) + 1);

}  // namespace

std::optional<ConversationAction> parse_action(std::string_view name) {
  const std::size_t colon = name.find(':');
  const std::string_view verb = name.substr(0, colon);
  const std::optional<ActionKind> kind = enum_from_name<ActionKind>(kNames, verb);
  if (!kind) return std::nullopt;
  const std::string_view object = colon == std::string_view::npos ? std::string_view() : name.substr(colon + 1);
  return ConversationAction{*kind, std::string(object)};
}

std::string action_name(const ConversationAction& action) {
  std::string name(kNames[static_cast<std::size_t>(action.kind)]);
  if (!action.object.empty()) name += ":" + action.object;
  return name;
}

}  // namespace octavo
