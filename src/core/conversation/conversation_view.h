// The conversation below a post as blocks of its page: the thread, the reply form, and what is kept on the device.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/comments/comment.h"
#include "core/comments/comment_form.h"
#include "core/comments/outbox.h"
#include "core/content/document/document.h"
#include "core/content/html/html_parser.h"
#include "core/conversation/composer.h"
#include "core/conversation/own_comments.h"
#include "core/conversation/session.h"
#include "core/conversation/thread.h"

namespace octavo {

// Everything that the blocks depend on.
struct ConversationView {
  const ConversationThread& thread;
  const Composer& composer;
  const EngineSession& session;
  const OwnComments& own;
  const Outbox& outbox;
  const CommentForm& form;          // what is left to fill in
  std::int64_t server_ahead_s = 0;  // of the reader's clock
  std::int64_t now = 0;
  std::int32_t zone_minutes = 0;  // of the reader's clock
};

std::vector<Block> build_conversation(const ConversationView& view, HtmlParser& parser);

// Until when a comment may be changed, by the reader's clock; nullopt when that time is over, or there was none.
std::optional<std::int64_t> editable_until(const Comment& comment, const CommentForm& form, std::int64_t now,
                                           std::int64_t server_ahead_s);

// The sentence about a record, for the thread and for screen readers.
std::string record_text(const OutboxRecord& record, std::int64_t now, std::int32_t zone_minutes);

// The sentence about a file of drafts and records.
std::string import_text(const FileImported& imported);

}  // namespace octavo
