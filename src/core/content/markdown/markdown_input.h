// Markdown made fit for the parser: valid UTF-8, no U+0000, no byte order mark, no longer than kMaxPostBytes.
#pragma once

#include <string>
#include <string_view>

#include "core/base/diagnostics.h"

namespace octavo {

struct CleanMarkdown {
  std::string text;
  bool truncated = false;
};

// What had to be changed is reported; `file` names the source.
CleanMarkdown clean_markdown(std::string_view markdown, std::string_view file, Diagnostics& diagnostics);

}  // namespace octavo
