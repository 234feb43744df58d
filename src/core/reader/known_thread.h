// The comments that a build knew, as part of a post's page: readable without its engine, and without any program.
#pragma once

#include <string_view>
#include <vector>

#include "core/content/bundle.h"
#include "core/content/document.h"
#include "core/content/html_parser.h"

namespace octavo {

// A section with its heading and all comments; without children when there are none. `is_followed` says that newer comments stand
// below it.
Block build_known_thread(const std::vector<KnownComment>& comments, bool is_followed, HtmlParser* html_parser);

}  // namespace octavo
