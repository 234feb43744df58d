// The WebGL 2 renderer. Done: ImGui's OpenGL 3 backend, premultiplied blending, loss of the context. On purpose not: multisampling,
// depth, a transparent canvas.
#include "browser/gl_context.h"

#include <GLES3/gl3.h>

#include "browser/imports.h"
#include "imgui.h"
#include "imgui_impl_opengl3.h"

namespace octavo {

void GlContext::attach() {
  octavojs_use_context();
  ImGui_ImplOpenGL3_Init("#version 300 es");
}

void GlContext::detach() { ImGui_ImplOpenGL3_Shutdown(); }

void GlContext::begin_frame() { ImGui_ImplOpenGL3_NewFrame(); }

void GlContext::render(ImDrawData& data) { ImGui_ImplOpenGL3_RenderDrawData(&data); }

void GlContext::drop_device_objects() { ImGui_ImplOpenGL3_DestroyDeviceObjects(); }

DrawCallback GlContext::premultiplied_blending() {
  return [](const ImDrawList*, const ImDrawCmd*) { glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA); };
}

}  // namespace octavo
