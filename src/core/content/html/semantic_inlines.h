// The elements of one block's text: spans, images and the line breaks that layout decided.
#pragma once

#include <span>

#include "core/content/document/document.h"
#include "core/content/html/semantic_element.h"

namespace octavo {

// Appends them to `parent`. `breaks` are those of this block.
void add_inline_elements(Element& parent, const InlineText& inlines, std::span<const SoftBreak> breaks,
                         const SemanticOptions& options);

}  // namespace octavo
