// Choices that the comments server and its readers have in common, and their names in the contract
// (assets/comments/openapi.json).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace octavo {

enum class CommentState : std::uint8_t {
  Published,
  Held,      // waits for the owner
  Rejected,  // by the owner
  Deleted,   // by its author or the owner; its text is gone
};

// How the text of a comment is written.
enum class SourceType : std::uint8_t { Markdown, Plain, Html };

enum class Moderation : std::uint8_t {
  None,   // everything is published at once, except what hit the honeypot
  Links,  // what looks like spam waits: many links, sent too fast, blocked words
  All,    // everything waits
};

// Whether a field of the reply form is there.
enum class FieldUse : std::uint8_t { Hidden, Optional, Required };

// "published", "markdown", "none", "hidden", and so on.
std::string_view api_name(CommentState state);
std::string_view api_name(SourceType type);
std::string_view api_name(Moderation moderation);
std::string_view api_name(FieldUse use);

// nullopt for other words.
std::optional<CommentState> comment_state_from(std::string_view word);
std::optional<SourceType> source_type_from(std::string_view word);
std::optional<Moderation> moderation_from(std::string_view word);
std::optional<FieldUse> field_use_from(std::string_view word);

}  // namespace octavo
