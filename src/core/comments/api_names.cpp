// The tables of the contract's words.
#include "core/comments/api_names.h"

#include <cstddef>
#include <iterator>

#include "core/base/enum_names.h"

namespace octavo {

namespace {

// Each in the order of its enum.
constexpr std::string_view kStates[] = {"published", "held", "rejected", "deleted"};
constexpr std::string_view kSourceTypes[] = {"markdown", "plain", "html"};
constexpr std::string_view kModerations[] = {"none", "links", "all"};
constexpr std::string_view kFieldUses[] = {"hidden", "optional", "required"};

static_assert(std::size(kStates) == static_cast<std::size_t>(CommentState::Deleted) + 1);
static_assert(std::size(kSourceTypes) == static_cast<std::size_t>(SourceType::Html) + 1);
static_assert(std::size(kModerations) == static_cast<std::size_t>(Moderation::All) + 1);
static_assert(std::size(kFieldUses) == static_cast<std::size_t>(FieldUse::Required) + 1);

}  // namespace

std::string_view api_name(CommentState state) {
  return kStates[static_cast<std::size_t>(state)];
}
std::string_view api_name(SourceType type) {
  return kSourceTypes[static_cast<std::size_t>(type)];
}
std::string_view api_name(Moderation moderation) {
  return kModerations[static_cast<std::size_t>(moderation)];
}
std::string_view api_name(FieldUse use) {
  return kFieldUses[static_cast<std::size_t>(use)];
}

std::optional<CommentState> comment_state_from(std::string_view word) {
  return enum_from_name<CommentState>(kStates, word);
}
std::optional<SourceType> source_type_from(std::string_view word) {
  return enum_from_name<SourceType>(kSourceTypes, word);
}
std::optional<Moderation> moderation_from(std::string_view word) {
  return enum_from_name<Moderation>(kModerations, word);
}
std::optional<FieldUse> field_use_from(std::string_view word) {
  return enum_from_name<FieldUse>(kFieldUses, word);
}

}  // namespace octavo
