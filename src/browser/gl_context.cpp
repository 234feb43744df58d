// The WebGL 2 renderer. Done: textures of Dear ImGui, premultiplied blending, scissors, loss of the context. On purpose not:
// saving and restoring of GL state (nothing else draws here), vertex offsets, draw callbacks, a transparent canvas.
#include "browser/gl_context.h"

#include <GLES3/gl3.h>

#include <cstddef>
#include <initializer_list>

#include "browser/imports.h"
#include "core/base/assert.h"
#include "imgui.h"

namespace octavo {
namespace {

constexpr GLuint kPosition = 0;
constexpr GLuint kTexturePlace = 1;
constexpr GLuint kColor = 2;

constexpr const char* kVertexShader = R"(#version 300 es
layout(location = 0) in vec2 position;
layout(location = 1) in vec2 texture_place;
layout(location = 2) in vec4 color;
uniform vec2 canvas_size;
out vec2 place;
out vec4 tint;
void main() {
  place = texture_place;
  tint = vec4(color.rgb * color.a, color.a);
  gl_Position = vec4(position / canvas_size * vec2(2, -2) + vec2(-1, 1), 0, 1);
})";

// Words come as premultiplied pixels under a white tint, shapes as a tint on a white pixel: the product is right for both.
constexpr const char* kFragmentShader = R"(#version 300 es
precision mediump float;
uniform sampler2D page;
in highp vec2 place;
in vec4 tint;
out vec4 pixel;
void main() { pixel = tint * texture(page, place); })";

GLuint compiled_shader(GLenum kind, const char* source) {
  const GLuint shader = glCreateShader(kind);
  glShaderSource(shader, 1, &source, nullptr);
  glCompileShader(shader);
  return shader;
}

GLuint linked_program() {
  const GLuint program = glCreateProgram();
  const GLuint vertex = compiled_shader(GL_VERTEX_SHADER, kVertexShader);
  const GLuint fragment = compiled_shader(GL_FRAGMENT_SHADER, kFragmentShader);
  glAttachShader(program, vertex);
  glAttachShader(program, fragment);
  glLinkProgram(program);
  glDeleteShader(vertex);
  glDeleteShader(fragment);
  return program;
}

const void* offset_pointer(std::size_t offset) {
  return reinterpret_cast<const void*>(offset);
}

// ---- Textures of Dear ImGui: a white pixel and what else its atlas holds ------------------------------------------------

void upload_texture(ImTextureData& texture) {
  if (texture.TexID == ImTextureID_Invalid) {
    GLuint name = 0;
    glGenTextures(1, &name);
    texture.SetTexID(name);
  }
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(texture.TexID));
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, texture.Width, texture.Height, 0, GL_RGBA, GL_UNSIGNED_BYTE, texture.GetPixels());
  texture.SetStatus(ImTextureStatus_OK);
}

void delete_texture(ImTextureData& texture) {
  const auto name = static_cast<GLuint>(texture.TexID);
  glDeleteTextures(1, &name);
  texture.SetTexID(ImTextureID_Invalid);
  texture.SetStatus(ImTextureStatus_Destroyed);
}

// The protocol of ImTextureData::Status. The texture is small, so an update sends the whole of it.
void update_texture(ImTextureData& texture) {
  if (texture.Status == ImTextureStatus_WantCreate || texture.Status == ImTextureStatus_WantUpdates) upload_texture(texture);
  if (texture.Status == ImTextureStatus_WantDestroy && texture.UnusedFrames > 0) delete_texture(texture);
}

}  // namespace

void GlContext::attach() {
  octavojs_use_context();
  ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
}

void GlContext::detach() {
  drop_device_objects();
}

void GlContext::make_device_objects() {
  program_ = linked_program();
  canvas_size_ = glGetUniformLocation(program_, "canvas_size");
  glGenVertexArrays(1, &vertex_array_);
  glGenBuffers(1, &vertices_);
  glGenBuffers(1, &indices_);
  glBindVertexArray(vertex_array_);
  glBindBuffer(GL_ARRAY_BUFFER, vertices_);
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_);
  for (const GLuint attribute : {kPosition, kTexturePlace, kColor}) glEnableVertexAttribArray(attribute);
  constexpr GLsizei kStride = sizeof(ImDrawVert);
  glVertexAttribPointer(kPosition, 2, GL_FLOAT, GL_FALSE, kStride, offset_pointer(offsetof(ImDrawVert, pos)));
  glVertexAttribPointer(kTexturePlace, 2, GL_FLOAT, GL_FALSE, kStride, offset_pointer(offsetof(ImDrawVert, uv)));
  glVertexAttribPointer(kColor, 4, GL_UNSIGNED_BYTE, GL_TRUE, kStride, offset_pointer(offsetof(ImDrawVert, col)));
}

void GlContext::render(ImDrawData& data) {
  if (data.Textures != nullptr) {
    for (ImTextureData* texture : *data.Textures) update_texture(*texture);
  }
  if (program_ == 0) make_device_objects();
  prepare(data);
  for (const ImDrawList* list : data.CmdLists) draw(*list, data.DisplaySize.y);
}

void GlContext::prepare(const ImDrawData& data) {
  glViewport(0, 0, static_cast<GLsizei>(data.DisplaySize.x), static_cast<GLsizei>(data.DisplaySize.y));
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glEnable(GL_SCISSOR_TEST);
  glUseProgram(program_);
  glUniform2f(canvas_size_, data.DisplaySize.x, data.DisplaySize.y);
  glBindVertexArray(vertex_array_);
  glBindBuffer(GL_ARRAY_BUFFER, vertices_);
}

void GlContext::draw(const ImDrawList& list, float canvas_height) {
  static_assert(sizeof(ImDrawIdx) == 4);
  glBufferData(GL_ARRAY_BUFFER, list.VtxBuffer.size_in_bytes(), list.VtxBuffer.Data, GL_STREAM_DRAW);
  glBufferData(GL_ELEMENT_ARRAY_BUFFER, list.IdxBuffer.size_in_bytes(), list.IdxBuffer.Data, GL_STREAM_DRAW);
  for (const ImDrawCmd& command : list.CmdBuffer) {
    OCTAVO_ASSERT(command.UserCallback == nullptr && command.VtxOffset == 0);
    const ImVec4& clip = command.ClipRect;
    if (clip.z <= clip.x || clip.w <= clip.y) continue;
    glScissor(static_cast<GLint>(clip.x), static_cast<GLint>(canvas_height - clip.w), static_cast<GLsizei>(clip.z - clip.x),
              static_cast<GLsizei>(clip.w - clip.y));
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(command.GetTexID()));
    glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount), GL_UNSIGNED_INT,
                   offset_pointer(command.IdxOffset * sizeof(ImDrawIdx)));
  }
}

// On a lost context the deletions do nothing but free the objects' numbers.
void GlContext::drop_device_objects() {
  if (program_ == 0) return;
  glDeleteProgram(program_);
  glDeleteVertexArrays(1, &vertex_array_);
  glDeleteBuffers(1, &vertices_);
  glDeleteBuffers(1, &indices_);
  program_ = 0;
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) delete_texture(*texture);
}

}  // namespace octavo
