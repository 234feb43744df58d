// Names of smaller images.
#include "core/content/document/image_variants.h"

#include <algorithm>

namespace octavo {

std::string image_variant_url(std::string_view url, std::uint32_t width) {
  std::string smaller(url);
  return smaller.insert(std::min(url.rfind('.'), url.size()), "-" + std::to_string(width));
}

}  // namespace octavo
