// The body of a new comment, checked against what the capabilities announce.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/comments/problem.h"
#include "server/comments/store/comment_record.h"
#include "server/comments/store/comment_settings.h"

namespace octavo {

struct SubmissionRequest {
  std::string parent;
  std::string source;
  SourceType source_type = SourceType::Markdown;
  std::string author_name;
  std::string author_email;
  std::string author_url;
  std::string language;
  std::int64_t elapsed_ms = -1;  // between opening the form and sending; -1 = not said
  bool hit_honeypot = false;
};

// The author's kind decides which fields are asked for.
enum class AuthorKind : std::uint8_t { Guest, SignedIn };

// Every field that is wrong is named, not only the first.
Outcome<SubmissionRequest> parse_submission(std::string_view json, AuthorKind author, const CommentSettings& settings);

struct TextRequest {
  std::string source;
  SourceType source_type = SourceType::Markdown;
};
// `body_source` and `body_source_type` alone: edits and previews.
Outcome<TextRequest> parse_text_request(std::string_view json, const CommentSettings& settings);

// Threads are named by the site: 1 to 256 bytes of UTF-8 without control characters.
bool is_thread_key(std::string_view key);

}  // namespace octavo
