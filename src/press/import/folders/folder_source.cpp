// Telling site builders apart by the files that only they have.
#include "press/import/folders/folder_source.h"

#include <algorithm>
#include <array>

#include "press/import/folders/front_matter_fields.h"

namespace octavo {

namespace {

constexpr auto kHugoSettings = std::to_array<std::string_view>(
    {"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default/hugo.toml", "config/_default/hugo.yaml",
     "config/_default/config.toml", "config/_default/config.yaml", "config.yaml", "config.yml", "config.json"});

bool has_folder(const FolderFiles& folder, std::string_view name) {
  const auto found = std::lower_bound(folder.files.begin(), folder.files.end(), name);
  return found != folder.files.end() && std::string_view(*found).starts_with(name);
}

}  // namespace

Result<std::string> read_folder_source(const std::filesystem::path& root, ImportContext& context) {
  Result<FolderFiles> folder =
      list_folder(root, {"node_modules", "_site", "public", "resources", "vendor", "themes"}, context.diagnostics);
  if (!folder) return folder.error();
  if (folder->has("_config.yml") || folder->has("_config.toml") || has_folder(*folder, "_posts/")) {
    read_jekyll_folder(*folder, context);
    return std::string("Jekyll folder");
  }
  if (folder->has("config.toml")) {
    Diagnostics ignored;
    ImportContext quiet{context.file, context.now, context.drafts, context.report, ignored, {}};
    const SourceTable settings = read_settings_file(*folder, "config.toml", quiet);
    const auto is_zolas = [](const NamedValue& member) { return member.name == "base_url"; };
    if (std::any_of(settings.begin(), settings.end(), is_zolas)) {
      read_zola_folder(*folder, "config.toml", context);
      return std::string("Zola folder");
    }
    read_hugo_folder(*folder, "config.toml", context);
    return std::string("Hugo folder");
  }
  for (const std::string_view name : kHugoSettings) {
    if (!folder->has(name)) continue;
    read_hugo_folder(*folder, std::string(name), context);
    return std::string("Hugo folder");
  }
  if (std::none_of(folder->files.begin(), folder->files.end(), [](const std::string& file) { return is_markdown_file(file); })) {
    return Error{ErrorCode::Unsupported, "The folder holds no Markdown and no settings of Hugo, Jekyll or Zola.", context.file};
  }
  read_zola_folder(*folder, {}, context);
  return std::string("Markdown folder");
}

}  // namespace octavo
