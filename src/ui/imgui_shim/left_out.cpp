// Stands in for parts of Dear ImGui that no page uses and that its core links nevertheless.
// Strong here, so that these are linked.
#define OCTAVO_LEFT_OUT
#include "left_out.h"

// ---- Formatting: it formats the names of windows, tooltips and tables that no page has, and nothing of a page's text may ever
// be taken for a format. Whatever asks for text gets none. ---------------------------------------------------------------------
int ImFormatStringV(char* buf, size_t buf_size, const char*, va_list) {
  if (buf != nullptr && buf_size > 0) buf[0] = '\0';
  return 0;
}

int ImFormatString(char* buf, size_t buf_size, const char* fmt, ...) {
  va_list arguments;
  va_start(arguments, fmt);
  const int length = ImFormatStringV(buf, buf_size, fmt, arguments);
  va_end(arguments);
  return length;
}

namespace ImGui {

// ---- Tables: those of articles are laid out by the core ----------------------------------------------------------------------
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
