// What the buttons of a conversation do. Inside the program an action is a value; it has a name only in the page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace octavo {

// The names of all buttons begin with this.
inline constexpr std::string_view kConversationAction = "comments:";

enum class ActionKind : std::uint8_t {
  // The thread
  Reload,
  ToggleOrder,
  LoadMore,
  // The form; the object is a comment or the form of a Markdown mark
  Reply,
  CancelReply,
  Send,
  TogglePreview,
  AddOtherText,
  Mark,  // performed by the page
  // Own comments; the object is a comment
  EditComment,
  AskToDelete,
  Delete,
  // Signing in; the object is a provider
  SignIn,
  CancelSignIn,
  ChangeAccount,
  SignOut,
  // What is kept on the device; the object is a record's key or a draft's slot
  ToggleKept,
  RetryRecord,
  CopyRecord,
  EditRecord,
  DiscardRecord,
  OpenDraft,
  CopyDraft,
  DiscardDraft,
  Export,  // performed by the page, like Import
  Import,
};

struct ConversationAction {
  ActionKind kind = ActionKind::Reload;
  std::string object;  // empty where the kind has none
};

// "reply:7", without kConversationAction; nullopt when no action has this name.
std::optional<ConversationAction> parse_action(std::string_view name);
std::string action_name(const ConversationAction& action);

}  // namespace octavo
