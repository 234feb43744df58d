// Comments in one SQLite file: for one machine, and for as many processes on it as are started.
#pragma once

#include <filesystem>
#include <memory>

#include "server/comments/store/database.h"

namespace octavo {

// Makes the file and its folder where they do not exist.
Result<std::unique_ptr<Database>> open_sqlite_database(const std::filesystem::path& file);

}  // namespace octavo
