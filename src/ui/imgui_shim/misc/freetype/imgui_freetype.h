// Stands where Dear ImGui looks for its FreeType loader and gives it the one that draws nothing (see imgui_settings.h).
#pragma once

struct ImFontLoader;

namespace ImGuiFreeType {
const ImFontLoader* GetFontLoader();
}
