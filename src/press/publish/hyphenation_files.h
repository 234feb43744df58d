// Hyphenation patterns of the machine's libhyphen dictionaries, published for the languages that a site's posts use.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/content/bundle/bundle.h"
#include "press/output/output_folder.h"

namespace octavo {

// Where Debian's hyphen-* packages put hyph_<language>.dic.
inline constexpr const char* kHyphenationFolder = "/usr/share/hyphen";

// A libhyphen dictionary in the form of core/layout/hyphenation.h. If it has several levels, the last one, which is for whole
// words; patterns that would change letters allow no hyphen where they would.
Result<std::string> hyphenation_from_dictionary(std::string_view dictionary);

// One file for each language of the site and its posts that has a dictionary in `folder`; the others are warned about, unless
// they are written without hyphens.
Result<std::vector<HyphenationFile>> write_hyphenation(const SiteInfo& site, const std::vector<Post>& posts,
                                                       const std::filesystem::path& folder, OutputFolder& output,
                                                       Diagnostics& diagnostics);

}  // namespace octavo
