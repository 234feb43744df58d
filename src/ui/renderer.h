// The seam to the GPU: what happens with a finished frame of Dear ImGui. The tests put nothing behind it.
#pragma once

struct ImDrawData;

namespace octavo {

class Renderer {
 public:
  virtual ~Renderer() = default;

  // Called with the ImGui context current: once when it exists, and at the end of its life.
  virtual void attach() = 0;
  virtual void detach() = 0;

  // Draws over the whole canvas. Colours of vertices have straight alpha, textures premultiplied alpha.
  virtual void render(ImDrawData& data) = 0;
};

}  // namespace octavo
