// Comments, threads and capabilities as the contract spells them (assets/comments/openapi.json).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "server/comments/store/comment_record.h"
#include "server/comments/store/comment_settings.h"

namespace octavo {

inline constexpr std::string_view kHoneypotField = "subject";
inline constexpr std::int64_t kContractVersion = 1;

enum class CommentView : std::uint8_t {
  Public,
  Own,    // of its author: also while it is held, and what may be done with it
  Owner,  // of the blog's owner: with e-mail and network
};

struct CommentWriting {
  const CommentSettings& settings;
  CommentView view = CommentView::Public;
  std::int64_t now = 0;
};

std::string utc_text(std::int64_t milliseconds);

// Deleted comments are written as tombstones: their place and nothing else.
void write_comment(JsonWriter& json, const CommentRecord& comment, const CommentWriting& writing);
void write_thread(JsonWriter& json, const ThreadRecord& thread);
std::string capabilities_json(const CommentSettings& settings, std::int64_t now);

// The address of a thread's page, and of a comment on it. Empty when the owner did not say where pages are.
std::string thread_link(const CommentSettings& settings, std::string_view thread);
std::string comment_link(const CommentSettings& settings, const CommentRecord& comment);

}  // namespace octavo
