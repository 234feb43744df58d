// The comments that a build knew, as part of a post's page: readable without its engine, and without any program.
#pragma once

#include <cstdint>
#include <vector>

#include "core/content/bundle/bundle.h"
#include "core/content/document/document.h"
#include "core/content/html/html_parser.h"

namespace octavo {

// Whether these are all comments, or newer ones follow below.
enum class PrebuiltThread : std::uint8_t { Whole, Earlier };

// A section with its heading and all comments; without children when there are none.
Block build_prebuilt_comments(const std::vector<PrebuiltComment>& comments, PrebuiltThread which, HtmlParser* html_parser);

}  // namespace octavo
