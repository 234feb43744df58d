// Pages of a thread, one after the other.
#include "core/conversation/thread.h"

#include <algorithm>
#include <utility>

namespace octavo {

std::uint32_t ConversationThread::likes() const {
  const std::uint32_t others = discussion.likes - (discussion.is_liked && discussion.likes > 0 ? 1 : 0);
  return others + (is_liked ? 1U : 0U);
}

const Comment* ConversationThread::find(std::string_view id) const {
  const auto found = std::find_if(discussion.comments.begin(), discussion.comments.end(),
                                  [&](const Comment& comment) { return comment.id == id; });
  return found == discussion.comments.end() ? nullptr : &*found;
}

void ConversationThread::open(const ConversationOpened& opened, HtmlParser& parser) {
  const bool order = newest_first;
  *this = {};
  newest_first = order;
  thread_ref = opened.thread_ref;
  follows_prebuilt = opened.follows_prebuilt;
  reader_key = opened.reader_key;
  is_liked = opened.is_liked;
  if (opened.cached_thread.empty()) return;
  if (Result<Discussion> earlier = parse_discussion(thread_ref, {}, {200, opened.cached_thread}, parser)) {
    discussion = std::move(*earlier);
    as_of = DateTime{opened.cached_at, 0};
  }
}

HttpCall ConversationThread::first_page() {
  query_ = {};
  query_.newest_first = newest_first;
  query_.reader_key = reader_key;
  is_loading_more = false;
  return list_call(thread_ref, query_);
}

HttpCall ConversationThread::next_page() {
  is_loading_more = true;
  query_.cursor = discussion.cursor;
  return list_call(thread_ref, query_);
}

bool ConversationThread::take(const HttpReply& reply, ThreadPage which, HtmlParser& parser) {
  is_loading_more = false;
  Result<Discussion> page = parse_discussion(thread_ref, query_, reply, parser);
  if (!page) {
    failure = page.error().message;
    status = Status::Failed;
    may_recover = is_temporary(reply);
    return false;
  }
  status = Status::Shown;
  as_of.reset();
  if (which == ThreadPage::First) discussion = {};
  merge_discussion(discussion, std::move(*page));
  return true;
}

}  // namespace octavo
