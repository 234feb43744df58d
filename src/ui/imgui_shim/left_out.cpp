// Stands in for parts of Dear ImGui that no page uses and that its core links nevertheless.
// Strong here, so that these are linked.
#define OCTAVO_LEFT_OUT
#include "left_out.h"

namespace ImGui {

// ---- Tables: those of articles are laid out by the core. Saves 9.3 KB of Brotli. ---------
void TableSettingsAddSettingsHandler() {}
void TableGcCompactSettings() {}
void TableGcCompactTransientBuffers(ImGuiTable*) {}
void TableGcCompactTransientBuffers(ImGuiTableTempData*) {}
void TableEndRow(ImGuiTable*) {}
void TableEndCell(ImGuiTable*) {}
void TablePushBackgroundChannel() {}
void TablePopBackgroundChannel() {}
void TablePushColumnChannel(int) {}
void TablePopColumnChannel() {}
void EndTable() {}
void EndColumns() {}
void PushColumnsBackground() {}
void PopColumnsBackground() {}

// ---- What left_out.h says ----------------------------------------------------------------------------------------------
void ErrorRecoveryTryToRecoverWindowState(const ImGuiErrorRecoveryState*) {}
void ErrorRecoveryTryToRecoverState(const ImGuiErrorRecoveryState*) {}
bool BeginErrorTooltip() {
  return false;
}
bool Selectable(const char*, bool, ImGuiSelectableFlags, const ImVec2&) {
  return false;
}
bool BeginTooltip() {
  return false;
}
void SetTooltip(const char*, ...) {}
ImVec2 FindBestWindowPosForPopup(ImGuiWindow*) {
  return {};
}
bool BeginPopupEx(ImGuiID, ImGuiWindowFlags) {
  return false;
}
void ClosePopupToLevel(int, bool) {}
void Scrollbar(ImGuiAxis) {}
ImVec2 ScrollToRectEx(ImGuiWindow*, const ImRect&, ImGuiScrollFlags) {
  return {};
}
void StartMouseMovingWindow(ImGuiWindow*) {}
bool Shortcut(ImGuiKeyChord, ImGuiInputFlags, ImGuiID) {
  return false;
}
bool SetShortcutRouting(ImGuiKeyChord, ImGuiInputFlags, ImGuiID) {
  return false;
}
void NavMoveRequestTryWrapping(ImGuiWindow*, ImGuiNavMoveFlags) {}
void RenderText(ImVec2, const char*, const char*, bool) {}
void RenderArrow(ImDrawList*, ImVec2, ImU32, ImGuiDir, float) {}
void LogText(const char*, ...) {}
void AddSettingsHandler(const ImGuiSettingsHandler*) {}
void LoadIniSettingsFromMemory(const char*, size_t) {}
const char* SaveIniSettingsToMemory(size_t*) {
  return "";
}

}  // namespace ImGui
