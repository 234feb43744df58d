// The comments that a built site brings along, into the database of Octavo's own server.
#pragma once

#include <cstddef>
#include <filesystem>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "server/comments/store/comment_settings.h"
#include "server/comments/store/database.h"

namespace octavo {

struct ImportedCommentCounts {
  std::size_t added = 0;
  std::size_t known = 0;  // came with an earlier import, even if they have been deleted since
};

// Each comment keeps its author, time and text and what it answers; it is published, and nobody can edit it. What cannot be read
// of the site is told in `diagnostics`.
Result<ImportedCommentCounts> import_comments_of(const std::filesystem::path& built_site, Database& database,
                                                 const CommentSettings& settings, Diagnostics& diagnostics);

}  // namespace octavo
