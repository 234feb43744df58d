// The key by which a blog's comment engine knows a post.
#pragma once

#include <string>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/content/bundle/bundle.h"
#include "press/source/post_source.h"

namespace octavo {

// Empty for Octavo's own engine, which uses the slug, and for one without a key for this post, on which nobody can then comment.
// Isso and Remark42 use the page's address; WordPress and Mastodon a number that only the owner knows ([comments] id in
// front matter). An invalid one is an error.
std::string comment_thread(const PostSource& source, const SiteInfo& site, Diagnostics& diagnostics);

// Warns once, with the number of posts for which an engine has no key.
void warn_of_closed_posts(const std::vector<Post>& posts, const SiteInfo& site, const std::string& file,
                          Diagnostics& diagnostics);

}  // namespace octavo
