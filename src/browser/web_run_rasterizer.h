// Words drawn by the browser on a 2D canvas and kept in WebGL textures.
#pragma once

#include <string>
#include <vector>

#include "browser/imports.h"
#include "ui/run_rasterizer.h"

namespace octavo {

class WebRunRasterizer final : public RunRasterizer {
 public:
  std::int32_t max_page_size() override;
  PageTexture create_page(std::int32_t size) override;
  void destroy_page(PageTexture page) override;
  void measure_ink(std::span<const RunSource> sources, std::span<InkBox> boxes) override;
  void rasterize(PageTexture page, const PageArea& area, std::span<const RunSource> sources,
                 std::span<const RunPlacement> placements) override;

 private:
  // The style table of the current batch; lines are numbered from 0.
  std::uint32_t style_of(const RunSource& source);
  RasterRun raster_run(const RunSource& source);

  std::string styles_;
  std::vector<std::string> style_lines_;
};

}  // namespace octavo
