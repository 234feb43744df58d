// Markdown made fit for the parser: valid UTF-8, no U+0000, no byte order mark.
#pragma once

#include <string>
#include <string_view>

#include "core/base/diagnostics.h"

namespace octavo {

// What had to be changed is reported; `file` names the source.
std::string normalize_markdown(std::string_view markdown, std::string_view file, Diagnostics& diagnostics);

}  // namespace octavo
