// Frames of Dear ImGui drawn on the canvas's WebGL 2 context.
#pragma once

#include <vector>

#include "browser/imports.h"
#include "ui/renderer.h"

namespace octavo {

class GlContext final : public Renderer {
 public:
  void attach() override;
  void detach() override;
  void render(ImDrawData& data) override;

  // Drops everything on the GPU; the next render() makes it again. Precondition: the ImGui context is current.
  void drop_device_objects();

 private:
  std::vector<DrawCommand> commands_;  // of one list; kept for the next one
};

}  // namespace octavo
