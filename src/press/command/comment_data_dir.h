// Where the comments of a served folder are kept: settings, database and the owner's token in a folder of their own.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "server/comments/store/comment_settings.h"
#include "server/comments/store/database.h"

namespace octavo {

// Beside the served folder, never inside: "site" has "site-comments".
std::filesystem::path comments_folder_of(const std::filesystem::path& served);

struct CommentDataDir {
  CommentSettings settings;  // with a moderation token
  std::unique_ptr<Database> database;
  std::string where;  // the database in words
};

// Reads comments.toml if it exists, and creates the folder, the database and the token if they are missing. Wrong settings are
// an error: comments must not be taken under other rules than the owner's.
Result<CommentDataDir> open_comment_data_dir(const std::filesystem::path& folder, Diagnostics& diagnostics);

}  // namespace octavo
