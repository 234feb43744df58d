// Posts that are large in one way each, made to any size: what owners and imports bring, and what layout could be quadratic in.
// Shared by tests and a bench.
#pragma once

#include <vector>

#include "support/pathological_markdown.h"

namespace octavo {

const std::vector<PathologicalClass>& large_post_classes();

}  // namespace octavo
