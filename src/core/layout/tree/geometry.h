// Geometry in device pixels: one unit is one physical pixel of the canvas, x to the right, y down from the page's top left
// corner.
#pragma once

namespace octavo {

struct Rect {
  float x = 0;
  float y = 0;
  float width = 0;
  float height = 0;

  float right() const { return x + width; }
  float bottom() const { return y + height; }
  bool operator==(const Rect&) const = default;
};

// The reader's window. CSS pixels here and only here; layout converts once.
struct Viewport {
  float width_css = 1024;
  float height_css = 768;
  float device_pixel_ratio = 1;  // device pixels per CSS pixel, browser zoom included; 0.25 to 8
  float text_scale = 1;          // the reader's own choice of text size; 0.5 to 3
  float scroll_bar_css = 0;      // height of a horizontal scroll bar that takes room; 0 where it overlays the content
  float min_font_css = 0;        // the browser's own settings allow no smaller letters
  bool operator==(const Viewport&) const = default;
};

}  // namespace octavo
