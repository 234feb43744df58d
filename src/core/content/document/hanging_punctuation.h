// Quotation marks that open a paragraph hang into the margin, so that its letters begin in line.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/content/document/document.h"

namespace octavo {

enum class HangingPunctuation : std::uint8_t { None, Single, Double };

// The mark that hangs at the start of running text in an article's body or a quotation. `parent` may be null.
HangingPunctuation hanging_mark(const Block& block, const Block* parent);

}  // namespace octavo
