// The thread of a conversation: what the engine says of the comments on the post, and how far it has been loaded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/date.h"
#include "core/comments/comment.h"
#include "core/comments/comment_adapter.h"
#include "core/content/html/html_parser.h"
#include "core/conversation/event.h"

namespace octavo {

enum class ThreadPage : std::uint8_t { First, Next };

struct ConversationThread {
  ThreadRef thread_ref;
  bool follows_prebuilt = false;  // the page has earlier comments above

  enum class Status : std::uint8_t { Loading, Shown, Failed };
  Status status = Status::Loading;
  Discussion discussion;
  std::string failure;            // a sentence
  std::optional<DateTime> as_of;  // the comments are as they were then
  bool is_loading_more = false;
  bool newest_first = false;
  bool may_recover = false;  // it failed because the server is down or busy

  std::string reader_key;
  bool is_liked = false;  // by this reader

  bool is_open() const { return !thread_ref.endpoint.empty(); }
  bool is_unavailable() const { return status == Status::Failed && may_recover; }
  bool has_comments() const { return status == Status::Shown || !discussion.comments.empty(); }
  // With this reader's own like, whether or not the engine knows of it.
  std::uint32_t likes() const;
  const Comment* find(std::string_view id) const;

  // A thread that was seen before is shown until the engine has answered.
  void open(const ConversationOpened& opened, HtmlParser& parser);
  HttpCall first_page();
  // Precondition: !discussion.cursor.empty().
  HttpCall next_page();
  // False when the answer is no list of comments: `failure` says why.
  bool take(const HttpReply& reply, ThreadPage which, HtmlParser& parser);

 private:
  ListQuery query_;
};

}  // namespace octavo
