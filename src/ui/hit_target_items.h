// The links and buttons in view as items of Dear ImGui, which tracks the one that the pointer hovers over or presses.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/layout/display_list.h"

namespace octavo {

struct HitTargetState {
  bool hovered = false;
  bool active = false;
  bool operator==(const HitTargetState&) const = default;
};

class HitTargetItems {
 public:
  // Submits an item for each rectangle of the hit targets (1-based, ascending). Precondition: within a frame of ImGuiSession.
  // `offset_y` is added to the page's coordinates to get the canvas's.
  void submit(const DisplayList& list, std::span<const std::uint32_t> hit_targets, float offset_y);

  // As of the last submit(); a target that was not submitted is in no state.
  HitTargetState state(std::uint32_t target) const;

  // True when the last submit() found states that differ from the previous one's.
  bool has_changed() const { return has_changed_; }

  // The submitted target at a place of the page, 0 = none.
  std::uint32_t target_at(const DisplayList& list, float x, float y) const;

  void clear();

 private:
  struct Marked {
    std::uint32_t target = 0;
    HitTargetState state;
    bool operator==(const Marked&) const = default;
  };
  std::vector<std::uint32_t> targets_;
  std::vector<Marked> marked_;  // the one or two that are in a state
  bool has_changed_ = false;
};

}  // namespace octavo
