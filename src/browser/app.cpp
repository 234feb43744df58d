// The program behind the page.
#include "browser/app.h"

#include <cstddef>
#include <utility>

#include "browser/imports.h"

namespace octavo {
namespace {

// Measured or drawn in one step: a few milliseconds on a slow phone.
constexpr std::size_t kWordsPerStep = 100;

void perform(std::vector<Effect>& effects) {
  if (effects.empty()) return;
  const std::string json = write_effects_message(effects);
  effects.clear();
  octavojs_perform(json.data(), json.size());
}

// Browsers change the height all the time as they hide and show their bars; lines do not depend on it.
bool lays_out_alike(const Viewport& a, const Viewport& b) {
  return a.width_css == b.width_css && a.device_pixel_ratio == b.device_pixel_ratio && a.text_scale == b.text_scale &&
         a.scroll_bar_css == b.scroll_bar_css && a.min_font_css == b.min_font_css;
}

}  // namespace

App::App() : reader_(&html_parser_), painter_(gl_, rasterizer_) {}

void App::start(const StartMessage& message) {
  viewport_ = message.viewport;
  browser_line_breaks_ = message.lines;
  painter_.set_theme(message.theme);
  handle(message.started);
}

// The effects are performed in order, because a page must not be shown under the address of the previous one.
void App::handle(const Event& event) {
  first_layout_.reset();  // the page may be another one now
  std::vector<Effect> waiting;
  for (Effect& effect : reader_.update(event)) {
    const ShowPage* shown = std::get_if<ShowPage>(&effect);
    if (shown != nullptr && !has_page_) {
      first_ = *shown;
    } else if (shown != nullptr) {
      perform(waiting);
      lay_out(*shown);
    } else {
      waiting.push_back(std::move(effect));
    }
  }
  perform(waiting);
}

bool App::work() {
  if (!first_) return has_page_ && has_context_ && painter_.draw_words(kWordsPerStep);
  if (first_layout_ == nullptr) {
    first_layout_ = std::make_unique<IncrementalLayout>(reader_.page().document, viewport_, measurer_, layout_options());
  }
  if (first_layout_->step(kWordsPerStep) != IncrementalLayout::Step::None) return true;
  const std::unique_ptr<IncrementalLayout> finished = std::move(first_layout_);
  show(finished->take(), std::exchange(first_, std::nullopt));
  return true;
}

LayoutOptions App::layout_options() const {
  LayoutOptions options{
      .line_breaking = line_breaking_, .browser_line_breaks = &browser_line_breaks_, .language = reader_.page().language};
  options.hyphenation = reader_.hyphenation().first(hyphenated_languages_);
  return options;
}

void App::lay_out(const std::optional<ShowPage>& shown) {
  if (shown && !shown->keep_scroll) begin_own_lines();
  show(layout_page(reader_.page().document, viewport_, measurer_, layout_options()), shown);
}

void App::show(const Layout& layout, const std::optional<ShowPage>& shown) {
  list_ = build_display_list(layout);
  painter_.show(list_, viewport_.device_pixel_ratio);
  block_bottoms_.clear();
  for (const Box& box : layout.boxes) block_bottoms_.push_back(box.rect.bottom());
  has_page_ = true;
  const std::string message = write_page_message(reader_.page(), layout, shown);
  octavojs_show_page(message.data(), message.size());
  octavojs_request_frame();
}

void App::resize(const Viewport& viewport) {
  const bool is_same = lays_out_alike(viewport, viewport_);
  viewport_ = viewport;
  if (is_same) return;
  first_layout_.reset();
  browser_line_breaks_ = {};
  if (!has_page_) return;
  begin_own_lines();
  lay_out(std::nullopt);
}

void App::begin_own_lines() {
  line_breaking_ = LineBreaking::Optimum;
  browser_line_breaks_ = {};
  hyphenated_languages_ = reader_.hyphenation().size();
}

void App::set_theme(ThemeKind theme) {
  painter_.set_theme(theme);
  // Words in the old theme's colors are of no more use.
  painter_.forget_runs();
  octavojs_request_frame();
}

void App::set_canvas_area(const CanvasArea& area) {
  painter_.set_area(area);
  octavojs_request_frame();
}

void App::handle_pointer(float x, float y, PointerKind kind) {
  if (painter_.handle_pointer(x, y, kind) == Repaint::Needed) octavojs_request_frame();
}

void App::set_focus(std::uint32_t target) {
  painter_.set_focus(target);
  octavojs_request_frame();
}

void App::hide_block(std::uint32_t block_id) {
  if (block_id >= block_bottoms_.size()) return;
  painter_.hide_block(block_id);
  octavojs_request_frame();
}

float App::block_bottom(std::uint32_t block_id) const {
  return block_id < block_bottoms_.size() ? block_bottoms_[block_id] : 0;
}

void App::fonts_changed() {
  first_layout_.reset();
  measurer_.forget();
  painter_.forget_runs();
  if (!has_page_) return;
  begin_own_lines();
  lay_out(std::nullopt);
}

void App::paint(double now_ms) {
  if (!has_context_) return;
  if (painter_.paint(now_ms) == Repaint::Needed) octavojs_request_frame();
}

// On a lost context the deletions do nothing but free the objects' numbers; the next frame makes everything again.
void App::context_lost() {
  has_context_ = false;
  painter_.forget_runs();
  gl_.drop_device_objects();
}

void App::context_restored() {
  has_context_ = true;
  octavojs_request_frame();
}

}  // namespace octavo
