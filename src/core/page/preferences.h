// What a reader has chosen for all pages of a site: the size of text and the theme, and the controls for both.
#pragma once

#include <optional>
#include <string_view>

#include "core/content/bundle/site_choices.h"
#include "core/content/document/document.h"

namespace octavo {

struct Preferences {
  std::string_view text_size;  // percent, one of kTextSizes, as static text; empty = the blog's own
  std::optional<Theme> theme;  // nullopt = the blog's own

  // Takes what a StoreItem effect has kept; anything else is ignored.
  void set(std::string_view key, std::string_view value);
  // The theme to show where the blog's own is `site_theme`.
  Theme theme_on(Theme site_theme) const { return theme.value_or(site_theme); }
};

inline constexpr std::string_view kTextSizeKey = "text-size";
inline constexpr std::string_view kThemeKey = "theme";

// A choice as a button's action names it, "theme:dark". `key` is empty for other actions.
struct PreferenceChoice {
  std::string_view key;
  std::string_view value;
  std::string_view label;
};
PreferenceChoice preference_choice(std::string_view action);

// Two labeled groups of buttons: text sizes, themes. The blog's own choices are pressed.
void append_preference_controls(Block& parent, Theme site_theme);

// Marks the buttons of these choices on a page as pressed, and no others.
void mark_preferences(Block& page, const Preferences& preferences, Theme site_theme);

}  // namespace octavo
