// Paints the slice of a display list that a canvas covers, with Dear ImGui.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/layout/display_list.h"
#include "ui/hit_target_items.h"
#include "ui/imgui_session.h"
#include "ui/paint_index.h"
#include "ui/run_atlas.h"

struct ImDrawList;

namespace octavo {

// The slice of the page that the canvas covers, device pixels. Its left edge is the page's.
struct CanvasArea {
  float top = 0;
  float width = 0;
  float height = 0;
  bool operator==(const CanvasArea&) const = default;
};

enum class PointerKind : std::uint8_t { Move, Down, Up, Leave };

// Whether another frame must be painted to show a change.
enum class Repaint : std::uint8_t { NotNeeded, Needed };

class Painter {
 public:
  // Both must outlive the painter.
  Painter(Renderer& renderer, RunRasterizer& rasterizer);

  // `list` is kept by address until the next call; `scale` is device pixels per CSS pixel.
  void show(const DisplayList& list, float scale);
  // From now on the page layer shows this block itself: nothing of it is painted until the next show().
  void hide_block(std::uint32_t block_id);
  void set_theme(ThemeKind theme);
  void set_area(const CanvasArea& area) { area_ = area; }

  // 1-based; 0 = none.
  void set_focus(std::uint32_t target) { focus_ = target; }

  // Coordinates on the page.
  Repaint handle_pointer(float x, float y, PointerKind kind);

  // Draws at most `limit` of the words that a frame of this area needs; true when there are more.
  bool draw_words(std::size_t limit);

  // Paints once. Without a display list or an area nothing happens.
  Repaint paint(double now_ms);

  // All words are drawn again: the fonts have changed, or the GPU has lost its memory.
  void forget_runs() { atlas_.clear(); }

  AtlasStatistics atlas_statistics() const { return atlas_.statistics(); }

 private:
  // A word's rectangle on the canvas.
  struct Quad {
    const RunPiece* piece = nullptr;
    float x = 0;
    float y = 0;
  };

  bool is_hidden(std::uint32_t block_id) const;
  bool is_visible(const DisplayItem& item) const;
  const AtlasRun& request(const DisplayItem& item);
  std::vector<std::uint32_t> visible_targets(std::span<const std::uint32_t> items) const;
  void feed_pointer();
  void paint_shapes(ImDrawList& out, std::span<const std::uint32_t> items);
  void paint_shape(ImDrawList& out, const DisplayItem& item);
  void paint_button(ImDrawList& out, const DisplayItem& item);
  void paint_focus(ImDrawList& out);
  void paint_text(ImDrawList& out, std::span<const std::uint32_t> items);
  void paint_quads(ImDrawList& out, std::vector<Quad>& quads);

  ImGuiSession session_;
  RunAtlas atlas_;
  PaintIndex index_;
  HitTargetItems targets_;
  const DisplayList* list_ = nullptr;
  std::vector<std::uint8_t> hidden_blocks_;  // by id; as long as the highest hidden id needs
  const Palette* palette_ = nullptr;
  float scale_ = 1;
  CanvasArea area_;
  std::uint32_t focus_ = 0;
  float pointer_x_ = 0;
  float pointer_y_ = 0;
  bool pointer_is_inside_ = false;
  bool pointer_is_down_ = false;
};

}  // namespace octavo
