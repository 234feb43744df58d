// The files of a folder from elsewhere: none outside it, none hidden, no link that leads out.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "press/import/common/import_context.h"
#include "press/source/front_matter_fence.h"
#include "press/source/front_matter_value.h"

namespace octavo {

struct FolderFiles {
  std::filesystem::path root;
  std::vector<std::string> files;  // '/' between names, sorted

  bool has(std::string_view relative) const;
};

Result<FolderFiles> list_folder(const std::filesystem::path& root, const std::vector<std::string>& excluded_names,
                                Diagnostics& diagnostics);

// A file with its front matter parsed but not yet interpreted.
struct SourceFile {
  std::string relative;
  ImportLocation location;
  bool has_front_matter = false;
  SourceTable table;
  std::string body;
  std::uint32_t body_first_line = 1;
};

// Reports what is wrong, and then counts the file as read and failed (`kind` as in the report).
std::optional<SourceFile> read_source_file(const FolderFiles& folder, const std::string& relative, const std::string& kind,
                                           ImportContext& context);

// The settings of a site in YAML, TOML or JSON by the name's extension; empty when it is broken, which is reported.
SourceTable read_settings_file(const FolderFiles& folder, const std::string& relative, ImportContext& context);

std::string_view file_name_of(std::string_view relative);
std::string_view parent_of(std::string_view relative);  // "" at the top
std::string_view stem_of(std::string_view relative);    // the name without its last extension
bool is_media_file(std::string_view relative);          // neither text that a site builder reads nor code
bool is_markdown_file(std::string_view relative);

// Copies the media files among `files` to the same place below content/, without `prefix`. The others count as withheld.
void add_media_files(const FolderFiles& folder, std::string_view prefix, const std::vector<std::string>& files,
                     ImportContext& context);

}  // namespace octavo
