// The blank font: a font loader that accepts every character and draws none.
#include "ui/blank_font.h"

#include "imgui.h"
#include "imgui_internal.h"
#include "misc/freetype/imgui_freetype.h"

namespace octavo {
namespace {

// Shares of the size, as most faces have them; nothing visible depends on them.
constexpr float kAscent = 0.8F;
constexpr float kDescent = -0.2F;

ImFontLoader make_loader() {
  ImFontLoader loader;
  loader.Name = "blank";
  loader.FontSrcInit = [](ImFontAtlas*, ImFontConfig*) { return true; };
  loader.FontSrcContainsGlyph = [](ImFontAtlas*, ImFontConfig*, ImWchar) { return true; };
  loader.FontBakedInit = [](ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*) {
    baked->Ascent = baked->Size * kAscent;
    baked->Descent = baked->Size * kDescent;
    return true;
  };
  loader.FontBakedLoadGlyph = [](ImFontAtlas*, ImFontConfig*, ImFontBaked*, void*, ImWchar codepoint, ImFontGlyph* glyph,
                                 float* advance) {
    if (advance != nullptr) *advance = 0;
    if (glyph != nullptr) glyph->Codepoint = codepoint;
    return true;
  };
  return loader;
}

}  // namespace

void add_blank_font(ImFontAtlas& atlas) {
  ImFontConfig config;
  // The atlas checks this field to learn whether a font needs its own data.
  config.FontLoader = ImGuiFreeType::GetFontLoader();
  config.SizePixels = 16;
  atlas.AddFont(&config);
}

}  // namespace octavo

const ImFontLoader* ImGuiFreeType::GetFontLoader() {
  static const ImFontLoader kLoader = octavo::make_loader();
  return &kLoader;
}
