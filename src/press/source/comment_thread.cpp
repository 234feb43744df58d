// The keys of posts, engine by engine.
#include "press/source/comment_thread.h"

#include <algorithm>

#include "core/comments/comment_adapter.h"

namespace octavo {

namespace {

bool has_digits_only(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "/blog/posts/tea/": as in location.pathname, which Isso's own script uses.
std::string path_of_page(const SiteInfo& site, const std::string& url) {
  const std::string absolute = absolute_url(site, url);
  const std::size_t host = absolute.find("://");
  return host == std::string::npos ? "/" + absolute : absolute.substr(absolute.find('/', host + 3));
}

}  // namespace

std::string comment_thread(const PostSource& source, const SiteInfo& site, Diagnostics& diagnostics) {
  const std::optional<CommentEngine> engine = comment_engine(site.comments.engine);
  const std::string& id = source.front_matter.thread;
  if (site.comments.endpoint.empty() || !engine || *engine == CommentEngine::Octavo) return {};
  const std::string page = post_path(source.slug);
  if (*engine == CommentEngine::Isso) return id.empty() ? path_of_page(site, page) : id;
  if (*engine == CommentEngine::Remark42) return id.empty() ? absolute_url(site, page) : id;
  if (has_digits_only(id)) return id;
  diagnostics.error(source.file, source.front_matter.thread_location.line, source.front_matter.thread_location.column,
                    "`id` in `comments` is \"" + id + "\", but " + site.comments.engine +
                        " knows a post by a number; nobody can comment on this one.");
  return {};
}

void warn_of_closed_posts(const std::vector<Post>& posts, const SiteInfo& site, const std::string& file,
                          Diagnostics& diagnostics) {
  const std::optional<CommentEngine> engine = comment_engine(site.comments.engine);
  if (site.comments.endpoint.empty() || !engine || *engine == CommentEngine::Octavo) return;
  const auto is_closed = [](const Post& post) { return post.thread.empty(); };
  const auto count = std::count_if(posts.begin(), posts.end(), is_closed);
  if (count == 0) return;
  const std::string& first = std::find_if(posts.begin(), posts.end(), is_closed)->summary.slug;
  diagnostics.warn(file, 0, 0,
                   "Nobody can comment on " + std::to_string(count) + (count == 1 ? " post" : " posts") +
                       " without the number that " + site.comments.engine +
                       " has for it: `id` in `[comments]` of front matter. The newest is \"" + first + "\".");
}

}  // namespace octavo
