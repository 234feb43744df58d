// The functions that the page calls, those of exports.txt; shell/program/bridge.js wraps them. Text is UTF-8, passed as pointer
// and length, and still belongs to the caller.
#include <cstdlib>
#include <memory>

#include "browser/app.h"
#include "browser/imports.h"
#include "core/base/assert.h"

namespace octavo {
namespace {

// Raised whenever a function of exports.txt, imports.h or a message changes; shell/program/bridge.js has the same number.
constexpr int kContractVersion = 3;

std::unique_ptr<App>& app_slot() {
  static std::unique_ptr<App> app;
  return app;
}

// Precondition: octavo_start() has been called, which bridge.js ensures.
App& app() {
  OCTAVO_ASSERT(app_slot() != nullptr);
  return *app_slot();
}

void report(const Error& error) {
  const std::string text = error.text();
  octavojs_crashed(text.data(), text.size());
}

}  // namespace
}  // namespace octavo

using octavo::app;

extern "C" {

int octavo_contract_version(void) {
  return octavo::kContractVersion;
}

// Memory for an argument.
void* octavo_alloc(std::size_t size) {
  void* memory = std::malloc(size > 0 ? size : 1);
  OCTAVO_ASSERT(memory != nullptr);
  return memory;
}
void octavo_free(void* memory) {
  std::free(memory);
}

// Called once, before anything below.
void octavo_start(const char* json, std::size_t length) {
  const octavo::Result<octavo::StartMessage> message = octavo::parse_start_message({json, length});
  if (!message.ok()) return octavo::report(message.error());
  octavo::app_slot() = std::make_unique<octavo::App>();
  app().start(message.value());
}

void octavo_event(const char* json, std::size_t length) {
  const octavo::Result<octavo::Event> event = octavo::parse_event_message({json, length});
  if (!event.ok()) return octavo::report(event.error());
  app().handle(event.value());
}

// Does the next step toward the first page; 0 when there is nothing left to do for now.
int octavo_work(void) {
  return app().work() ? 1 : 0;
}

void octavo_fetched(std::uint32_t request, const char* bytes, std::size_t length) {
  app().handle(octavo::Fetched{request, std::string(bytes, length)});
}

// `reason` is the number of a FetchFailure.
void octavo_fetch_failed(std::uint32_t request, int reason, int status) {
  const bool is_known = reason >= 0 && reason <= static_cast<int>(octavo::FetchFailure::TooLarge);
  app().handle(
      octavo::FetchFailed{request, is_known ? static_cast<octavo::FetchFailure>(reason) : octavo::FetchFailure::Network, status});
}

void octavo_resize(float width_css, float height_css, float device_pixel_ratio, float text_scale, float scroll_bar_css,
                   float min_font_css) {
  app().resize({width_css, height_css, device_pixel_ratio, text_scale, scroll_bar_css, min_font_css});
}

// `kind` is the number of a ThemeKind.
void octavo_theme(int kind) {
  OCTAVO_ASSERT(kind >= 0 && kind <= static_cast<int>(octavo::ThemeKind::DarkContrast));
  app().set_theme(static_cast<octavo::ThemeKind>(kind));
}

// The slice of the page that the canvas covers, device pixels.
void octavo_canvas_area(float top, float width, float height) {
  app().set_canvas_area({top, width, height});
}

void octavo_frame(double now_ms) {
  app().paint(now_ms);
}

// Device pixels on the page; `kind` is the number of a PointerKind.
void octavo_pointer(float x, float y, int kind) {
  OCTAVO_ASSERT(kind >= 0 && kind <= static_cast<int>(octavo::PointerKind::Leave));
  app().handle_pointer(x, y, static_cast<octavo::PointerKind>(kind));
}

// Index into the `hit_targets` of the page shown last; -1 = none.
void octavo_focus(int target) {
  app().set_focus(target < 0 ? 0 : static_cast<std::uint32_t>(target) + 1);
}

// The page layer shows this block itself from now on.
void octavo_hide_block(std::uint32_t block_id) {
  app().hide_block(block_id);
}

// Device pixels.
float octavo_block_bottom(std::uint32_t block_id) {
  return app().block_bottom(block_id);
}

void octavo_fonts_changed(void) {
  app().fonts_changed();
}
void octavo_context_lost(void) {
  app().context_lost();
}
void octavo_context_restored(void) {
  app().context_restored();
}

}  // extern "C"
