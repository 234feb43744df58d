// Opens the folder and, the first time, creates it.
#include "press/command/comment_data_dir.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <system_error>
#include <utility>

#include "press/base/text_file.h"
#include "press/command/comment_settings_file.h"
#include "server/comments/store/postgres_database.h"
#include "server/comments/store/sqlite_database.h"
#include "server/secrets.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

constexpr const char* kDatabaseName = "comments.db";
constexpr const char* kTokenName = "moderation-token";

// Readable for its owner only, from its first byte on.
Status write_secret_file(const fs::path& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return Error{ErrorCode::Unreadable, "The file cannot be written.", path.string()};
  const bool is_written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (::close(file) != 0 || !is_written) return Error{ErrorCode::Unreadable, "The file cannot be written.", path.string()};
  return Unit();
}

Result<std::string> moderation_token(const fs::path& folder) {
  const fs::path path = folder / kTokenName;
  std::error_code error;
  if (fs::exists(path, error)) return load_file(path, 1024);
  std::string token = random_secret();
  OCTAVO_CHECK(write_secret_file(path, token));
  return token;
}

}  // namespace

fs::path comments_folder_of(const fs::path& served) {
  std::error_code error;
  fs::path folder = fs::weakly_canonical(served, error);
  if (error) folder = served;
  if (!folder.has_filename()) folder = folder.parent_path();
  return folder.parent_path() / (folder.filename().string() + "-comments");
}

Result<CommentDataDir> open_comment_data_dir(const fs::path& folder, Diagnostics& diagnostics) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return Error{ErrorCode::Unreadable,
                 "The folder for the comments cannot be created (" + error.message() +
                     "). Name another with --comments DIR, or serve without them: --no-comments.",
                 folder.string()};
  }
  CommentSettingsFile file;
  const fs::path settings = folder / kCommentSettingsName;
  if (fs::exists(settings, error)) {
    OCTAVO_TRY(const auto text, load_file(settings));
    const std::size_t problems = diagnostics.count(Severity::Error);
    file = parse_comment_settings(text, settings.string(), diagnostics);
    if (diagnostics.count(Severity::Error) != problems) {
      return Error{ErrorCode::BadValue, "Correct the settings of the comments first.", settings.string()};
    }
  }
  CommentDataDir place;
  place.settings = std::move(file.settings);
  if (place.settings.moderation_token.empty()) {
    OCTAVO_TRY(auto token, moderation_token(folder));
    place.settings.moderation_token = std::move(token);
  }
  // The address may hold a password, so it is not what is shown.
  place.where = file.database.empty() ? (folder / kDatabaseName).string() : "PostgreSQL";
  OCTAVO_TRY(auto database, file.database.empty() ? open_sqlite_database(place.where) : open_postgres_database(file.database));
  place.database = std::move(database);
  return place;
}

}  // namespace octavo
