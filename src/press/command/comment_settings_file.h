// comments.toml in the folder of the comments: what the owner decides about them.
#pragma once

#include <string>
#include <string_view>

#include "core/base/diagnostics.h"
#include "server/comments/store/comment_settings.h"

namespace octavo {

inline constexpr std::string_view kCommentSettingsName = "comments.toml";

struct CommentSettingsFile {
  CommentSettings settings;
  std::string database;  // a PostgreSQL address; empty = the SQLite file beside the settings
};

// Keys are listed in docs/comments.md. Wrong values are errors and keep the default; unknown keys are warned about.
CommentSettingsFile parse_comment_settings(std::string_view toml, const std::string& file, Diagnostics& diagnostics);

}  // namespace octavo
