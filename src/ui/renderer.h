// The seam to the GPU: what happens with a finished frame of Dear ImGui. Tests use an empty one.
#pragma once

struct ImDrawData;

namespace octavo {

class Renderer {
 public:
  virtual ~Renderer() = default;

  // Called with the ImGui context current: once after it is created, and once before it is destroyed.
  virtual void attach() = 0;
  virtual void detach() = 0;

  // Draws over the whole canvas. Colors of vertices have straight alpha, textures premultiplied alpha.
  virtual void render(ImDrawData& data) = 0;
};

}  // namespace octavo
