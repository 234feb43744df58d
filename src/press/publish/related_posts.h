// Finds related posts, so that readers can go on.
#pragma once

#include <vector>

#include "core/content/bundle/bundle.h"
#include "press/publish/bundle_files.h"

namespace octavo {

inline constexpr std::size_t kMostRelated = 3;

// Fills `related` of every post: those that share most tags with it, the nearest in time first if equal, but not the previous
// and the next post, which it names anyway. `posts` are sorted; `groups` come from group_posts().
void relate_posts(std::vector<Post>& posts, const std::vector<PostGroup>& groups);

}  // namespace octavo
