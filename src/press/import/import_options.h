// What an import is asked to do.
#pragma once

#include <filesystem>

#include "core/base/date.h"
#include "press/import/media_fetch.h"
#include "press/prepare/post_selection.h"

namespace octavo {

struct ImportOptions {
  std::filesystem::path source;
  std::filesystem::path output;
  DateTime now;
  Drafts drafts = Drafts::Withhold;
  const MediaFetch* fetch = nullptr;  // without one, the import makes no network requests
};

}  // namespace octavo
