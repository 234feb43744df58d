// The names of what a text is for.
#include "core/conversation/compose_target.h"

namespace octavo {

namespace {

constexpr std::string_view kEditPrefix = "edit:";

}  // namespace

ComposeTarget ComposeTarget::reply_to(std::string comment) {
  const Kind kind = comment.empty() ? Kind::Post : Kind::Reply;
  return {kind, std::move(comment)};
}

std::string compose_target_name(const ComposeTarget& target) {
  return target.kind == ComposeTarget::Kind::Edit ? std::string(kEditPrefix) + target.comment : target.comment;
}

ComposeTarget compose_target_from_name(std::string_view name) {
  if (name.starts_with(kEditPrefix)) return ComposeTarget::edit(std::string(name.substr(kEditPrefix.size())));
  return ComposeTarget::reply_to(std::string(name));
}

}  // namespace octavo
