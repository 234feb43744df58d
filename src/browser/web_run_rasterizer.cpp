// The run rasterizer of the browser: batches go to shell/canvas/rasterizer.js, textures are made here.
#include "browser/web_run_rasterizer.h"

#include <algorithm>

#include "ui/face_css.h"

namespace octavo {
namespace {

std::string css_color(Color color) {
  std::string text(9, '#');
  for (std::size_t i = 8; i > 0; --i, color >>= 4) text[i] = "0123456789abcdef"[color & 15];
  return text;
}

std::string style_line(const RunSource& source) {
  return css_font(source.face) + '\t' + std::string(source.language) + '\t' +
         (source.direction == Direction::RightToLeft ? "rtl" : "ltr") + '\t' + css_color(source.color);
}

}  // namespace

std::int32_t WebRunRasterizer::max_page_size() {
  return octavojs_max_texture_size();
}

PageTexture WebRunRasterizer::create_page(std::int32_t size) {
  return octavojs_create_texture(size, size);
}

void WebRunRasterizer::destroy_page(PageTexture page) {
  octavojs_delete_texture(static_cast<std::uint32_t>(page));
}

void WebRunRasterizer::measure_ink(std::span<const RunSource> sources, std::span<InkBox> boxes) {
  style_lines_.clear();
  std::vector<RasterRun> runs;
  runs.reserve(sources.size());
  for (const RunSource& source : sources) runs.push_back(raster_run(source));
  styles_.clear();
  for (const std::string& line : style_lines_) styles_ += line + '\n';
  octavojs_measure_ink(styles_.data(), styles_.size(), runs.data(), runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    boxes[i] = {runs[i].box_left, runs[i].box_top, runs[i].box_width, runs[i].box_height};
  }
}

void WebRunRasterizer::rasterize(PageTexture page, const PageArea& area, std::span<const RunSource> sources,
                                 std::span<const RunPlacement> placements) {
  style_lines_.clear();
  std::vector<RasterRun> runs;
  runs.reserve(placements.size());
  for (const RunPlacement& placement : placements) {
    RasterRun& run = runs.emplace_back(raster_run(sources[placement.source]));
    run.pen_x = placement.pen_x;
    run.pen_y = placement.pen_y;
    run.box_left = placement.clip.left;
    run.box_top = placement.clip.top;
    run.box_width = placement.clip.width;
    run.box_height = placement.clip.height;
    run.needs_clip = placement.needs_clip ? 1 : 0;
  }
  styles_.clear();
  for (const std::string& line : style_lines_) styles_ += line + '\n';
  octavojs_rasterize(static_cast<std::uint32_t>(page), styles_.data(), styles_.size(), runs.data(), runs.size(), area.x, area.y,
                     area.width, area.height);
}

RasterRun WebRunRasterizer::raster_run(const RunSource& source) {
  RasterRun run;
  run.text = source.text.data();
  run.text_length = static_cast<std::uint32_t>(source.text.size());
  run.style = style_of(source);
  return run;
}

// Runs come grouped by style, so the last line is nearly always the right one.
std::uint32_t WebRunRasterizer::style_of(const RunSource& source) {
  std::string line = style_line(source);
  const auto found = std::find(style_lines_.rbegin(), style_lines_.rend(), line);
  if (found == style_lines_.rend()) {
    style_lines_.push_back(std::move(line));
    return static_cast<std::uint32_t>(style_lines_.size() - 1);
  }
  return static_cast<std::uint32_t>(style_lines_.rend() - found - 1);
}

}  // namespace octavo
