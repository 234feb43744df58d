// Frames of Dear ImGui drawn on the canvas's WebGL 2 context.
#pragma once

#include "ui/renderer.h"

namespace octavo {

class GlContext final : public Renderer {
 public:
  void attach() override;
  void detach() override;
  void begin_frame() override;
  void render(ImDrawData& data) override;
  void drop_device_objects() override;
  DrawCallback premultiplied_blending() override;
};

}  // namespace octavo
