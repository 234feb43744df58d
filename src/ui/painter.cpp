// The painter: shapes first, then all words, each a rectangle of the run atlas on whole device pixels.
#include "ui/painter.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "imgui.h"
#include "ui/colors.h"

namespace octavo {
namespace {

// How far a button's color moves toward the ink.
constexpr float kHoverShare = 0.1F;
constexpr float kActiveShare = 0.2F;
constexpr float kDisabledShare = 0.5F;  // toward the page
// CSS pixels.
constexpr float kFocusGap = 1;
constexpr float kFocusThickness = 2;
constexpr float kFocusRadius = 4;

struct PixelRect {
  float left = 0;
  float top = 0;
  float right = 0;
  float bottom = 0;
};

// Edges on whole pixels; a rectangle with any extent keeps at least one.
PixelRect snapped(const Rect& rect, float offset_y) {
  PixelRect result{std::round(rect.x), std::round(rect.y + offset_y), std::round(rect.right()),
                   std::round(rect.bottom() + offset_y)};
  if (rect.width > 0 && result.right <= result.left) result.right = result.left + 1;
  if (rect.height > 0 && result.bottom <= result.top) result.bottom = result.top + 1;
  return result;
}

void fill(ImDrawList& out, const PixelRect& rect, Color color, float radius) {
  out.AddRectFilled(ImVec2(rect.left, rect.top), ImVec2(rect.right, rect.bottom), packed_color(color), radius);
}

// A frame inside the rectangle's edge. Straight ones are four fills, which stay sharp.
void stroke(ImDrawList& out, const PixelRect& rect, Color color, float radius, float thickness) {
  const float width = std::max(1.0F, std::round(thickness));
  if (radius > 0) {
    const float half = width / 2;
    // Dear ImGui insets by half a pixel itself.
    const float inset = half - 0.5F;
    out.AddRect(ImVec2(rect.left + inset, rect.top + inset), ImVec2(rect.right - inset, rect.bottom - inset), packed_color(color),
                std::max(0.0F, radius - half), ImDrawFlags_None, width);
    return;
  }
  fill(out, {rect.left, rect.top, rect.right, rect.top + width}, color, 0);
  fill(out, {rect.left, rect.bottom - width, rect.right, rect.bottom}, color, 0);
  fill(out, {rect.left, rect.top + width, rect.left + width, rect.bottom - width}, color, 0);
  fill(out, {rect.right - width, rect.top + width, rect.right, rect.bottom - width}, color, 0);
}

bool is_in(const Rect& rect, const CanvasArea& area) {
  return rect.bottom() >= area.top && rect.y <= area.top + area.height;
}

}  // namespace

Painter::Painter(Renderer& renderer, RunRasterizer& rasterizer) : session_(renderer), atlas_(rasterizer) {
  set_theme(ThemeKind::Light);
}

void Painter::show(const DisplayList& list, float scale) {
  list_ = &list;
  scale_ = scale;
  index_ = PaintIndex(list.items);
  targets_.clear();
  hidden_blocks_.clear();
  focus_ = 0;
}

void Painter::hide_block(std::uint32_t block_id) {
  if (block_id >= hidden_blocks_.size()) hidden_blocks_.resize(block_id + std::size_t{1});
  hidden_blocks_[block_id] = true;
}

bool Painter::is_hidden(std::uint32_t block_id) const {
  return block_id < hidden_blocks_.size() && hidden_blocks_[block_id];
}

bool Painter::is_visible(const DisplayItem& item) const {
  return !is_hidden(item.block_id) && is_in(item.rect, area_);
}

void Painter::set_theme(ThemeKind theme) {
  palette_ = &palette(theme);
  session_.set_palette(*palette_);
}

Repaint Painter::handle_pointer(float x, float y, PointerKind kind) {
  if (list_ == nullptr) return Repaint::NotNeeded;
  const std::uint32_t before = pointer_is_inside_ ? targets_.target_at(*list_, pointer_x_, pointer_y_) : 0;
  pointer_x_ = x;
  pointer_y_ = y;
  pointer_is_inside_ = kind != PointerKind::Leave;
  const std::uint32_t now = pointer_is_inside_ ? targets_.target_at(*list_, x, y) : 0;
  // Dear ImGui learns only of presses on a target.
  if (kind == PointerKind::Down && now != 0 && !pointer_is_down_) {
    pointer_is_down_ = true;
    feed_pointer();
    session_.press();
    return Repaint::Needed;
  }
  if (kind != PointerKind::Move && kind != PointerKind::Down && pointer_is_down_) {
    pointer_is_down_ = false;
    feed_pointer();
    session_.release();
    return Repaint::Needed;
  }
  return before == now ? Repaint::NotNeeded : Repaint::Needed;
}

// Only the last move before a frame matters, so moves are not queued one by one.
void Painter::feed_pointer() {
  if (pointer_is_inside_) {
    session_.move_pointer(pointer_x_, pointer_y_ - area_.top);
  } else {
    session_.remove_pointer();
  }
}

Repaint Painter::paint(double now_ms) {
  if (list_ == nullptr || area_.width < 1 || area_.height < 1) return Repaint::NotNeeded;
  feed_pointer();
  session_.begin_frame(area_.width, area_.height, now_ms);
  const std::span<const std::uint32_t> items = index_.find(area_.top, area_.top + area_.height);
  targets_.submit(*list_, visible_targets(items), -area_.top);
  ImDrawList& out = *ImGui::GetBackgroundDrawList();
  fill(out, {0, 0, area_.width, area_.height}, (*palette_)[ColorRole::Page], 0);
  paint_shapes(out, items);
  paint_focus(out);
  paint_text(out, items);
  session_.end_frame();
  return session_.has_pending_input() || targets_.has_changed() ? Repaint::Needed : Repaint::NotNeeded;
}

std::vector<std::uint32_t> Painter::visible_targets(std::span<const std::uint32_t> items) const {
  std::vector<std::uint32_t> hit_targets;
  for (const std::uint32_t index : items) {
    const DisplayItem& item = list_->items[index];
    const std::uint32_t target = item.kind == DisplayItem::Kind::Button ? item.index + 1 : item.target;
    if (target != 0 && is_visible(item)) hit_targets.push_back(target);
  }
  std::sort(hit_targets.begin(), hit_targets.end());
  hit_targets.erase(std::unique(hit_targets.begin(), hit_targets.end()), hit_targets.end());
  return hit_targets;
}

// All shapes are below all words. Strokes across a word (underline, strike) have its color, so the order does not show; and
// two textures follow each other once a frame instead of twice a word.
void Painter::paint_shapes(ImDrawList& out, std::span<const std::uint32_t> items) {
  for (const std::uint32_t index : items) {
    const DisplayItem& item = list_->items[index];
    if (item.kind != DisplayItem::Kind::Text && is_visible(item)) paint_shape(out, item);
  }
}

void Painter::paint_shape(ImDrawList& out, const DisplayItem& item) {
  PixelRect rect = snapped(item.rect, -area_.top);
  const Color color = (*palette_)[item.color];
  switch (item.kind) {
    case DisplayItem::Kind::Fill:
      // The underline of a link under the pointer grows.
      if (targets_.state(item.target).hovered) rect.bottom += std::max(1.0F, std::round(scale_));
      fill(out, rect, color, item.radius);
      break;
    case DisplayItem::Kind::Stroke:
      stroke(out, rect, color, item.radius, item.thickness);
      break;
    case DisplayItem::Kind::Button:
      paint_button(out, item);
      break;
    case DisplayItem::Kind::Text:
      break;
  }
}

void Painter::paint_button(ImDrawList& out, const DisplayItem& item) {
  const HitTarget& target = list_->hit_targets[item.index];
  const HitTargetState state = targets_.state(item.index + 1);
  Color color = (*palette_)[target.pressed ? ColorRole::Accent : item.color];
  if (target.is_disabled) {
    color = mixed_color(color, (*palette_)[ColorRole::Page], kDisabledShare);
  } else if (state.active) {
    color = mixed_color(color, (*palette_)[ColorRole::Ink], kActiveShare);
  } else if (state.hovered) {
    color = mixed_color(color, (*palette_)[ColorRole::Ink], kHoverShare);
  }
  const PixelRect rect = snapped(item.rect, -area_.top);
  fill(out, rect, color, item.radius);
  if (!target.pressed) stroke(out, rect, (*palette_)[ColorRole::Hairline], item.radius, std::floor(scale_));
}

void Painter::paint_focus(ImDrawList& out) {
  if (focus_ == 0 || focus_ > list_->hit_targets.size()) return;
  if (is_hidden(list_->hit_targets[focus_ - 1].block_id)) return;
  const float gap = std::round((kFocusGap + kFocusThickness) * scale_);
  for (const Rect& rect : list_->hit_targets[focus_ - 1].rects) {
    PixelRect ring = snapped(rect, -area_.top);
    ring = {ring.left - gap, ring.top - gap, ring.right + gap, ring.bottom + gap};
    stroke(out, ring, (*palette_)[ColorRole::Focus], kFocusRadius * scale_, kFocusThickness * scale_);
  }
}

bool Painter::draw_words(std::size_t limit) {
  if (list_ == nullptr || area_.width < 1) return false;
  atlas_.begin_frame();
  for (const std::uint32_t index : index_.find(area_.top, area_.top + area_.height)) {
    const DisplayItem& item = list_->items[index];
    if (item.kind != DisplayItem::Kind::Text || !is_visible(item)) continue;
    request(item);
    if (atlas_.missing_runs() == limit) break;
  }
  const bool has_more = atlas_.missing_runs() == limit;
  atlas_.flush();
  return has_more;
}

const AtlasRun& Painter::request(const DisplayItem& item) {
  const TextRun& run = list_->runs[item.index];
  return atlas_.request(
      {list_->run_text(run), list_->languages[run.language], list_->faces[run.face], run.direction, (*palette_)[item.color]});
}

void Painter::paint_text(ImDrawList& out, std::span<const std::uint32_t> items) {
  struct Placed {
    const AtlasRun* run;
    const TextRun* text;
  };
  std::vector<Placed> placed;
  atlas_.begin_frame();
  for (const std::uint32_t index : items) {
    const DisplayItem& item = list_->items[index];
    if (item.kind != DisplayItem::Kind::Text || !is_visible(item)) continue;
    placed.push_back({&request(item), &list_->runs[item.index]});
  }
  atlas_.flush();
  std::vector<Quad> quads;
  for (const Placed& word : placed) {
    const float x = std::round(word.text->x);
    const float y = std::round(word.text->baseline - area_.top);
    for (const RunPiece& piece : word.run->pieces) {
      quads.push_back({&piece, x + static_cast<float>(piece.left), y + static_cast<float>(piece.top)});
    }
  }
  paint_quads(out, quads);
}

// One draw call per page of the atlas.
void Painter::paint_quads(ImDrawList& out, std::vector<Quad>& quads) {
  if (quads.empty()) return;
  std::sort(quads.begin(), quads.end(), [](const Quad& a, const Quad& b) {
    return std::tuple(a.piece->page, a.y, a.x) < std::tuple(b.piece->page, b.y, b.x);
  });
  const float unit = 1 / static_cast<float>(atlas_.page_size());
  for (const Quad& quad : quads) {
    const PageArea& area = quad.piece->area;
    const auto width = static_cast<float>(area.width);
    const auto height = static_cast<float>(area.height);
    const auto u = static_cast<float>(area.x);
    const auto v = static_cast<float>(area.y);
    out.AddImage(static_cast<ImTextureID>(atlas_.texture(quad.piece->page)), ImVec2(quad.x, quad.y),
                 ImVec2(quad.x + width, quad.y + height), ImVec2(u * unit, v * unit),
                 ImVec2((u + width) * unit, (v + height) * unit));
  }
}

}  // namespace octavo
