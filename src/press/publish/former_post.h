// The last good form of a post whose file is broken now, from the previous output.
#pragma once

#include <optional>
#include <string>

#include "core/content/bundle/bundle.h"
#include "press/output/output_folder.h"

namespace octavo {

// The post as the previous build published it at this address, with the media files that it shows kept for this build too.
// Nothing where that build had no such post.
std::optional<Post> keep_former_post(const std::string& slug, OutputFolder& output);

}  // namespace octavo
