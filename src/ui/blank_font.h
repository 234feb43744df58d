// The one font that Dear ImGui is given: it has metrics and no glyphs, because every word is drawn by the platform.
#pragma once

struct ImFontAtlas;

namespace octavo {

// Precondition: no font has been added to `atlas`.
void add_blank_font(ImFontAtlas& atlas);

}  // namespace octavo
