// Files that never change: their name carries a hash of their content, so every host and browser may keep them forever.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/content/bundle/bundle.h"
#include "press/output/output_folder.h"

namespace octavo {

// Writes "<stem>.<hash>.<extension>"; `stem` may have folders and is not encoded. The address in the result is encoded.
Result<FileReference> write_hashed_file(OutputFolder& output, std::string_view stem, std::string_view extension,
                                        std::string_view bytes);

}  // namespace octavo
