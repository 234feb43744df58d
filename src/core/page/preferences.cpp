// The choices and their buttons.
#include "core/page/preferences.h"

#include <span>

#include "core/base/enum_names.h"
#include "core/page/page_blocks.h"
#include "core/page/strings.h"

namespace octavo {

namespace {

// Between buttons: an en space and a place to break.
constexpr std::string_view kButtonGap = "\u2002 ";
constexpr std::string_view kOwnTextSize = "text-size:100";

struct Choice {
  std::string_view action;
  std::string_view label;
};

// The sizes are those of kTextSizes in style.h; the style sheet has a rule for each.
constexpr Choice kSizes[] = {{"text-size:90", "90 %"},
                             {kOwnTextSize, "100 %"},
                             {"text-size:110", "110 %"},
                             {"text-size:125", "125 %"},
                             {"text-size:150", "150 %"}};
constexpr Choice kThemes[] = {{"theme:system", Strings::kThemeSystem},
                              {"theme:light", Strings::kThemeLight},
                              {"theme:sepia", Strings::kThemeSepia},
                              {"theme:dark", Strings::kThemeDark}};

Block build_group(std::string_view label, std::span<const Choice> choices) {
  Block section = make_section(Role::Preferences, label);
  LineBuilder line;
  line.text(label);
  for (const Choice& choice : choices) {
    Span button;
    button.url = choice.action;
    button.is_toggle = true;
    line.text(kButtonGap).button(choice.label, std::move(button));
  }
  section.children.push_back(make_paragraph(Variant::Actions, line.take()));
  return section;
}

std::string_view value_of(std::string_view action) {
  return action.substr(action.find(':') + 1);
}

}  // namespace

void Preferences::set(std::string_view key, std::string_view value) {
  const PreferenceChoice choice = preference_choice(std::string(key) + ':' + std::string(value));
  if (choice.key == kThemeKey) theme = enum_from_name<Theme>(kThemeNames, choice.value);
  if (choice.key == kTextSizeKey) text_size = choice.value == value_of(kOwnTextSize) ? std::string_view() : choice.value;
}

PreferenceChoice preference_choice(std::string_view action) {
  for (const std::span<const Choice> choices : {std::span<const Choice>(kSizes), std::span<const Choice>(kThemes)}) {
    for (const Choice& choice : choices) {
      if (action == choice.action) {
        return {choice.action.substr(0, choice.action.find(':')), value_of(choice.action), choice.label};
      }
    }
  }
  return {};
}

void append_preference_controls(Block& parent, Theme site_theme) {
  parent.children.push_back(build_group(Strings::kTextSize, kSizes));
  parent.children.push_back(build_group(Strings::kTheme, kThemes));
  mark_preferences(parent, {}, site_theme);
}

void mark_preferences(Block& page, const Preferences& preferences, Theme site_theme) {
  for (Span& span : page.inlines.spans) {
    if (span.kind != InlineKind::Button) continue;
    const PreferenceChoice choice = preference_choice(span.url);
    if (choice.key.empty()) continue;
    const std::string_view size = preferences.text_size.empty() ? value_of(kOwnTextSize) : preferences.text_size;
    span.pressed = choice.value == (choice.key == kThemeKey ? theme_name(preferences.theme_on(site_theme)) : size);
  }
  for (Block& child : page.children) mark_preferences(child, preferences, site_theme);
}

}  // namespace octavo
