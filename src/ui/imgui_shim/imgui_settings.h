// How Dear ImGui is compiled for Octavo; its sources include this file as IMGUI_USER_CONFIG.
#pragma once

// Nothing of a page is a demo, a debugging tool, a file or a shell command.
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS

// The platform draws all text, so neither a default font nor stb_truetype is linked. There is no switch for the latter:
// saying "FreeType" and supplying misc/freetype/imgui_freetype.h ourselves puts the loader of blank_font.cpp in its place.
#define IMGUI_DISABLE_DEFAULT_FONT
#define IMGUI_ENABLE_FREETYPE

// WebGL 2 cannot draw from a vertex offset, and a page on a large screen has more than 65,536 vertices.
#define ImDrawIdx unsigned int
