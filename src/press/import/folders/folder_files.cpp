// Walks folders, reads and copies files.
#include "press/import/folders/folder_files.h"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

#include "core/base/utf8.h"
#include "press/base/text_file.h"
#include "press/source/post_source.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxFiles = 500'000;

constexpr auto kNotMedia = std::to_array<std::string_view>(
    {"md",   "markdown", "html", "htm", "xml",  "json",    "toml", "yaml", "yml", "js",  "mjs", "ts",  "css", "scss", "sass",
     "less", "rb",       "py",   "sh",  "lock", "gemspec", "php",  "map",  "key", "pem", "env", "log", "sql", "bak",  ""});

bool is_inside(const fs::path& root, const fs::path& path) {
  std::error_code error;
  const fs::path real_root = fs::canonical(root, error);
  if (error) return false;
  const fs::path real = fs::canonical(path, error);
  if (error) return false;
  return std::mismatch(real_root.begin(), real_root.end(), real.begin(), real.end()).first == real_root.end();
}

}  // namespace

bool FolderFiles::has(std::string_view relative) const {
  return std::binary_search(files.begin(), files.end(), relative);
}

Result<FolderFiles> list_folder(const fs::path& root, const std::vector<std::string>& excluded_names, Diagnostics& diagnostics) {
  FolderFiles folder{root, {}};
  std::error_code error;
  fs::recursive_directory_iterator at(root, fs::directory_options::none, error);
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    const std::string name = at->path().filename().string();
    const bool is_excluded = std::find(excluded_names.begin(), excluded_names.end(), name) != excluded_names.end();
    if (name.starts_with('.') || is_excluded) {
      at.disable_recursion_pending();
      continue;
    }
    if (at->is_symlink(ignored) && !is_inside(root, at->path())) {
      diagnostics.error(at->path().generic_string(), 0, 0,
                        "The symbolic link leads out of the folder or nowhere; it is left out.");
    } else if (at->is_regular_file(ignored)) {
      folder.files.push_back(at->path().lexically_relative(root).generic_string());
      if (folder.files.size() > kMaxFiles)
        return Error{ErrorCode::TooLarge, "The folder has more than 500,000 files.", root.string()};
    }
  }
  if (error) return Error{ErrorCode::Unreadable, "The folder cannot be read: " + error.message() + ".", root.string()};
  std::sort(folder.files.begin(), folder.files.end());
  return folder;
}

std::string_view file_name_of(std::string_view relative) {
  const std::size_t slash = relative.rfind('/');
  return slash == std::string_view::npos ? relative : relative.substr(slash + 1);
}

std::string_view parent_of(std::string_view relative) {
  const std::size_t slash = relative.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : relative.substr(0, slash);
}

std::string_view stem_of(std::string_view relative) {
  const std::string_view name = file_name_of(relative);
  return name.substr(0, name.rfind('.'));
}

namespace {

std::string extension_of(std::string_view relative) {
  const std::string_view name = file_name_of(relative);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string() : ascii_lowercase(name.substr(dot + 1));
}

}  // namespace

bool is_media_file(std::string_view relative) {
  return std::find(kNotMedia.begin(), kNotMedia.end(), extension_of(relative)) == kNotMedia.end();
}

bool is_markdown_file(std::string_view relative) {
  const std::string extension = extension_of(relative);
  return extension == "md" || extension == "markdown" || extension == "mkd" || extension == "mkdown";
}

std::optional<SourceFile> read_source_file(const FolderFiles& folder, const std::string& relative, const std::string& kind,
                                           ImportContext& context) {
  SourceFile file;
  file.relative = relative;
  file.location = {(folder.root / relative).lexically_normal().generic_string(), 0, 0};
  const auto fail = [&](const std::string& reason) {
    context.report.read(kind);
    context.report.failed(kind, reason, file.location);
    return std::nullopt;
  };
  const Result<std::string> bytes = load_file(folder.root / relative, kMaxPostSourceBytes);
  if (!bytes) {
    context.problem(file.location, post_file_problem(bytes.error()));
    return fail("cannot be read");
  }
  std::string_view raw = *bytes;
  if (raw.starts_with("\xEF\xBB\xBF")) raw.remove_prefix(3);
  Utf8Repair repair = repair_utf8(raw);
  for (const std::uint32_t offset : repair.bad_offsets) {
    const TextPosition position = text_position(raw, offset);
    context.warn({file.location.file, position.line, position.column}, "This is not UTF-8; it is shown as \xEF\xBF\xBD.");
  }
  FencedFrontMatter fenced = find_front_matter(repair.text);
  fenced.piece.file = file.location.file;
  if (!fenced.is_closed) {
    file.location.line = file.location.column = 1;
    context.problem(file.location, "The front matter that begins here does not end; close it with the same mark.");
    return fail("front matter does not end");
  }
  file.has_front_matter = fenced.format != FrontMatterFormat::None;
  std::optional<SourceTable> table = SourceTable{};
  if (fenced.format == FrontMatterFormat::Yaml) table = parse_yaml_table(fenced.piece, context.diagnostics);
  if (fenced.format == FrontMatterFormat::Toml) table = parse_toml_table(fenced.piece, context.diagnostics);
  if (fenced.format == FrontMatterFormat::Json) table = parse_json_table(fenced.piece, context.diagnostics);
  if (!table) return fail("front matter is broken");
  file.table = std::move(*table);
  file.body = repair.text.substr(fenced.body_begin);
  file.body_first_line = fenced.body_first_line;
  return file;
}

SourceTable read_settings_file(const FolderFiles& folder, const std::string& relative, ImportContext& context) {
  const std::string shown = (folder.root / relative).lexically_normal().generic_string();
  const Result<std::string> text = load_file(folder.root / relative, kMaxPostSourceBytes);
  if (!text || !is_valid_utf8(*text)) {
    context.diagnostics.error(shown, 0, 0, text ? "The settings are not UTF-8; they are ignored." : text.error().message);
    return {};
  }
  const SourceSegment piece{*text, shown, 1};
  const std::string extension = extension_of(relative);
  std::optional<SourceTable> table;
  if (extension == "toml") {
    table = parse_toml_table(piece, context.diagnostics);
  } else if (extension == "json") {
    table = parse_json_table(piece, context.diagnostics);
  } else {
    table = parse_yaml_table(piece, context.diagnostics);
  }
  return table ? std::move(*table) : SourceTable{};
}

void add_media_files(const FolderFiles& folder, std::string_view prefix, const std::vector<std::string>& files,
                     ImportContext& context) {
  for (const std::string& relative : files) {
    const ImportLocation location{(folder.root / relative).lexically_normal().generic_string(), 0, 0};
    if (is_media_file(relative)) {
      context.site.files.push_back({folder.root / relative, relative.substr(prefix.size())});
    } else {
      context.report.read("files");
      context.report.withheld("files", "not an image or the like", location);
    }
  }
}

}  // namespace octavo
