// A whole site from its sources: every page, the bundle, the feed and the reader, in one folder that any host can serve.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/date.h"
#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "press/base/progress.h"
#include "press/prepare/post_selection.h"
#include "press/publish/hyphenation_files.h"

namespace octavo {

enum class Compression : std::uint8_t {
  None,
  Beside,  // *.br and *.gz, for hosts that send them
};

// Kill publishes a worker that removes itself and everything kept except drafts, in case the real one does harm.
enum class ServiceWorker : std::uint8_t { Publish, Kill };

struct BuildOptions {
  std::filesystem::path site;
  std::filesystem::path output;
  std::filesystem::path reader_files;
  std::filesystem::path hyphenation = kHyphenationFolder;
  DateTime now;
  Drafts drafts = Drafts::Withhold;
  Compression compression = Compression::None;
  std::filesystem::path cache;  // file with the results of earlier builds; empty = no cache
  ServiceWorker worker = ServiceWorker::Publish;
};

// A post with an error is published as the previous output has it, or left out, and is in the diagnostics; an Error means that
// nothing was written and the previous output is unchanged. The same sources without errors and the same `now` give the same
// bytes.
Result<PostCounts> build_site(const BuildOptions& options, Diagnostics& diagnostics, Progress& progress);

// Reads everything as a build would, withheld posts as well, and writes nothing.
Result<PostCounts> check_site(const std::filesystem::path& site, DateTime now, Diagnostics& diagnostics, Progress& progress);

// "7 posts published, 1 draft, 0 future, 0 expired withheld", and the next due post on a line of its own.
std::string summary_text(const PostCounts& counts);

}  // namespace octavo
