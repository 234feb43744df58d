// Hands frames of Dear ImGui to shell/canvas/gl_renderer.js. Left out on purpose: draw callbacks and vertex offsets; no
// page uses them.
#include "browser/gl_context.h"

#include <vector>

#include "browser/imports.h"
#include "core/base/assert.h"
#include "imgui.h"

namespace octavo {
namespace {

// ---- Textures of Dear ImGui: a white pixel and what else its atlas holds ------------------------------------------------

void delete_texture(ImTextureData& texture) {
  octavojs_delete_texture(static_cast<std::uint32_t>(texture.TexID));
  texture.SetTexID(ImTextureID_Invalid);
  texture.SetStatus(ImTextureStatus_Destroyed);
}

// The protocol of ImTextureData::Status. The texture is small, so an update sends the whole of it.
void update_texture(ImTextureData& texture) {
  if (texture.Status == ImTextureStatus_WantCreate || texture.Status == ImTextureStatus_WantUpdates) {
    if (texture.TexID == ImTextureID_Invalid) texture.SetTexID(octavojs_create_texture(texture.Width, texture.Height));
    octavojs_fill_texture(static_cast<std::uint32_t>(texture.TexID), texture.Width, texture.Height, texture.GetPixels());
    texture.SetStatus(ImTextureStatus_OK);
  }
  if (texture.Status == ImTextureStatus_WantDestroy && texture.UnusedFrames > 0) delete_texture(texture);
}

void draw(const ImDrawList& list, std::vector<DrawCommand>& commands) {
  static_assert(sizeof(ImDrawIdx) == 4 && sizeof(ImDrawVert) == 20);
  commands.clear();
  for (const ImDrawCmd& command : list.CmdBuffer) {
    OCTAVO_ASSERT(command.UserCallback == nullptr && command.VtxOffset == 0);
    const ImVec4& clip = command.ClipRect;
    if (clip.z <= clip.x || clip.w <= clip.y) continue;
    commands.push_back({.clip_left = static_cast<std::int32_t>(clip.x),
                        .clip_top = static_cast<std::int32_t>(clip.y),
                        .clip_width = static_cast<std::int32_t>(clip.z - clip.x),
                        .clip_height = static_cast<std::int32_t>(clip.w - clip.y),
                        .texture = static_cast<std::uint32_t>(command.GetTexID()),
                        .first_index = command.IdxOffset,
                        .index_count = command.ElemCount});
  }
  octavojs_draw(list.VtxBuffer.Data, static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()), list.IdxBuffer.Data,
                static_cast<std::size_t>(list.IdxBuffer.size_in_bytes()), commands.data(), commands.size());
}

}  // namespace

void GlContext::attach() {
  ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
}

void GlContext::detach() {
  drop_device_objects();
}

void GlContext::render(ImDrawData& data) {
  if (data.Textures != nullptr) {
    for (ImTextureData* texture : *data.Textures) update_texture(*texture);
  }
  octavojs_begin_frame(data.DisplaySize.x, data.DisplaySize.y);
  for (const ImDrawList* list : data.CmdLists) draw(*list, commands_);
}

void GlContext::drop_device_objects() {
  octavojs_drop_device_objects();
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) delete_texture(*texture);
}

}  // namespace octavo
