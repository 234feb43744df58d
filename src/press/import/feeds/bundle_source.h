// A built site, or its bundle alone, as a folder from which the same bundle can be built again.
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "press/import/common/import_context.h"

namespace octavo {

bool is_built_site(const std::filesystem::path& folder);

// Texts stay byte for byte. The targets of their addresses go into the front matter ([addresses]), and media files get
// the names they had. Files whose bytes do not have the hash that the bundle states count as failed. Redirects (aliases) and ids
// of feeds are not in a bundle.
Status read_built_site(const std::filesystem::path& folder, ImportContext& context);

}  // namespace octavo
