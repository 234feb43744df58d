// What the text in the reply form will become: a comment on the post, a reply to a comment, or the new text of a comment.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace octavo {

struct ComposeTarget {
  enum class Kind : std::uint8_t { Post, Reply, Edit };
  Kind kind = Kind::Post;
  std::string comment;  // id of the comment that is answered or edited; empty for Post

  static ComposeTarget reply_to(std::string comment);  // Post for an empty id
  static ComposeTarget edit(std::string comment) { return {Kind::Edit, std::move(comment)}; }

  // The comments that a submission answers, and that an edit changes; empty for other kinds.
  std::string_view parent() const { return kind == Kind::Reply ? std::string_view(comment) : std::string_view(); }
  std::string_view edited() const { return kind == Kind::Edit ? std::string_view(comment) : std::string_view(); }
  bool operator==(const ComposeTarget&) const = default;
};

// The form that drafts and the page keep it in, as their `parent`: "" for the post, "7" for a reply, "edit:7" for an edit.
std::string compose_target_name(const ComposeTarget& target);
ComposeTarget compose_target_from_name(std::string_view name);

}  // namespace octavo
