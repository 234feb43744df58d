// The seam to the GPU: what happens with a finished frame of Dear ImGui. The tests put nothing behind it.
#pragma once

struct ImDrawData;
struct ImDrawList;
struct ImDrawCmd;

namespace octavo {

using DrawCallback = void (*)(const ImDrawList*, const ImDrawCmd*);

class Renderer {
 public:
  virtual ~Renderer() = default;

  // Called with the ImGui context current: once when it exists, and at the end of its life.
  virtual void attach() = 0;
  virtual void detach() = 0;

  virtual void begin_frame() = 0;
  virtual void render(ImDrawData& data) = 0;

  // Drops everything that lives on the GPU; the next begin_frame() makes it anew.
  virtual void drop_device_objects() = 0;

  // A draw-list callback after which textures with premultiplied alpha are blended correctly.
  virtual DrawCallback premultiplied_blending() = 0;
};

}  // namespace octavo
