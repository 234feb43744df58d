// Frames of Dear ImGui drawn on the canvas's WebGL 2 context.
#pragma once

#include <cstdint>

#include "ui/renderer.h"

struct ImDrawList;
struct ImTextureData;

namespace octavo {

class GlContext final : public Renderer {
 public:
  void attach() override;
  void detach() override;
  void render(ImDrawData& data) override;

  // Drops everything that lives on the GPU; the next render() makes it anew. Precondition: the ImGui context is current.
  void drop_device_objects();

 private:
  void make_device_objects();
  void prepare(const ImDrawData& data);
  void draw(const ImDrawList& list, float canvas_height);

  std::uint32_t program_ = 0;  // 0 = no device objects
  std::uint32_t vertex_array_ = 0;
  std::uint32_t vertices_ = 0;
  std::uint32_t indices_ = 0;
  std::int32_t canvas_size_ = -1;  // location of the uniform
};

}  // namespace octavo
