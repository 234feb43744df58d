// Names of image variants.
#include "core/content/document/image_variants.h"

#include <algorithm>

namespace octavo {

std::string image_variant_url(std::string_view url, std::uint32_t width) {
  std::string variant(url);
  return variant.insert(std::min(url.rfind('.'), url.size()), "-" + std::to_string(width));
}

}  // namespace octavo
