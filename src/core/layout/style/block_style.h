// The style of a block: the cascade over the rules of the style table.
#pragma once

#include "core/layout/style/style.h"

namespace octavo {

// The place of a block.
struct StyleContext {
  const Block* parent = nullptr;  // null for the root
  Role region = Role::None;       // role of the nearest Section above that has one (Prose, Complementary, Banner ...)
  SizeClass size = SizeClass::Desktop;
};

BlockStyle block_style(const Block& block, const StyleContext& context);

// The region for the children of `block`.
Role child_region(const Block& block, Role region);

PageMetrics page_metrics(SizeClass size);

}  // namespace octavo
