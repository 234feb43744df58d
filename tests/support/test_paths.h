// Where the tests find their files. In one source file, so that all others compile to the same output in any folder.
#pragma once

#include <string>

namespace octavo {

std::string tests_folder();    // tests/
std::string assets_folder();   // assets/
std::string sources_folder();  // the pinned third-party sources

}  // namespace octavo
