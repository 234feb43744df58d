// Loading and publishing the reader's own files.
#include "press/publish/reader_files.h"

#include <algorithm>
#include <system_error>

#include "core/layout/style/style.h"
#include "press/base/text_file.h"
#include "press/output/hashed_file.h"
#include "press/publish/page_template.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

Status load_into(const fs::path& file, std::string& out) {
  Result<std::string> bytes = load_file(file);
  if (!bytes) return bytes.error();
  out = std::move(*bytes);
  return Nothing{};
}

Status load_public_files(const fs::path& folder, std::vector<std::pair<std::string, std::string>>& out) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) return Nothing{};
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (!at->is_regular_file(ignored)) continue;
    out.emplace_back(at->path().lexically_relative(folder).generic_string(), std::string());
    if (Status status = load_into(at->path(), out.back().second); !status) return status;
  }
  if (error) return Error{ErrorCode::Unreadable, "The folder cannot be read: " + error.message() + ".", folder.string()};
  std::sort(out.begin(), out.end());
  return Nothing{};
}

}  // namespace

Result<Viewer> load_viewer(const fs::path& folder, Diagnostics& diagnostics) {
  Viewer viewer;
  std::error_code error;
  if (!fs::exists(folder / "octavo.wasm", error)) {
    diagnostics.note(folder.lexically_normal().generic_string(), 0, 0,
                     "There is no octavo.wasm here, so the site is built without the reader: plain pages and the bundle.");
    viewer.page_template = plain_page_template();
    return viewer;
  }
  viewer.has_reader = true;
  viewer.template_file = (folder / "page.html").lexically_normal().generic_string();
  for (const auto& [name, out] :
       {std::pair{"page.html", &viewer.page_template}, std::pair{"octavo.js", &viewer.script},
        std::pair{"early.js", &viewer.early}, std::pair{"octavo.wasm", &viewer.wasm},
        std::pair{"companion.js", &viewer.companion}, std::pair{"offline_page.js", &viewer.offline_page},
        std::pair{"conversation.js", &viewer.conversation}, std::pair{"conversation.wasm", &viewer.conversation_wasm},
        std::pair{"kill_sw.js", &viewer.kill_worker}, std::pair{"reader.css", &viewer.style}}) {
    if (Status status = load_into(folder / name, *out); !status) return status.error();
  }
  if (Status status = load_public_files(folder / "public", viewer.public_files); !status) return status.error();
  return viewer;
}

void take_back_worker(Viewer& viewer) {
  viewer.companion.clear();
  for (auto& [path, bytes] : viewer.public_files) {
    if (path == "sw.js") bytes = viewer.kill_worker;
  }
}

Result<ViewerFiles> write_viewer(const Viewer& viewer, OutputFolder& output) {
  ViewerFiles files;
  Result<FileReference> style = write_hashed_file(output, "assets/style", "css", build_stylesheet() + viewer.style);
  if (!style) return style.error();
  files.style = std::move(*style);
  if (!viewer.has_reader) return files;
  struct Program {
    const char* name;
    const char* extension;
    const std::string& bytes;
    FileReference& file;
  };
  for (const Program& program : {Program{"octavo", "js", viewer.script, files.script},
                                 {"early", "js", viewer.early, files.early},
                                 {"octavo", "wasm", viewer.wasm, files.wasm},
                                 {"companion", "js", viewer.companion, files.companion},
                                 {"offline", "js", viewer.offline_page, files.offline_page},
                                 {"conversation", "js", viewer.conversation, files.conversation},
                                 {"conversation", "wasm", viewer.conversation_wasm, files.conversation_wasm}}) {
    if (program.bytes.empty()) continue;
    const std::string stem = std::string("assets/") + program.name;
    Result<FileReference> file = write_hashed_file(output, stem, program.extension, program.bytes);
    if (!file) return file.error();
    program.file = std::move(*file);
  }
  for (const auto& [path, bytes] : viewer.public_files) {
    if (Status status = output.write(path, bytes); !status) return status.error();
  }
  return files;
}

}  // namespace octavo
