// What a reader has chosen for all pages of a site: the size of text and the theme, and the controls for both.
#pragma once

#include <string_view>

#include "core/content/document/document.h"

namespace octavo {

struct Preferences {
  // Views of static text.
  std::string_view text_size;  // percent, one of kTextSizes; empty = the blog's own
  std::string_view theme;      // "light", "sepia", "dark" or "system"; empty = the blog's own

  // As Remember effects have kept them; what is no choice is ignored.
  void set(std::string_view key, std::string_view value);
  // The theme to show where the blog's own is `site_theme`.
  std::string_view theme_on(std::string_view site_theme) const { return theme.empty() ? site_theme : theme; }
};

inline constexpr std::string_view kTextSizeKey = "text-size";
inline constexpr std::string_view kThemeKey = "theme";

// A choice as a button's action names it, "theme:dark". `key` is empty where the action is no such choice.
struct PreferenceChoice {
  std::string_view key;
  std::string_view value;
  std::string_view label;
};
PreferenceChoice preference_choice(std::string_view action);

// Two labelled groups of buttons: text sizes, themes. The blog's own choices are pressed.
void append_preference_controls(Block& parent, std::string_view site_theme);

// Presses the buttons of a page that stand for these choices, and no others.
void mark_preferences(Block& page, const Preferences& preferences, std::string_view site_theme);

}  // namespace octavo
