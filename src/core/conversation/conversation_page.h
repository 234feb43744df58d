// The conversation below a post as blocks of its page: the thread, the reply form, and what is kept on the device.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/comments/comment.h"
#include "core/comments/comment_form.h"
#include "core/comments/draft.h"
#include "core/comments/outbox.h"
#include "core/content/document/document.h"
#include "core/content/html/html_parser.h"

namespace octavo {

// The names of all buttons begin with this.
inline constexpr std::string_view kConversationAction = "comments:";

// Everything that the blocks depend on; views only.
struct ConversationView {
  const ThreadRef& place;
  const CommentForm& form;
  const Discussion& discussion;
  const Outbox& outbox;
  const std::vector<Draft>& drafts;  // of all pages

  enum class Thread : std::uint8_t { Loading, Shown, Failed };
  Thread thread = Thread::Loading;
  bool has_thread() const { return thread == Thread::Shown || !discussion.comments.empty(); }
  std::string_view failure;       // a sentence
  std::optional<DateTime> as_of;  // the thread is as it was then
  bool is_loading_more = false;
  bool newest_first = false;
  bool follows_known = false;  // earlier comments stand above

  // Who is signed in: name and provider, or empty. `form` is what is left to fill in then.
  std::string_view person;
  std::string_view image;  // of the person, where the page may show it
  std::string_view provider;
  std::string_view connecting;  // to this provider
  bool is_choosing = false;     // another account

  std::string_view reply_to;  // id of a comment
  // Own comments, by their ids: one that is edited in the form, one that may be deleted, one whose change is under way.
  std::string_view edited;
  std::string_view deleting;
  std::string_view changing;
  std::string_view own_problem;  // a sentence about `own_problem_id`
  std::string_view own_problem_id;
  std::int64_t server_ahead_s = 0;  // of the reader's clock
  std::string_view text;            // for the preview
  bool has_preview = false;
  std::uint32_t rows = 6;
  std::string_view problem;  // a sentence
  std::string_view problem_field;
  std::string_view other_text;  // what another window has written in the same place
  bool is_kept = true;
  bool was_lost = false;
  bool shows_kept = false;
  std::string_view import_result;  // a sentence

  std::int64_t now = 0;
  std::int32_t zone_minutes = 0;  // of the reader's clock
};

std::vector<Block> build_conversation(const ConversationView& view, HtmlParser& parser);

// Until when a comment may be changed, by the reader's clock; nullopt when that time is over, or there was none.
std::optional<std::int64_t> editable_until(const Comment& comment, const CommentForm& form, std::int64_t now,
                                           std::int64_t server_ahead_s);

// The sentence about a record, for the thread and for screen readers.
std::string record_text(const OutboxRecord& record, std::int64_t now, std::int32_t zone_minutes);

}  // namespace octavo
