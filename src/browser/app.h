// The program behind the page: passes events to the reader, lays out what it shows, paints it.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "browser/gl_context.h"
#include "browser/messages.h"
#include "browser/web_html_parser.h"
#include "browser/web_run_rasterizer.h"
#include "browser/web_text_measurer.h"
#include "core/layout/display_list.h"
#include "core/layout/layout.h"
#include "core/reader/reader.h"
#include "ui/painter.h"

namespace octavo {

class App {
 public:
  App();

  void start(const StartMessage& message);
  void handle(const Event& event);
  // The first page is laid out, and the words of its first frame are drawn, in steps, so that a slow phone responds in
  // between. Does the next step; true when there is more to do.
  bool work();

  void resize(const Viewport& viewport);
  void set_theme(ThemeKind theme);
  void set_canvas_area(const CanvasArea& area);
  void handle_pointer(float x, float y, PointerKind kind);
  void set_focus(std::uint32_t target);  // 1-based, 0 = none
  void fonts_changed();
  // The page layer shows this block itself until the next page or layout.
  void hide_block(std::uint32_t block_id);
  // Where the block ends on the page according to layout, in device pixels; 0 for an unknown block.
  float block_bottom(std::uint32_t block_id) const;

  void paint(double now_ms);

  void context_lost();
  void context_restored();

 private:
  void lay_out(const std::optional<ShowPage>& shown);
  LayoutOptions layout_options() const;
  void show(const Layout& layout, const std::optional<ShowPage>& shown);
  void begin_own_lines();

  WebHtmlParser html_parser_;
  WebTextMeasurer measurer_;
  WebRunRasterizer rasterizer_;
  GlContext gl_;
  Reader reader_;
  Painter painter_;
  Viewport viewport_;
  // The page that the reader adopts keeps the lines that the browser has set, as far as they are known; optimum ones come
  // with the next page or width.
  LineBreaking line_breaking_ = LineBreaking::Greedy;
  BrowserLineBreaks browser_line_breaks_;
  std::size_t hyphenated_languages_ = 0;  // how many of the reader's are in use; later ones count from the next page on
  std::optional<ShowPage> first_;         // the first page, while it is being laid out
  std::unique_ptr<IncrementalLayout> first_layout_;  // refers to the reader's page and to what is above
  DisplayList list_;
  std::vector<float> block_bottoms_;  // by id
  bool has_page_ = false;
  bool has_context_ = true;
};

}  // namespace octavo
