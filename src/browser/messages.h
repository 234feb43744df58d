// The rare, structured messages between the page and the program, as JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/layout/style/style.h"
#include "core/layout/tree/geometry.h"
#include "core/layout/tree/layout_tree.h"
#include "core/page/page.h"
#include "core/reader/effect.h"
#include "core/reader/event.h"

namespace octavo {

// How the page starts the program.
struct StartMessage {
  Started started;
  Viewport viewport;
  ThemeKind theme = ThemeKind::Light;
  BrowserLineBreaks lines;  // of the static page, "lines": {"blocks": [[index, hash, start…]…], "tables": [[index, width…]…]}
};
Result<StartMessage> parse_start_message(std::string_view json);

// {"type":"link_followed","path":…}, {"type":"history_moved","path":…,"scrollY":…}, {"type":"action","action":…},
// {"type":"conversation","page":…,"likes":…,"blocks":…} (block_codec.h).
Result<Event> parse_event_message(std::string_view json);

// "light", "dark", "sepia", "light-contrast", "dark-contrast"; anything else is light.
ThemeKind theme_from_name(std::string_view name);

// An array of effects without the ShowPages: {"type":"fetch","request":…,"url":…,"integrity":…},
// {"type":"push_address","path":…},
// {"type":"open_address","url":…}, {"type":"announce","text":…}, {"type":"store_item","key":…,"value":…},
// {"type":"prefer","theme":…,"textSize":…}.
std::string write_effects_message(const std::vector<Effect>& effects);

// What the page layer needs so that its elements are where the canvas paints. Without `shown` it is the same page in a new
// layout. {path, title, language, direction, description, fragment, scrollY, keepScroll, relayout, isFailure, width, height,
// left, dpr,
//  tree (write_page_layer_json), columns: [[blockId, [width…]]…], scrolled: [blockId…],
//  hit_targets: [{kind: "link"|"button", url|action, name, blockId, spanIndex, pressed, disabled, rects: [[x, y, width,
//  height]…]}…], images: [{blockId, spanIndex, rect}…], fields: [{blockId, rect}…], comments: {endpoint, engine, thread, title}
//  where there is a conversation}. Lengths are device pixels, scrollY CSS pixels.
std::string write_page_message(const Page& page, const Layout& layout, const std::optional<ShowPage>& shown);

}  // namespace octavo
