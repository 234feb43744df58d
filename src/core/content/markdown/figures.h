// Images with captions in Markdown: a paragraph that is nothing but an image with a title.
#pragma once

#include "core/content/document/document.h"

namespace octavo {

// Such paragraphs become figures, the title their caption; a link around the image stays.
void make_figures(Block& block);

}  // namespace octavo
