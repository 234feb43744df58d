// Loads and publishes the reader's own files.
#include "press/publish/reader_files.h"

#include <algorithm>
#include <system_error>

#include "core/layout/style/stylesheet.h"
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
  return Unit{};
}

Status load_public_files(const fs::path& folder, std::vector<std::pair<std::string, std::string>>& out) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) return Unit{};
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (!at->is_regular_file(ignored)) continue;
    out.emplace_back(at->path().lexically_relative(folder).generic_string(), std::string());
    if (Status status = load_into(at->path(), out.back().second); !status) return status;
  }
  if (error) return Error{ErrorCode::Unreadable, "The folder cannot be read: " + error.message() + ".", folder.string()};
  std::sort(out.begin(), out.end());
  return Unit{};
}

}  // namespace

Result<ReaderFiles> load_reader_files(const fs::path& folder, Diagnostics& diagnostics) {
  ReaderFiles reader_files;
  std::error_code error;
  if (!fs::exists(folder / "octavo.wasm", error)) {
    diagnostics.note(folder.lexically_normal().generic_string(), 0, 0,
                     "There is no octavo.wasm here, so the site is built without the reader: plain pages and the bundle.");
    reader_files.page_template = plain_page_template();
    return reader_files;
  }
  reader_files.has_reader = true;
  reader_files.template_file = (folder / "page.html").lexically_normal().generic_string();
  for (const auto& [name, out] :
       {std::pair{"page.html", &reader_files.page_template}, std::pair{"octavo.js", &reader_files.script},
        std::pair{"early.js", &reader_files.early}, std::pair{"octavo.wasm", &reader_files.wasm},
        std::pair{"background_tasks.js", &reader_files.background_tasks},
        std::pair{"offline_page.js", &reader_files.offline_page}, std::pair{"conversation.js", &reader_files.conversation},
        std::pair{"conversation.wasm", &reader_files.conversation_wasm}, std::pair{"kill_sw.js", &reader_files.kill_worker},
        std::pair{"reader.css", &reader_files.style}}) {
    if (Status status = load_into(folder / name, *out); !status) return status.error();
  }
  if (Status status = load_public_files(folder / "public", reader_files.public_files); !status) return status.error();
  return reader_files;
}

void kill_service_worker(ReaderFiles& reader_files) {
  reader_files.background_tasks.clear();
  for (auto& [path, bytes] : reader_files.public_files) {
    if (path == "sw.js") bytes = reader_files.kill_worker;
  }
}

Result<PublishedReaderFiles> publish_reader_files(const ReaderFiles& reader_files, OutputFolder& output) {
  PublishedReaderFiles files;
  Result<FileReference> style = write_hashed_file(output, "assets/style", "css", build_stylesheet() + reader_files.style);
  if (!style) return style.error();
  files.style = std::move(*style);
  if (!reader_files.has_reader) return files;
  struct Program {
    const char* name;
    const char* extension;
    const std::string& bytes;
    FileReference& file;
  };
  for (const Program& program : {Program{"octavo", "js", reader_files.script, files.script},
                                 {"early", "js", reader_files.early, files.early},
                                 {"octavo", "wasm", reader_files.wasm, files.wasm},
                                 {"background_tasks", "js", reader_files.background_tasks, files.background_tasks},
                                 {"offline", "js", reader_files.offline_page, files.offline_page},
                                 {"conversation", "js", reader_files.conversation, files.conversation},
                                 {"conversation", "wasm", reader_files.conversation_wasm, files.conversation_wasm}}) {
    if (program.bytes.empty()) continue;
    const std::string stem = std::string("assets/") + program.name;
    Result<FileReference> file = write_hashed_file(output, stem, program.extension, program.bytes);
    if (!file) return file.error();
    program.file = std::move(*file);
  }
  for (const auto& [path, bytes] : reader_files.public_files) {
    if (Status status = output.write(path, bytes); !status) return status.error();
  }
  return files;
}

}  // namespace octavo
