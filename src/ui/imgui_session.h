// One Dear ImGui context for one canvas: set up for a page in device pixels, fed with the pointer, drawn frame by frame.
#pragma once

#include "core/layout/style/style.h"
#include "ui/renderer.h"

struct ImGuiContext;

namespace octavo {

class ImGuiSession {
 public:
  // `renderer` must outlive the session.
  explicit ImGuiSession(Renderer& renderer);
  ~ImGuiSession();
  ImGuiSession(const ImGuiSession&) = delete;
  ImGuiSession& operator=(const ImGuiSession&) = delete;

  void set_palette(const Palette& palette);

  // Canvas coordinates.
  void move_pointer(float x, float y);
  void remove_pointer();
  void press();
  void release();

  // Between the two the context is current and one window without any decoration covers the canvas.
  void begin_frame(float width, float height, double now_ms);
  void end_frame();

  // Dear ImGui hands on one press or release per frame; the rest needs another frame.
  bool has_pending_input() const;

 private:
  Renderer& renderer_;
  ImGuiContext* context_ = nullptr;
  double last_frame_ms_ = 0;
};

}  // namespace octavo
