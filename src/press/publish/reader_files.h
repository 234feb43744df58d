// The reader as it was built: the program and the page that hosts it, to be published with every site.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/content/bundle/bundle.h"
#include "press/output/output_folder.h"

namespace octavo {

struct ReaderFiles {
  bool has_reader = false;  // false: pages only
  std::string page_template;
  std::string template_file;  // as messages name it
  std::string script;
  std::string early;  // a small script that runs before the first paint
  std::string wasm;
  std::string background_tasks;  // script that a page loads when it is idle
  std::string offline_page;      // script of offline.html
  std::string kill_worker;       // service worker that removes itself
  std::string conversation;      // script and program that are loaded when a reader comes near the comments
  std::string conversation_wasm;
  std::string style;                                              // after the stylesheet that the style table gives
  std::vector<std::pair<std::string, std::string>> public_files;  // path below the root -> bytes
};

// A folder with page.html, octavo.js, early.js, octavo.wasm, background_tasks.js, offline_page.js, conversation.js,
// conversation.wasm, kill_sw.js, reader.css and public/. Without octavo.wasm the site is built without the reader, and a note
// says so; any other missing file is an error, because the reader files are then damaged.
Result<ReaderFiles> load_reader_files(const std::filesystem::path& folder, Diagnostics& diagnostics);

// Publishes the site without offline reading, and removes it from the browsers that have it.
void kill_service_worker(ReaderFiles& reader_files);

// Where the reader files were published. All but `style` are empty without a reader.
struct PublishedReaderFiles {
  FileReference style;
  FileReference script;
  FileReference early;
  FileReference wasm;
  FileReference background_tasks;
  FileReference offline_page;
  FileReference conversation;
  FileReference conversation_wasm;
};
Result<PublishedReaderFiles> publish_reader_files(const ReaderFiles& reader_files, OutputFolder& output);

}  // namespace octavo
