// Where the tests find their files.
#include "support/test_paths.h"

namespace octavo {

std::string tests_folder() {
  return OCTAVO_TESTS_DIR;
}
std::string assets_folder() {
  return OCTAVO_ASSETS_DIR;
}
std::string sources_folder() {
  return OCTAVO_SOURCES_DIR;
}

}  // namespace octavo
