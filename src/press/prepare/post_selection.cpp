// Chooses the posts that are published.
#include "press/prepare/post_selection.h"

#include <map>
#include <string>
#include <utility>

namespace octavo {

namespace {

const std::optional<DateTime>& due_date(const PostSource& post) {
  return post.front_matter.publish_date ? post.front_matter.publish_date : post.date;
}

bool is_future(const PostSource& post, DateTime now) {
  return due_date(post) && *due_date(post) > now;
}

bool is_expired(const PostSource& post, DateTime now) {
  return post.front_matter.expires && *post.front_matter.expires <= now;
}

void take_earlier(std::optional<NextDue>& next, NextDue due) {
  if (!next || due.at < next->at) next = std::move(due);
}

}  // namespace

PostSelection select_posts(const std::vector<PostSource>& posts, DateTime now, Drafts drafts, Diagnostics& diagnostics) {
  PostSelection selection;
  PostCounts& counts = selection.counts;
  std::map<std::string, const PostSource*> by_slug;
  for (const PostSource& post : posts) {
    bool is_published = false;
    if (!post.is_usable) {
      ++counts.left_out;
    } else if (post.draft && drafts == Drafts::Withhold) {
      ++counts.drafts;
    } else if (is_future(post, now)) {
      ++counts.future;
      if (!is_expired(post, *due_date(post))) take_earlier(counts.next_due, {*due_date(post), post.file, true});
    } else if (is_expired(post, now)) {
      ++counts.expired;
    } else if (const auto [first, is_new] = by_slug.emplace(ascii_lowercase(post.slug), &post); !is_new) {
      diagnostics.error(post.file, post.front_matter.slug_location.line, post.front_matter.slug_location.column,
                        "The address \"" + post.slug + "\" is taken by " + first->second->file +
                            "; this post is left out until one of the two has another `slug`.");
      ++counts.left_out;
    } else {
      ++counts.published;
      if (post.front_matter.expires) take_earlier(counts.next_due, {*post.front_matter.expires, post.file, false});
      is_published = true;
    }
    selection.is_published.push_back(is_published);
  }
  return selection;
}

}  // namespace octavo
