// What the buttons of a page do, apart from choosing preferences (preferences.h) and from the conversation's (action.h). A button
// has the name in its Span's `url`; inside the program an action is a value.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/enum_names.h"

namespace octavo {

enum class PageAction : std::uint8_t { Like, Retry };

// In the order of PageAction.
inline constexpr std::array<std::string_view, 2> kPageActionNames{"like", "retry"};

constexpr std::string_view page_action_name(PageAction action) {
  return kPageActionNames[static_cast<std::size_t>(action)];
}

constexpr std::optional<PageAction> page_action_from_name(std::string_view name) {
  return enum_from_name<PageAction>(kPageActionNames, name);
}

}  // namespace octavo
