// Which posts are on like matters, so that a reader finds on.
#pragma once

#include <vector>

#include "core/content/bundle/bundle.h"
#include "press/publish/bundle_files.h"

namespace octavo {

inline constexpr std::size_t kMostRelated = 3;

// Fills `related` of every post: those that share most tags with it, the nearest in time first where that is equal; not the one
// before and the one after it, which it names anyway. `posts` are sorted, `groups` are of group_posts().
void relate_posts(std::vector<Post>& posts, const std::vector<PostGroup>& groups);

}  // namespace octavo
