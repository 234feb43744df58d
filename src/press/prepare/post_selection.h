// Which posts are published: no drafts, no future or expired posts, and no second post with the same address.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/base/diagnostics.h"
#include "press/source/post_source.h"

namespace octavo {

enum class Drafts : std::uint8_t { Withhold, Include };

// The next instant at which a build would give a different site.
struct NextDue {
  DateTime at;
  std::string file;
  bool appears = true;  // false: it expires
};

struct PostCounts {
  std::size_t published = 0;
  std::size_t drafts = 0;  // withheld, as the following
  std::size_t future = 0;
  std::size_t expired = 0;
  std::size_t kept = 0;      // as an earlier build published them, because of errors
  std::size_t left_out = 0;  // because of errors
  std::optional<NextDue> next_due;
};

struct PostSelection {
  std::vector<bool> is_published;  // one per post
  PostCounts counts;
};

// `posts` in the order of their files; of posts with the same slug (ignoring case, since not every file system is case-
// sensitive) the first stays.
PostSelection select_posts(const std::vector<PostSource>& posts, DateTime now, Drafts drafts, Diagnostics& diagnostics);

}  // namespace octavo
