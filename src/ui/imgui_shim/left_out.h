// Functions of Dear ImGui that no page reaches but that its core refers to. They are declared weak before its sources are
// compiled (imgui_core.cpp), so that the empty ones of left_out.cpp replace them and what only they needed is not linked. That
// saves 20.2 KB of Brotli in a first visit (docs/decisions/0008-what-a-first-visit-leaves-out.md).
#pragma once

// As the sources that follow want it.
#define IMGUI_DEFINE_MATH_OPERATORS
#include "imgui.h"
#include "imgui_internal.h"

#ifndef OCTAVO_LEFT_OUT
#define OCTAVO_LEFT_OUT __attribute__((weak))
#endif

namespace ImGui {

// Windows of Dear ImGui that recover from mistakes of their caller: assertions and tests find ours.
OCTAVO_LEFT_OUT void ErrorRecoveryTryToRecoverWindowState(const ImGuiErrorRecoveryState* state);
OCTAVO_LEFT_OUT void ErrorRecoveryTryToRecoverState(const ImGuiErrorRecoveryState* state);
OCTAVO_LEFT_OUT bool BeginErrorTooltip();

// Tooltips, popups and lists of windows: the page's elements are what a pointer or a key meets.
OCTAVO_LEFT_OUT bool Selectable(const char* label, bool selected, ImGuiSelectableFlags flags, const ImVec2& size);
OCTAVO_LEFT_OUT bool BeginTooltip();
OCTAVO_LEFT_OUT void SetTooltip(const char* format, ...);
OCTAVO_LEFT_OUT ImVec2 FindBestWindowPosForPopup(ImGuiWindow* window);
OCTAVO_LEFT_OUT bool BeginPopupEx(ImGuiID id, ImGuiWindowFlags flags);
OCTAVO_LEFT_OUT void ClosePopupToLevel(int remaining, bool restore_focus);

// Scrolling and moving of windows: the document scrolls.
OCTAVO_LEFT_OUT void Scrollbar(ImGuiAxis axis);
OCTAVO_LEFT_OUT ImVec2 ScrollToRectEx(ImGuiWindow* window, const ImRect& rect, ImGuiScrollFlags flags);
OCTAVO_LEFT_OUT void StartMouseMovingWindow(ImGuiWindow* window);

// Keyboard: the browser's.
OCTAVO_LEFT_OUT bool Shortcut(ImGuiKeyChord chord, ImGuiInputFlags flags, ImGuiID owner);
OCTAVO_LEFT_OUT bool SetShortcutRouting(ImGuiKeyChord chord, ImGuiInputFlags flags, ImGuiID owner);
OCTAVO_LEFT_OUT void NavMoveRequestTryWrapping(ImGuiWindow* window, ImGuiNavMoveFlags flags);

// Text and arrows: all text comes from the run atlas.
OCTAVO_LEFT_OUT void RenderText(ImVec2 position, const char* text, const char* end, bool hide_after_hash);
OCTAVO_LEFT_OUT void RenderArrow(ImDrawList* list, ImVec2 position, ImU32 color, ImGuiDir direction, float scale);
OCTAVO_LEFT_OUT void LogText(const char* format, ...);

// Files of settings.
OCTAVO_LEFT_OUT void AddSettingsHandler(const ImGuiSettingsHandler* handler);
OCTAVO_LEFT_OUT void LoadIniSettingsFromMemory(const char* data, size_t size);
OCTAVO_LEFT_OUT const char* SaveIniSettingsToMemory(size_t* size);

}  // namespace ImGui
