// A built site, or its bundle alone, as the folder it could have been built from: building that gives the same bundle again.
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "press/import/import_context.h"

namespace octavo {

bool is_built_site(const std::filesystem::path& folder);

// Texts stay byte for byte; what their addresses lead to is written into the front matter ([addresses]), and media files get
// the names they had. Files whose bytes are not those that the bundle promises count as failed. Old addresses (aliases) and ids
// of feeds are not in a bundle.
Status read_built_site(const std::filesystem::path& folder, ImportContext& context);

}  // namespace octavo
