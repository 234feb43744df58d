// Hit targets as invisible buttons of Dear ImGui; the painter draws their look.
#include "ui/hit_target_items.h"

#include <algorithm>

#include "imgui.h"

namespace octavo {
namespace {

HitTargetState submit_rect(const Rect& rect, int index, float offset_y) {
  ImGui::PushID(index);
  ImGui::SetCursorScreenPos(ImVec2(rect.x, rect.y + offset_y));
  ImGui::InvisibleButton("target", ImVec2(std::max(rect.width, 1.0F), std::max(rect.height, 1.0F)));
  const HitTargetState state{ImGui::IsItemHovered(), ImGui::IsItemActive()};
  ImGui::PopID();
  return state;
}

HitTargetState submit_target(const HitTarget& target, float offset_y) {
  HitTargetState state;
  if (target.is_disabled) ImGui::BeginDisabled();
  for (std::size_t i = 0; i < target.rects.size(); ++i) {
    const HitTargetState part = submit_rect(target.rects[i], static_cast<int>(i), offset_y);
    state.hovered = state.hovered || part.hovered;
    state.active = state.active || part.active;
  }
  if (target.is_disabled) ImGui::EndDisabled();
  return state;
}

bool contains(const Rect& rect, float x, float y) {
  return x >= rect.x && x < rect.right() && y >= rect.y && y < rect.bottom();
}

}  // namespace

void HitTargetItems::submit(const DisplayList& list, std::span<const std::uint32_t> hit_targets, float offset_y) {
  std::vector<Marked> marked;
  for (const std::uint32_t target : hit_targets) {
    ImGui::PushID(static_cast<int>(target));
    const HitTargetState state = submit_target(list.hit_targets[target - 1], offset_y);
    ImGui::PopID();
    if (state.hovered || state.active) marked.push_back({target, state});
  }
  has_changed_ = marked != marked_;
  marked_ = std::move(marked);
  targets_.assign(hit_targets.begin(), hit_targets.end());
}

HitTargetState HitTargetItems::state(std::uint32_t target) const {
  for (const Marked& item : marked_) {
    if (item.target == target) return item.state;
  }
  return {};
}

std::uint32_t HitTargetItems::target_at(const DisplayList& list, float x, float y) const {
  for (const std::uint32_t target : targets_) {
    const std::vector<Rect>& rects = list.hit_targets[target - 1].rects;
    if (std::any_of(rects.begin(), rects.end(), [x, y](const Rect& rect) { return contains(rect, x, y); })) return target;
  }
  return 0;
}

void HitTargetItems::clear() {
  targets_.clear();
  marked_.clear();
  has_changed_ = false;
}

}  // namespace octavo
