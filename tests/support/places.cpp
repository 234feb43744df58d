// Where the tests find their files.
#include "support/places.h"

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
