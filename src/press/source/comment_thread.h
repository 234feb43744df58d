// What the comment engine of a blog knows a post by.
#pragma once

#include <string>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/content/bundle/bundle.h"
#include "press/source/post_source.h"

namespace octavo {

// Empty: Octavo's own engine, which goes by the slug, or one that has no key for this post, so that nobody can comment on it.
// Isso and Remark42 go by the page's address; WordPress and Mastodon by a number that only the owner knows ([comments] id in
// front matter), and one that cannot be is a problem.
std::string comment_thread(const PostSource& source, const SiteInfo& site, Diagnostics& diagnostics);

// Says once how many posts an engine has no key for.
void warn_of_closed_posts(const std::vector<Post>& posts, const SiteInfo& site, const std::string& file,
                          Diagnostics& diagnostics);

}  // namespace octavo
