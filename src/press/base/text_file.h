// Reading a whole file, with a limit and a reason when it does not work.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace octavo {

// Files of a site beyond this are refused: they are loaded whole, several at a time.
inline constexpr std::uintmax_t kMaxFileBytes = 256ULL * 1024 * 1024;

// The bytes of a regular file. Errors name the path as given.
Result<std::string> load_file(const std::filesystem::path& path, std::uintmax_t limit = kMaxFileBytes);

}  // namespace octavo
