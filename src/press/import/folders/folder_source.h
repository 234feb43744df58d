// Folders of other site builders as posts: Hugo, Jekyll, Zola, and Markdown without any.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "press/import/common/import_context.h"
#include "press/import/folders/folder_files.h"

namespace octavo {

// The name of the format.
Result<std::string> read_folder_source(const std::filesystem::path& folder, ImportContext& context);

void read_hugo_folder(const FolderFiles& folder, const std::string& settings_file, ImportContext& context);
void read_jekyll_folder(const FolderFiles& folder, ImportContext& context);
// Without settings (empty `settings_file`) it is a plain folder of Markdown, whose front matter means the same.
void read_zola_folder(const FolderFiles& folder, const std::string& settings_file, ImportContext& context);

}  // namespace octavo
