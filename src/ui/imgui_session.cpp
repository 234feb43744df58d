// The ImGui context of a canvas.
#include "ui/imgui_session.h"

#include <algorithm>
#include <cfloat>

#include "imgui.h"
#include "imgui_internal.h"
#include "ui/blank_font.h"
#include "ui/colors.h"

namespace octavo {
namespace {

// Clocks of browsers are coarse on purpose, and a page may sleep for hours: Dear ImGui wants neither 0 nor a day.
constexpr double kMinDeltaSeconds = 1.0 / 240;
constexpr double kMaxDeltaSeconds = 1.0 / 10;

constexpr ImGuiWindowFlags kCanvasWindow = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                                           ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                                           ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoBringToFrontOnFocus;

}  // namespace

ImGuiSession::ImGuiSession(Renderer& renderer) : renderer_(renderer), context_(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags = ImGuiConfigFlags_NoMouseCursorChange;  // the page layer's elements have the right cursors
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  io.DisplayFramebufferScale = ImVec2(1, 1);  // one unit is one device pixel
  // ImGui's own atlas holds only a white pixel.
  io.Fonts->Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
  io.Fonts->TexMinWidth = 64;
  io.Fonts->TexMinHeight = 64;
  add_blank_font(*io.Fonts);
  renderer_.attach();
}

ImGuiSession::~ImGuiSession() {
  ImGui::SetCurrentContext(context_);
  renderer_.detach();
  ImGui::DestroyContext(context_);
}

void ImGuiSession::set_palette(const Palette& palette) {
  ImGui::SetCurrentContext(context_);
  ImGuiStyle& style = ImGui::GetStyle();
  style.WindowPadding = ImVec2(0, 0);
  style.WindowBorderSize = 0;
  style.WindowMinSize = ImVec2(1, 1);
  style.DisplaySafeAreaPadding = ImVec2(0, 0);
  style.AntiAliasedLinesUseTex = false;
  const auto set = [&style, &palette](ImGuiCol index, ColorRole role) {
    style.Colors[index] = ImGui::ColorConvertU32ToFloat4(packed_color(palette[role]));
  };
  set(ImGuiCol_WindowBg, ColorRole::Page);
  set(ImGuiCol_Text, ColorRole::Ink);
  set(ImGuiCol_Button, ColorRole::Surface);
  set(ImGuiCol_Border, ColorRole::Hairline);
}

void ImGuiSession::move_pointer(float x, float y) {
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().AddMousePosEvent(x, y);
}

void ImGuiSession::remove_pointer() {
  move_pointer(-FLT_MAX, -FLT_MAX);
}

void ImGuiSession::press() {
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, true);
}

void ImGuiSession::release() {
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, false);
}

void ImGuiSession::begin_frame(float width, float height, double now_ms) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = ImVec2(width, height);
  io.DeltaTime = static_cast<float>(std::clamp((now_ms - last_frame_ms_) / 1000, kMinDeltaSeconds, kMaxDeltaSeconds));
  last_frame_ms_ = now_ms;
  ImGui::NewFrame();
  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(io.DisplaySize);
  ImGui::Begin("canvas", nullptr, kCanvasWindow);
}

void ImGuiSession::end_frame() {
  ImGui::End();
  ImGui::Render();
  renderer_.render(*ImGui::GetDrawData());
}

bool ImGuiSession::has_pending_input() const {
  return !context_->InputEventsQueue.empty();
}

}  // namespace octavo
