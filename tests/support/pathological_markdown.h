// Markdown on which parsers are known to take quadratic time, one named class each, made to any size. Shared by a test and a
// bench.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace octavo {

struct PathologicalClass {
  std::string name;
  std::string (*make)(std::size_t bytes);
};

const std::vector<PathologicalClass>& pathological_classes();

}  // namespace octavo
