// Files of the owner's that are published as they are: CNAME, a favicon, robots.txt, verification files, downloads.
#pragma once

#include <filesystem>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "press/output/output_folder.h"

namespace octavo {

// Below the site's folder.
inline constexpr std::string_view kStaticFolderName = "static";

// Writes every regular file below `folder`, hidden ones too, under its own path. Links are left out with an error, and so are
// names that no address can have. Nothing happens without the folder. An Error when a file cannot be read or written.
Status write_static_files(const std::filesystem::path& folder, OutputFolder& output, Diagnostics& diagnostics);

}  // namespace octavo
